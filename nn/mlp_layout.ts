/**
 * The layout of a multilayer perceptron's parameters in one array.
 *
 * @module
 */

import { type Matrix, rowStride } from "./matrix.ts";

/** The parameters of one linear layer, or their gradients, or their moments. */
export interface LinearLayer {
  /** Shape (inputs, outputs): row i holds the weights of input i for each output. */
  readonly weight: Matrix;
  /** One element per output, then zeros up to the stride of `weight`. */
  readonly bias: Float32Array;
  /** The layer normalisation that follows; undefined if there is none. */
  readonly norm?: LayerNorm;
  /**
   * Rows and columns of the squares that a convolution sees, whose elements are the inputs: kernel row, kernel column, channel;
   * undefined for dense layers.
   */
  readonly kernel?: number;
}

/** The parameters of a layer normalisation, or their gradients, or their moments. */
export interface LayerNorm {
  /** The factor of normalised elements: one per output, then zeros up to the stride of the layer's weight. */
  readonly gain: Float32Array;
  /** The summand, of the same length. */
  readonly bias: Float32Array;
}

/**
 * The length of the array that holds all parameters, padding included.
 *
 * @param sizes Units per layer, inputs first, outputs last.
 * @param normalized Number of layers, from the first on, that are followed by a layer normalisation.
 * @returns Number of float32 elements, a multiple of four.
 *
 * @example Usage
 * ```ts
 * import { mlpLength } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * // (4 × 8 + 8) + (8 × 2 + 2), the head's rows padded from 2 to 4
 * assertEquals(mlpLength([4, 8, 2]), (4 * 8 + 8) + (8 * 4 + 4));
 * ```
 */
export function mlpLength(sizes: readonly number[], normalized = 0): number {
  let length = 0;
  for (let i = 1; i < sizes.length; i++) {
    const vectors = sizes[i - 1]! + (i <= normalized ? 3 : 1);
    length += vectors * rowStride(sizes[i]!);
  }
  return length;
}

/**
 * The layers as views into one array: weight and bias of the first layer, then gain and bias of its normalisation, if it has
 * one; those of the second; and so on.
 *
 * @param sizes Units per layer, inputs first, outputs last.
 * @param data An array of {@linkcode mlpLength} elements.
 * @param normalized Number of layers, from the first on, that are followed by a layer normalisation.
 * @returns One {@linkcode LinearLayer} per pair of neighbouring sizes; views, not copies.
 *
 * @example Usage
 * ```ts
 * import { mlpLayers, mlpLength } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const sizes = [4, 8, 2];
 * const layers = mlpLayers(sizes, new Float32Array(mlpLength(sizes)));
 * assertEquals(layers.map((layer) => [layer.weight.rows, layer.weight.columns]), [[4, 8], [8, 2]]);
 * ```
 */
export function mlpLayers(sizes: readonly number[], data: Float32Array, normalized = 0): LinearLayer[] {
  const layers: LinearLayer[] = [];
  let start = 0;
  const take = (length: number): Float32Array => data.subarray(start, start += length);
  for (let i = 1; i < sizes.length; i++) {
    const rows = sizes[i - 1]!;
    const columns = sizes[i]!;
    const stride = rowStride(columns);
    const weight = { data: take(rows * stride), rows, columns, stride };
    const bias = take(stride);
    if (i > normalized) layers.push({ weight, bias });
    else layers.push({ weight, bias, norm: { gain: take(stride), bias: take(stride) } });
  }
  return layers;
}
