/**
 * The arithmetic of a network, an interface with several implementations.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import type { ConvolutionKernels } from "./convolution_kernels.ts";
import type { HeadKernels } from "./head_kernels.ts";

/** The name of an implementation of {@linkcode Kernels}. */
export type KernelName = "simd" | "reference";

/** The loss of a TD error δ = Q − target: δ² or, with `huber`, ½δ² up to |δ| = 1 and |δ| − ½ beyond. */
export type Loss = "mse" | "huber";

/** Every {@linkcode Loss}. */
export const LOSSES: readonly Loss[] = ["mse", "huber"];

/** 2⁻¹²⁶, the smallest float32 with full precision; processors are many times slower with smaller numbers. */
export const SMALLEST_NORMAL = 2 ** -126;

/** The constant that {@linkcode Kernels.layerNorm} adds to the variance: PyTorch's default, rounded to float32. */
export const LAYER_NORM_EPSILON: number = Math.fround(1e-5);

/** The scalars of one Adam step, each already rounded to float32. */
export interface AdamStep {
  /** Decay of the first moment. */
  beta1: number;
  /** 1 − β₁. */
  oneMinusBeta1: number;
  /** Decay of the second moment. */
  beta2: number;
  /** 1 − β₂. */
  oneMinusBeta2: number;
  /** Learning rate divided by 1 − β₁ᵗ. */
  stepSize: number;
  /** 1 / √(1 − β₂ᵗ). */
  inverseRootCorrection: number;
  /** Added to the root of the second moment. */
  epsilon: number;
}

/**
 * The arithmetic of forward pass, backward pass and optimizer.
 *
 * All implementations give the same bits. Every product, sum, quotient and root is rounded to float32; a reduction runs
 * over its index in ascending order, from the bias (forward) or zero (gradients), with one rounding per product and one
 * per sum; a term whose left factor is exactly zero is skipped. No sum starts from −0, so no sum is ever −0, and a zero term
 * does not change a sum: with finite factors, an implementation may add such terms, or skip those whose right factor is
 * zero, and get the same bits.
 *
 * Arrays must come from {@linkcode Kernels.allocate} of the same instance.
 */
export interface Kernels {
  /** The name of this implementation. */
  readonly name: KernelName;

  /** The arithmetic of dueling, noisy and distributional networks. */
  readonly heads: HeadKernels;

  /**
   * The arithmetic of convolutions without padding. Forward: for each (row, column) of the output from bias + 0, ascending over
   * (kernel row, kernel column, channel), which is the dense product on the matrix of patches. Weight gradient: ascending over
   * (image, row, column). Input gradient: from zero over patches in ascending (row, column).
   */
  readonly convolution: ConvolutionKernels;

  /** A zeroed array for these kernels. */
  allocate(length: number): Float32Array;

  /** A zeroed array of whole numbers for these kernels. */
  allocateInt32(length: number): Int32Array;

  /**
   * output = input · weight + bias, then max(0, ·) when `relu`; the left factor is the input. Summed over inputs, from
   * bias + 0, which is 0 for −0.
   *
   * @param input Shape (rows, inputs).
   * @param weight Shape (inputs, outputs).
   * @param bias Length: the stride of `weight`.
   * @param output Shape (rows, outputs).
   * @param relu Whether negative results become zero.
   */
  linearForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void;

  /**
   * inputGradient = outputGradient · weightᵀ where `activation` is above zero, else zero; the left factor is the output
   * gradient. Summed over outputs.
   *
   * @param outputGradient Shape (rows, outputs).
   * @param weight Shape (inputs, outputs).
   * @param activation The layer's input, after its ReLU; shape (rows, inputs).
   * @param inputGradient Shape (rows, inputs).
   */
  inputGradient(
    outputGradient: Matrix,
    weight: Matrix,
    activation: Matrix,
    inputGradient: Matrix,
  ): void;

  /**
   * weightGradient = inputᵀ · outputGradient (the left factor is the input) and biasGradient = the column sums of
   * outputGradient. Summed over rows.
   *
   * @param input Shape (rows, inputs).
   * @param outputGradient Shape (rows, outputs).
   * @param weightGradient Shape (inputs, outputs).
   * @param biasGradient Length: the stride of `weightGradient`.
   */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
  ): void;

  /**
   * Layer normalisation with a learned gain and bias (Ba et al. 2016, eq. 4), then max(0, ·): for each row of n elements
   * mean = S(x) / n, variance = S((x − mean)²) / n and scale = 1 / √(variance + {@linkcode LAYER_NORM_EPSILON}), and for each
   * element normalized = (x − mean) · scale and output = max(0, normalized · gain + bias).
   *
   * S is the sum over a row as 16 sums, combined as in {@linkcode Kernels.sumOfSquares}; no term is skipped.
   *
   * @param input Shape (rows, n).
   * @param gain Length: the stride of `input`.
   * @param bias Length: the stride of `input`.
   * @param output Shape (rows, n).
   */
  layerNorm(input: Matrix, gain: Float32Array, bias: Float32Array, output: Matrix): void;

  /**
   * The gradients of {@linkcode Kernels.layerNorm}, whose mean, scale and normalized are computed again. With slope =
   * outputGradient · gain for each element, inputGradient = scale · ((slope − S(slope) / n) − normalized · (S(slope ·
   * normalized) / n)). Over rows, in ascending order from zero, gainGradient sums outputGradient · normalized and biasGradient
   * outputGradient; no term is skipped.
   *
   * @param input Shape (rows, n).
   * @param gain Length: the stride of `input`.
   * @param outputGradient Shape (rows, n): zero where the output is.
   * @param inputGradient Shape (rows, n); may be `outputGradient`.
   * @param gainGradient Length: the stride of `input`.
   * @param biasGradient Length: the stride of `input`.
   */
  layerNormBackward(
    input: Matrix,
    gain: Float32Array,
    outputGradient: Matrix,
    inputGradient: Matrix,
    gainGradient: Float32Array,
    biasGradient: Float32Array,
  ): void;

  /**
   * The weighted mean loss of the chosen actions' values against their targets, its gradient, and the TD errors.
   *
   * For row r with action a: δ = q[r, a] − target[r]; the loss is Σ weight[r] · l(δ) / rows, summed in order of the rows.
   *
   * @param loss The function l.
   * @param values Q-values, shape (rows, actions).
   * @param actions The action chosen in each row.
   * @param targets The target of each chosen value.
   * @param weights The weight of each row.
   * @param gradient Receives dLoss/dvalues, shape (rows, actions): one entry per row, zeros elsewhere.
   * @param tdErrors Receives δ of each row.
   * @returns The loss.
   */
  tdLoss(
    loss: Loss,
    values: Matrix,
    actions: Int32Array,
    targets: Float32Array,
    weights: Float32Array,
    gradient: Matrix,
    tdErrors: Float32Array,
  ): number;

  /**
   * One Adam step over all parameters (Kingma & Ba 2015, algorithm 1, with the bias corrections in the scalars).
   *
   * Moments smaller than {@linkcode SMALLEST_NORMAL} in magnitude become zero: the moments of a unit that never fires
   * keep shrinking, and would otherwise stay subnormal forever.
   */
  adam(
    parameters: Float32Array,
    gradients: Float32Array,
    firstMoments: Float32Array,
    secondMoments: Float32Array,
    step: AdamStep,
  ): void;

  /**
   * Σ x², as 16 sums, the k-th over indices k, k + 16, k + 32, … in ascending order; then sum k + 8 is added to sum k for
   * k < 8, sum k + 4 for k < 4, sum k + 2 for k < 2, and sum 1 to sum 0.
   *
   * @param values Their number must be a multiple of four.
   * @returns The sum.
   */
  sumOfSquares(values: Float32Array): number;

  /** values = values · factor. */
  scale(values: Float32Array, factor: number): void;

  /** target = (1 − tau) · target + tau · source, the two factors rounded to float32. */
  softUpdate(target: Float32Array, source: Float32Array, tau: number): void;

  /** The largest element of each row, the first of equal ones. */
  rowMax(values: Matrix, maxima: Float32Array, positions: Int32Array): void;

  /**
   * Copies rows: row r of `target` becomes row `indices[r]` of `source`.
   *
   * @param source Rows to choose from; need not be allocated by these kernels.
   * @param indices One index of a row for each row of `target`.
   * @param target As many columns as `source`.
   */
  gatherRows(source: Matrix, indices: Int32Array, target: Matrix): void;

  /**
   * Bytes as float32: target[start + i · step] = source[first + i] / scale for i < count, each quotient rounded to float32.
   *
   * @param source Need not be allocated by these kernels.
   * @param first Index of the first byte.
   * @param count Number of bytes.
   * @param scale The divisor, a float32 number above 0.
   * @param target Receives the quotients.
   * @param start Index of the first quotient.
   * @param step From one quotient to the next.
   */
  scaleBytes(
    source: Uint8Array,
    first: number,
    count: number,
    scale: number,
    target: Float32Array,
    start: number,
    step: number,
  ): void;

  /** Whether no element is NaN or infinite. */
  allFinite(values: Float32Array): boolean;
}
