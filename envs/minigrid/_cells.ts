/**
 * What a field of the grid holds, as one number: the kind of object, its colour and its state
 * (`minigrid/core/constants.py` has the numbers of each).
 *
 * @module
 */

/** Kinds of objects, by their numbers in an observation. */
export const [UNSEEN, EMPTY_KIND, WALL_KIND, DOOR, KEY, BALL, BOX, GOAL_KIND, LAVA_KIND, AGENT] = [
  0,
  1,
  2,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
] as const;

/** Colours, by their numbers in an observation. */
export const [RED, GREEN, BLUE, YELLOW, GREY] = [0, 1, 2, 4, 5] as const;

/** The colours' names, by their numbers. */
export const COLOURS = ["red", "green", "blue", "purple", "yellow", "grey"] as const;

/** The colours in the order of their names, from which one is drawn. */
export const DRAWN_COLOURS: readonly number[] = [2, 1, 5, 3, 0, 4];

/** States of a door, by their numbers in an observation. */
export const [OPEN, CLOSED, LOCKED] = [0, 1, 2] as const;

/** An object of a kind, colour and state as one number. */
export function cellOf(kind: number, colour: number, state = 0): number {
  return kind | colour << 4 | state << 7;
}

/** The number of an object's kind. */
export function kindOf(cell: number): number {
  return cell & 15;
}

/** The number of an object's colour. */
export function colourOf(cell: number): number {
  return cell >> 4 & 7;
}

/** The number of an object's state. */
export function stateOf(cell: number): number {
  return cell >> 7;
}

/** A field without an object. */
export const EMPTY: number = cellOf(EMPTY_KIND, 0);
/** A wall. */
export const WALL: number = cellOf(WALL_KIND, GREY);
/** The goal. */
export const GOAL: number = cellOf(GOAL_KIND, GREEN);
/** Lava. */
export const LAVA: number = cellOf(LAVA_KIND, RED);

/** Whether an object can be picked up. */
export function isPortable(cell: number): boolean {
  const kind = kindOf(cell);
  return kind === KEY || kind === BALL || kind === BOX;
}

/** Whether the player can enter a field. */
export function isWalkable(cell: number): boolean {
  const kind = kindOf(cell);
  return kind === EMPTY_KIND || kind === GOAL_KIND || kind === LAVA_KIND || isOpenDoor(cell);
}

/** Whether the view ends at a field. */
export function isOpaque(cell: number): boolean {
  const kind = kindOf(cell);
  return kind === WALL_KIND || kind === DOOR && stateOf(cell) !== OPEN;
}

/** Whether a field is a door that is open. */
export function isOpenDoor(cell: number): boolean {
  return kindOf(cell) === DOOR && stateOf(cell) === OPEN;
}

/** Whether a number stands for something that can lie in a field. */
export function isCell(cell: number): boolean {
  if (cell === EMPTY || cell === WALL || cell === GOAL || cell === LAVA) return true;
  const isDoor = kindOf(cell) === DOOR;
  return (isDoor || isPortable(cell)) && colourOf(cell) < COLOURS.length &&
    stateOf(cell) <= (isDoor ? LOCKED : 0);
}
