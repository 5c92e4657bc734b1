/**
 * Moves on a grid in four directions.
 *
 * @module
 */

/** The tile after a move, counted row by row; a step over the edge stays on the tile. */
export function tileAfter(
  tile: number,
  [down, right]: readonly [number, number],
  rows: number,
  columns: number,
): number {
  const row = Math.min(Math.max(Math.floor(tile / columns) + down, 0), rows - 1);
  const column = Math.min(Math.max(tile % columns + right, 0), columns - 1);
  return row * columns + column;
}

/** The directions of a slippery step, in Gymnasium's order: to one side, straight, to the other side. */
export function slips(direction: number): number[] {
  return [(direction + 3) % 4, direction, (direction + 1) % 4];
}
