/**
 * The kernels as plain loops: the definition that every other implementation must equal in every bit.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { ReferenceConvolution } from "./_reference_convolution.ts";
import { ReferenceHeadKernels } from "./_reference_heads.ts";
import { joinSums, layerNorm, layerNormBackward } from "./_reference_layer_norm.ts";
import type { ConvolutionKernels } from "./convolution_kernels.ts";
import type { HeadKernels } from "./head_kernels.ts";
import { type AdamStep, type KernelName, type Kernels, type Loss, SMALLEST_NORMAL } from "./kernels.ts";

const { fround, sqrt, abs } = Math;

/**
 * {@linkcode Kernels} in TypeScript, written to be read.
 *
 * Storing into a Float32Array rounds to float32. A sum of two float32 values taken in float64 and then rounded is the
 * correctly rounded float32 sum, so there is one rounding by `fround` per product and one by a store per sum.
 *
 * @example Usage
 * ```ts
 * import { createMatrix, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const kernels = new ReferenceKernels();
 * const input = createMatrix(1, 2);
 * input.data.set([1, 2]);
 * const weight = createMatrix(2, 1);
 * weight.data[0] = 3; // from input 0
 * weight.data[weight.stride] = -4; // from input 1
 * const output = createMatrix(1, 1);
 * kernels.linearForward(input, weight, new Float32Array(4).fill(1), output, false);
 * assertEquals(output.data[0], 1 + 1 * 3 + 2 * -4);
 * ```
 */
export class ReferenceKernels implements Kernels {
  /** The name of this implementation. */
  readonly name: KernelName = "reference";
  /** Kernels of dueling, noisy and distributional networks. */
  readonly heads: HeadKernels = new ReferenceHeadKernels();
  /** Kernels of convolutions. */
  readonly convolution: ConvolutionKernels = new ReferenceConvolution();

  /** A zeroed array. */
  allocate(length: number): Float32Array {
    return new Float32Array(length);
  }

  /** A zeroed array of whole numbers. */
  allocateInt32(length: number): Int32Array {
    return new Int32Array(length);
  }

  /** See {@linkcode Kernels.linearForward}. */
  linearForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    const { data: x, columns: inputs } = input;
    const { data: w, stride: width } = weight;
    const { data: y } = output;
    for (let r = 0; r < input.rows; r++) {
      const xRow = r * input.stride;
      const yRow = r * output.stride;
      for (let j = 0; j < width; j++) y[yRow + j] = bias[j]! + 0; // −0 becomes 0
      for (let i = 0; i < inputs; i++) {
        const left = x[xRow + i]!;
        if (left === 0) continue;
        const wRow = i * width;
        for (let j = 0; j < width; j++) y[yRow + j] = y[yRow + j]! + fround(left * w[wRow + j]!);
      }
      if (relu) {
        for (let j = 0; j < width; j++) if (!(y[yRow + j]! > 0)) y[yRow + j] = 0;
      }
    }
  }

  /** See {@linkcode Kernels.inputGradient}. */
  inputGradient(outputGradient: Matrix, weight: Matrix, activation: Matrix, inputGradient: Matrix): void {
    const { data: dy, columns: outputs } = outputGradient;
    const { data: w, rows: inputs } = weight;
    const { data: x } = activation;
    const { data: dx } = inputGradient;
    for (let r = 0; r < outputGradient.rows; r++) {
      const dyRow = r * outputGradient.stride;
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        if (x[r * activation.stride + i]! > 0) {
          for (let j = 0; j < outputs; j++) {
            const left = dy[dyRow + j]!;
            if (left !== 0) sum = fround(sum + fround(left * w[i * weight.stride + j]!));
          }
        }
        dx[r * inputGradient.stride + i] = sum;
      }
    }
  }

  /** See {@linkcode Kernels.weightGradient}. */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
  ): void {
    const { data: x, columns: inputs } = input;
    const { data: dy, stride: width } = outputGradient;
    const { data: dw } = weightGradient;
    dw.fill(0);
    biasGradient.fill(0);
    for (let r = 0; r < input.rows; r++) {
      const xRow = r * input.stride;
      const dyRow = r * width;
      for (let j = 0; j < width; j++) biasGradient[j] = biasGradient[j]! + dy[dyRow + j]!;
      for (let i = 0; i < inputs; i++) {
        const left = x[xRow + i]!;
        if (left === 0) continue;
        const dwRow = i * width;
        for (let j = 0; j < width; j++) dw[dwRow + j] = dw[dwRow + j]! + fround(left * dy[dyRow + j]!);
      }
    }
  }

  /** See {@linkcode Kernels.layerNorm}. */
  layerNorm(input: Matrix, gain: Float32Array, bias: Float32Array, output: Matrix): void {
    layerNorm(input, gain, bias, output);
  }

  /** See {@linkcode Kernels.layerNormBackward}. */
  layerNormBackward(
    input: Matrix,
    gain: Float32Array,
    outputGradient: Matrix,
    inputGradient: Matrix,
    gainGradient: Float32Array,
    biasGradient: Float32Array,
  ): void {
    layerNormBackward(input, gain, outputGradient, inputGradient, gainGradient, biasGradient);
  }

  /** See {@linkcode Kernels.tdLoss}. */
  tdLoss(
    loss: Loss,
    values: Matrix,
    actions: Int32Array,
    targets: Float32Array,
    weights: Float32Array,
    gradient: Matrix,
    tdErrors: Float32Array,
  ): number {
    const rows = values.rows;
    gradient.data.fill(0);
    let sum = 0;
    for (let r = 0; r < rows; r++) {
      const action = actions[r]!;
      const error = fround(values.data[r * values.stride + action]! - targets[r]!);
      const size = abs(error);
      let value: number;
      let slope: number;
      if (loss === "mse") {
        value = fround(error * error);
        slope = fround(2 * error);
      } else if (size <= 1) {
        value = fround(0.5 * fround(error * error));
        slope = error;
      } else {
        value = fround(size - 0.5);
        slope = error > 0 ? 1 : -1;
      }
      sum = fround(sum + fround(weights[r]! * value));
      gradient.data[r * gradient.stride + action] = fround(weights[r]! * slope) / rows;
      tdErrors[r] = error;
    }
    return fround(sum / rows);
  }

  /** See {@linkcode Kernels.adam}. */
  adam(
    parameters: Float32Array,
    gradients: Float32Array,
    firstMoments: Float32Array,
    secondMoments: Float32Array,
    step: AdamStep,
  ): void {
    const { beta1, oneMinusBeta1, beta2, oneMinusBeta2, stepSize, inverseRootCorrection, epsilon } = step;
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i]!;
      let m = fround(fround(beta1 * firstMoments[i]!) + fround(oneMinusBeta1 * g));
      let v = fround(fround(beta2 * secondMoments[i]!) + fround(fround(oneMinusBeta2 * g) * g));
      if (abs(m) < SMALLEST_NORMAL) m = 0;
      if (v < SMALLEST_NORMAL) v = 0;
      const root = fround(fround(fround(sqrt(v)) * inverseRootCorrection) + epsilon);
      firstMoments[i] = m;
      secondMoments[i] = v;
      parameters[i] = parameters[i]! - fround(fround(stepSize * m) / root);
    }
  }

  /** See {@linkcode Kernels.sumOfSquares}. */
  sumOfSquares(values: Float32Array): number {
    const sums = new Float32Array(16);
    for (let i = 0; i < values.length; i++) {
      sums[i % 16] = sums[i % 16]! + fround(values[i]! * values[i]!);
    }
    return joinSums(sums);
  }

  /** See {@linkcode Kernels.scale}. */
  scale(values: Float32Array, factor: number): void {
    const rounded = fround(factor);
    for (let i = 0; i < values.length; i++) values[i] = values[i]! * rounded;
  }

  /** See {@linkcode Kernels.softUpdate}. */
  softUpdate(target: Float32Array, source: Float32Array, tau: number): void {
    const kept = fround(1 - tau);
    const taken = fround(tau);
    for (let i = 0; i < target.length; i++) {
      target[i] = fround(kept * target[i]!) + fround(taken * source[i]!);
    }
  }

  /** See {@linkcode Kernels.rowMax}. */
  rowMax(values: Matrix, maxima: Float32Array, positions: Int32Array): void {
    for (let r = 0; r < values.rows; r++) {
      const row = r * values.stride;
      let position = 0;
      for (let c = 1; c < values.columns; c++) {
        if (values.data[row + c]! > values.data[row + position]!) position = c;
      }
      maxima[r] = values.data[row + position]!;
      positions[r] = position;
    }
  }

  /** See {@linkcode Kernels.gatherRows}. */
  gatherRows(source: Matrix, indices: Int32Array, target: Matrix): void {
    for (let r = 0; r < target.rows; r++) {
      const from = indices[r]! * source.stride;
      const to = r * target.stride;
      for (let c = 0; c < target.columns; c++) target.data[to + c] = source.data[from + c]!;
    }
  }

  /** See {@linkcode Kernels.scaleBytes}. */
  scaleBytes(
    source: Uint8Array,
    first: number,
    count: number,
    scale: number,
    target: Float32Array,
    start: number,
    step: number,
  ): void {
    for (let i = 0; i < count; i++) target[start + i * step] = source[first + i]! / scale;
  }

  /** See {@linkcode Kernels.allFinite}. */
  allFinite(values: Float32Array): boolean {
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
    return true;
  }
}
