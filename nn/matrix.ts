/**
 * A float32 matrix as a view of rows in one array.
 *
 * @module
 */

/** Rows of float32 values, each starting `stride` elements after the previous one; the padding between is zero. */
export interface Matrix {
  /** The elements; element (r, c) is `data[r * stride + c]`. */
  readonly data: Float32Array;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Elements from the start of one row to the start of the next; at least `columns`. */
  readonly stride: number;
}

/**
 * The stride of a row of `columns` elements: the next multiple of four, one 128-bit vector, plus four if that is a
 * multiple of 32, since rows a power of two apart compete for the same cache lines.
 *
 * @param columns Number of columns, a whole number from 1.
 * @returns Elements from one row to the next.
 *
 * @example Usage
 * ```ts
 * import { rowStride } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1, 4, 5, 84, 128].map(rowStride), [4, 4, 8, 84, 132]);
 * ```
 */
export function rowStride(columns: number): number {
  const stride = Math.ceil(columns / 4) * 4; // not & ~3, which wraps at 32 bits
  return stride % 32 === 0 ? stride + 4 : stride;
}

/**
 * Allocates a matrix of zeros.
 *
 * @param rows Number of rows.
 * @param columns Number of columns.
 * @param allocate Returns a zeroed array of a given length.
 * @returns The matrix, its rows padded to {@linkcode rowStride}.
 *
 * @example Usage
 * ```ts
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const matrix = createMatrix(32, 2);
 * assertEquals(matrix.data.length, 32 * 4);
 * ```
 */
export function createMatrix(
  rows: number,
  columns: number,
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): Matrix {
  const stride = rowStride(columns);
  return { data: allocate(rows * stride), rows, columns, stride };
}
