import type { Matrix } from "../nn/matrix.ts";

/**
 * The column of the highest value of each part of an action in each row, of equal ones the first. Plain loops: 6 parts of 3 values
 * in 256 rows take a few thousandths of an update of the network.
 *
 * @param values Q-values, shape (rows, values of all parts).
 * @param parts Number of values of each part.
 * @param columns Receives one column per part, row by row.
 */
export function bestOfParts(values: Matrix, parts: readonly number[], columns: Int32Array): void {
  const { data, rows, stride } = values;
  let at = 0;
  for (let r = 0; r < rows; r++) {
    let first = 0;
    for (let i = 0; i < parts.length; i++) {
      const end = first + parts[i]!;
      let best = first;
      for (let a = first + 1; a < end; a++) if (data[r * stride + a]! > data[r * stride + best]!) best = a;
      columns[at++] = best;
      first = end;
    }
  }
}
