/**
 * Layer normalisation as plain loops.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { LAYER_NORM_EPSILON } from "./kernels.ts";

const { fround, sqrt } = Math;

const sums = new Float32Array(16);

/** Implements `Kernels.layerNorm`. */
export function layerNorm(input: Matrix, gain: Float32Array, bias: Float32Array, output: Matrix): void {
  const { data: x, columns } = input;
  const { data: y } = output;
  for (let r = 0; r < input.rows; r++) {
    const from = r * input.stride;
    const to = r * output.stride;
    const { mean, scale } = statistics(x, from, columns);
    for (let j = 0; j < columns; j++) {
      const normalized = fround(fround(x[from + j]! - mean) * scale);
      const value = fround(fround(normalized * gain[j]!) + bias[j]!);
      y[to + j] = value > 0 ? value : 0;
    }
  }
}

/** Implements `Kernels.layerNormBackward`. */
export function layerNormBackward(
  input: Matrix,
  gain: Float32Array,
  outputGradient: Matrix,
  inputGradient: Matrix,
  gainGradient: Float32Array,
  biasGradient: Float32Array,
): void {
  const { data: x, columns } = input;
  const { data: dy } = outputGradient;
  const { data: dx } = inputGradient;
  gainGradient.fill(0);
  biasGradient.fill(0);
  for (let r = 0; r < input.rows; r++) {
    const from = r * input.stride;
    const dyRow = r * outputGradient.stride;
    const dxRow = r * inputGradient.stride;
    const { mean, scale } = statistics(x, from, columns);
    const normalized = (j: number) => fround(fround(x[from + j]! - mean) * scale);
    const slope = (j: number) => fround(dy[dyRow + j]! * gain[j]!);
    const meanSlope = rowMean(columns, slope);
    const along = rowMean(columns, (j) => fround(slope(j) * normalized(j)));
    for (let j = 0; j < columns; j++) {
      const gradient = dy[dyRow + j]!;
      gainGradient[j] = gainGradient[j]! + fround(gradient * normalized(j));
      biasGradient[j] = biasGradient[j]! + gradient;
      const rest = fround(fround(slope(j) - meanSlope) - fround(normalized(j) * along));
      dx[dxRow + j] = scale * rest;
    }
  }
}

/** The mean of a row, and the reciprocal of its deviation. */
function statistics(x: Float32Array, from: number, columns: number): { mean: number; scale: number } {
  const mean = rowMean(columns, (j) => x[from + j]!);
  const variance = rowMean(columns, (j) => {
    const centred = fround(x[from + j]! - mean);
    return fround(centred * centred);
  });
  return { mean, scale: fround(1 / fround(sqrt(fround(variance + LAYER_NORM_EPSILON)))) };
}

/** The mean of `term` over the columns. */
function rowMean(columns: number, term: (column: number) => number): number {
  sums.fill(0);
  for (let j = 0; j < columns; j++) sums[j % 16] = sums[j % 16]! + term(j);
  return fround(joinSums(sums) / columns);
}

/** Combines 16 sums into the first: repeatedly adds the upper half of them to the lower half. */
export function joinSums(sums: Float32Array): number {
  for (let half = 8; half >= 1; half /= 2) {
    for (let k = 0; k < half; k++) sums[k] = sums[k]! + sums[k + half]!;
  }
  return sums[0]!;
}
