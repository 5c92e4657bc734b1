/**
 * Correlation of a row of numbers with the next one.
 *
 * @module
 */

/**
 * Pearson's correlation of each column of a table with the same column one row later.
 *
 * @param rows The table, row by row.
 * @param columns The number of its columns.
 * @returns One number per column; NaN where fewer than two pairs of rows, or none that differ, leave it undefined.
 */
export function correlationWithNext(rows: ArrayLike<number>, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const values = Array.from({ length: rows.length / columns }, (_, row) => rows[row * columns + column]!);
    return correlation(values.slice(0, -1), values.slice(1));
  });
}

function correlation(x: readonly number[], y: readonly number[]): number {
  if (x.length < 2) return NaN;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [dx, dy] = [value - meanX, y[i]! - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
