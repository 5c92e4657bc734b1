import type { Kernels } from "./kernels/kernels.ts";
import type { Matrix } from "./matrix.ts";

/** Q = V + (A − mean A) for each part of the action, with one V for all (Tavakoli et al. 2018, eq. 1). */
export function duelingForward(
  { heads }: Kernels,
  actionParts: readonly number[],
  value: Matrix,
  advantage: Matrix,
  output: Matrix,
): void {
  if (actionParts.length === 1) return heads.duelingForward(value, advantage, output);
  let first = 0;
  for (const count of actionParts) {
    const columns = count * value.columns;
    heads.duelingForward(value, columnsOf(advantage, first, columns), columnsOf(output, first, columns));
    first += columns;
  }
}

/**
 * The gradients of {@linkcode duelingForward}. The gradient of V is the sum of the parts' in ascending order; `partValue` holds
 * one part's, and is needed with several parts.
 */
export function duelingBackward(
  { heads }: Kernels,
  actionParts: readonly number[],
  outputGradient: Matrix,
  valueGradient: Matrix,
  advantageGradient: Matrix,
  partValue: Matrix | undefined,
): void {
  if (partValue === undefined) return heads.duelingBackward(outputGradient, valueGradient, advantageGradient);
  let first = 0;
  for (const count of actionParts) {
    const columns = count * valueGradient.columns;
    const target = first === 0 ? valueGradient : partValue;
    const gradient = columnsOf(outputGradient, first, columns);
    heads.duelingBackward(gradient, target, columnsOf(advantageGradient, first, columns));
    if (first > 0) heads.add(valueGradient.data, partValue.data);
    first += columns;
  }
}

/** A view of neighbouring columns. */
function columnsOf({ data, rows, stride }: Matrix, first: number, columns: number): Matrix {
  return { data: data.subarray(first), rows, columns, stride };
}
