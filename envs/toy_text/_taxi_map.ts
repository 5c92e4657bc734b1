/**
 * The town of Taxi.
 *
 * @module
 */

/** Rows and columns. */
export const SIZE = 5;

/** The stands R, G, Y and B of `gymnasium/envs/toy_text/taxi.py`. */
export const STANDS = [[0, 0], [0, 4], [4, 0], [4, 3]] as const;

/** The passenger's number in the taxi; smaller numbers are stands. */
export const ABOARD = STANDS.length;

/** Number of states: rows, columns, places of the passenger, destinations. */
export const STATES = SIZE * SIZE * (STANDS.length + 1) * STANDS.length;

/** For each row, the columns with a wall on their right. */
export const WALLS: readonly (readonly number[])[] = [[1], [1], [], [0, 2], [0, 2]];

/** South, north, east, west, as changes of row and column. */
const MOVES = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;

/** For each direction, the directions to its left and right. */
export const SIDES = [[2, 3], [3, 2], [1, 0], [0, 1]] as const;

/** The positions in a state. */
export interface TaxiPlaces {
  row: number;
  column: number;
  /** A stand, or {@linkcode ABOARD}. */
  passenger: number;
  /** A stand. */
  destination: number;
}

/** The number of a state. */
export function encode({ row, column, passenger, destination }: TaxiPlaces): number {
  return ((row * SIZE + column) * (STANDS.length + 1) + passenger) * STANDS.length + destination;
}

/** The positions of a state's number. */
export function decode(state: number): TaxiPlaces {
  const rest = Math.floor(state / STANDS.length);
  const tile = Math.floor(rest / (STANDS.length + 1));
  return {
    row: Math.floor(tile / SIZE),
    column: tile % SIZE,
    passenger: rest % (STANDS.length + 1),
    destination: state % STANDS.length,
  };
}

/** The stand on a tile; -1 if there is none. */
export function standAt(row: number, column: number): number {
  return STANDS.findIndex(([r, c]) => r === row && c === column);
}

/** Whether a move in a direction is possible: no edge of the town, no wall. */
export function isFree(row: number, column: number, direction: number): boolean {
  const [down, right] = MOVES[direction]!;
  if (down !== 0) return row + down >= 0 && row + down < SIZE;
  const next = column + right;
  return next >= 0 && next < SIZE && !WALLS[row]!.includes(Math.min(column, next));
}

/** The position after a move in a direction; unchanged if the move is not possible. */
export function moved(places: TaxiPlaces, direction: number): TaxiPlaces {
  if (!isFree(places.row, places.column, direction)) return places;
  const [down, right] = MOVES[direction]!;
  return { ...places, row: places.row + down, column: places.column + right };
}
