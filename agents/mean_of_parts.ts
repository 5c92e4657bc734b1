import type { Matrix } from "../nn/matrix.ts";

const { fround } = Math;

/**
 * The values of actions of several parts, the means of their parts' values (Seyde et al. 2022, eq. 2), in float32: summed in the
 * order of the parts, then divided by their number.
 *
 * @param output A network's output, one row per action: its columns are the values of the parts, `means.columns` atoms each.
 * @param columns The value of each part, row by row, as its index among the values of all parts.
 * @param parts Number of parts of an action.
 * @param means Receives one row per action, with one element per atom.
 */
export function meanOfParts(output: Matrix, columns: Int32Array, parts: number, means: Matrix): void {
  const { data, rows, stride } = output;
  const atoms = means.columns;
  for (let r = 0; r < rows; r++) {
    for (let z = 0; z < atoms; z++) {
      let sum = 0;
      for (let i = 0; i < parts; i++) {
        sum = fround(sum + data[r * stride + columns[r * parts + i]! * atoms + z]!);
      }
      means.data[r * means.stride + z] = sum / parts;
    }
  }
}

/**
 * The gradient of {@linkcode meanOfParts} as one of the output: an equal share for each part, zero in all other columns.
 *
 * @param means The gradient of the means.
 * @param columns As for the means.
 * @param parts Number of parts of an action.
 * @param gradient Receives the gradient of the output.
 */
export function shareOfParts(means: Matrix, columns: Int32Array, parts: number, gradient: Matrix): void {
  const { data, rows, stride } = gradient;
  const atoms = means.columns;
  data.fill(0);
  for (let r = 0; r < rows; r++) {
    for (let z = 0; z < atoms; z++) {
      const share = fround(means.data[r * means.stride + z]! / parts);
      for (let i = 0; i < parts; i++) data[r * stride + columns[r * parts + i]! * atoms + z] = share;
    }
  }
}
