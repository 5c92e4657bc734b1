/**
 * The arithmetic of convolutions.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";

/** The sizes of a convolution without padding over images of a fixed size; whole numbers from 1. */
export interface ConvolutionShape {
  /** Rows of an image, at least `kernel`. */
  readonly rows: number;
  /** Columns of an image, at least `kernel`. */
  readonly columns: number;
  /** Numbers per place of an image, such as 3 for red, green and blue. */
  readonly channels: number;
  /** Numbers per place of the output. */
  readonly filters: number;
  /** Rows and columns of the square that each filter sees at once. */
  readonly kernel: number;
  /** Rows, and columns, from one such square to the next. */
  readonly stride: number;
}

/**
 * The arithmetic of convolutions; the rounding rules are those of `Kernels`, with the orders written here.
 *
 * An image is a row of a matrix: rows, columns, channels, the last running fastest. The output is such an image, too, of
 * (rows − kernel) / stride + 1 rows, rounded down, as many columns by the same formula, and one channel per filter. The patch of
 * a place (row, column) of the output is the square of the image from (row · stride, column · stride) on, as a vector: kernel
 * row, kernel column, channel. So a convolution is the product of the matrix of all patches with the weights.
 */
export interface ConvolutionKernels {
  /**
   * output = max(0, patches · weight + bias). Summed over (kernel row, kernel column, channel), from bias + 0; the left factor is the
   * input.
   *
   * @param input Images, one per row.
   * @param weight Shape (kernel · kernel · channels, filters).
   * @param bias Length: the stride of `weight`.
   * @param output Receives one image per row.
   * @param shape The sizes.
   */
  forward(
    input: Matrix,
    weight: Matrix,
    bias: Float32Array,
    output: Matrix,
    shape: ConvolutionShape,
  ): void;

  /**
   * The gradient of the input where `activation` is above zero, else zero. The gradient of a patch is outputGradient · weightᵀ at
   * its place, summed over filters from zero; the left factor is the output gradient. An element of the image sums those of all
   * patches that it is in, from zero over their (row, column).
   *
   * @param outputGradient Images, one per row.
   * @param weight Shape (kernel · kernel · channels, filters).
   * @param activation The layer's input, after its ReLU.
   * @param inputGradient Receives one image per row.
   * @param shape The sizes.
   */
  inputGradient(
    outputGradient: Matrix,
    weight: Matrix,
    activation: Matrix,
    inputGradient: Matrix,
    shape: ConvolutionShape,
  ): void;

  /**
   * weightGradient = patchesᵀ · outputGradient (the left factor is the input) and biasGradient = the sums of outputGradient per
   * filter. Summed over (image, row, column) of the output, from zero.
   *
   * @param input Images, one per row.
   * @param outputGradient Images, one per row.
   * @param weightGradient Shape (kernel · kernel · channels, filters).
   * @param biasGradient Length: the stride of `weightGradient`.
   * @param shape The sizes.
   */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
    shape: ConvolutionShape,
  ): void;
}

/**
 * Rows and columns of a convolution's output.
 *
 * @param shape The sizes.
 * @returns Both numbers.
 *
 * @example Usage
 * ```ts
 * import { convolutionOutput } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const shape = { rows: 84, columns: 84, channels: 4, filters: 32, kernel: 8, stride: 4 };
 * assertEquals(convolutionOutput(shape), { rows: 20, columns: 20 });
 * ```
 */
export function convolutionOutput(
  shape: Pick<ConvolutionShape, "rows" | "columns" | "kernel" | "stride">,
): { rows: number; columns: number } {
  const { rows, columns, kernel, stride } = shape;
  return {
    rows: Math.floor((rows - kernel) / stride) + 1,
    columns: Math.floor((columns - kernel) / stride) + 1,
  };
}
