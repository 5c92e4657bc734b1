/**
 * The town of Taxi.
 *
 * @module
 */

/** Rows and columns. */
export const SIZE = 5;

/** The stands R, G, Y and B of `gymnasium/envs/toy_text/taxi.py`. */
export const STANDS = [[0, 0], [0, 4], [4, 0], [4, 3]] as const;

/** The passenger's place in the taxi; smaller numbers are stands. */
export const ABOARD = STANDS.length;

/** How many states there are: rows, columns, places of the passenger, destinations. */
export const STATES = SIZE * SIZE * (STANDS.length + 1) * STANDS.length;

/** For each row, the columns with a wall on their right. */
export const WALLS: readonly (readonly number[])[] = [[1], [1], [], [0, 2], [0, 2]];

/** South, north, east, west, as changes of row and column. */
const MOVES = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;

/** For each direction, those on its left and on its right. */
export const SIDES = [[2, 3], [3, 2], [1, 0], [0, 1]] as const;

/** Where everything is. */
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

/** What a number stands for. */
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

/** The stand on a tile; -1 where there is none. */
export function standAt(row: number, column: number): number {
  return STANDS.findIndex(([r, c]) => r === row && c === column);
}

/** Whether the way in a direction is free: no edge of the town, no wall. */
export function isFree(row: number, column: number, direction: number): boolean {
  const [down, right] = MOVES[direction]!;
  if (down !== 0) return row + down >= 0 && row + down < SIZE;
  const next = column + right;
  return next >= 0 && next < SIZE && !WALLS[row]!.includes(Math.min(column, next));
}

/** Where a move in a direction leads; nowhere when the way is not free. */
export function moved(places: TaxiPlaces, direction: number): TaxiPlaces {
  if (!isFree(places.row, places.column, direction)) return places;
  const [down, right] = MOVES[direction]!;
  return { ...places, row: places.row + down, column: places.column + right };
}
