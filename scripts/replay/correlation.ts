/**
 * Correlation of a row of numbers with the next one.
 *
 * @module
 */

import { fixedText } from "../values/fixed_text.ts";

/**
 * Pearson's correlation of each column of a table with the same column one row later.
 *
 * @param table The table, row by row.
 * @param columns The number of its columns.
 * @param order Which rows, in which order. @default {all, from the first to the last}
 * @returns One number per column; NaN where fewer than two pairs of rows, or none that differ, leave it undefined.
 */
export function correlationWithNext(
  table: ArrayLike<number>,
  columns: number,
  order: ArrayLike<number> = Int32Array.from({ length: table.length / columns }, (_, row) => row),
): Float64Array {
  const pairs = order.length - 1;
  const zeros = () => new Float64Array(columns);
  const [meanX, meanY, xx, yy, xy] = [zeros(), zeros(), zeros(), zeros(), zeros()];
  if (pairs < 2) return meanX.fill(NaN);
  // Means of the distances from the first row: those of a column that never changes are exactly 0.
  const first = order[0]! * columns;
  for (let pair = 0; pair < pairs; pair++) {
    const [x, y] = [order[pair]! * columns, order[pair + 1]! * columns];
    for (let column = 0; column < columns; column++) {
      const start = table[first + column]!;
      meanX[column]! += (table[x + column]! - start) / pairs;
      meanY[column]! += (table[y + column]! - start) / pairs;
    }
  }
  for (let pair = 0; pair < pairs; pair++) {
    const [x, y] = [order[pair]! * columns, order[pair + 1]! * columns];
    for (let column = 0; column < columns; column++) {
      const start = table[first + column]!;
      const [dx, dy] = [
        table[x + column]! - start - meanX[column]!,
        table[y + column]! - start - meanY[column]!,
      ];
      xx[column]! += dx * dx;
      yy[column]! += dy * dy;
      xy[column]! += dx * dy;
    }
  }
  return xy.map((product, column) => product / Math.sqrt(xx[column]! * yy[column]!));
}

/** A correlation with two decimals; a dash for one that is undefined. */
export function correlationText(value: number): string {
  return Number.isNaN(value) ? "–" : fixedText(value, 2);
}
