/**
 * The kernels in WebAssembly SIMD.
 *
 * The bytes of the WebAssembly module are assembled when it is first needed. `assembler/module.ts` explains the structure of a
 * module, `assembler/encoding.ts` the encoding of instructions, both with links to the specification. The functions of the
 * module, which read like loops, are in `_wasm_products.ts`, `_wasm_patches.ts`, `_wasm_scatter.ts`, `_wasm_passes.ts`,
 * `_wasm_layer_norm.ts`, `_wasm_heads.ts`, `_wasm_atoms.ts` and `_wasm_losses.ts`.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { Arena } from "./_arena.ts";
import { SimdConvolution } from "./_simd_convolution.ts";
import { SimdHeads } from "./_simd_heads.ts";
import { isSimdExports, type SimdExports, simdModule } from "./_simd_module.ts";
import { SimdProducts } from "./_simd_products.ts";
import type { ConvolutionKernels } from "./convolution_kernels.ts";
import type { HeadKernels } from "./head_kernels.ts";
import type { AdamStep, KernelName, Kernels, Loss } from "./kernels.ts";
import { ReferenceKernels } from "./reference_kernels.ts";

/**
 * {@linkcode Kernels} in WebAssembly SIMD, the bits of {@linkcode ReferenceKernels} at many times its speed.
 *
 * All arrays lie in one memory of fixed size, which belongs to this instance alone. Vectors run
 * across columns, so that each lane sums in the reference's order; terms whose left factor is zero cost nothing. Functions
 * with only a few operations per row of a batch use the reference code.
 *
 * @example Usage
 * ```ts
 * import { createMatrix, SimdKernels } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const kernels = new SimdKernels(1024);
 * const allocate = (length: number) => kernels.allocate(length);
 * const input = createMatrix(1, 2, allocate);
 * input.data.set([1, 2]);
 * const weight = createMatrix(2, 1, allocate);
 * weight.data[0] = 3; // from input 0
 * weight.data[weight.stride] = -4; // from input 1
 * const output = createMatrix(1, 1, allocate);
 * kernels.linearForward(input, weight, kernels.allocate(4).fill(1), output, false);
 * assertEquals(output.data[0], 1 + 1 * 3 + 2 * -4);
 * ```
 */
export class SimdKernels implements Kernels {
  /** The name of this implementation. */
  readonly name: KernelName = "simd";
  /** Kernels of dueling, noisy and distributional networks. */
  readonly heads: HeadKernels;
  /** Kernels of convolutions. */
  readonly convolution: ConvolutionKernels;
  readonly #arena: Arena;
  readonly #simd: SimdExports;
  readonly #products: SimdProducts;
  readonly #reference = new ReferenceKernels();
  /** The quotient of each byte by the last scale. */
  readonly #quotients = new Float32Array(BYTES.length);
  #scale = NaN;

  /**
   * Creates kernels with room for `length` elements.
   *
   * @param length The largest number of elements to allocate, each array rounded up to 16; a whole number.
   * @throws {RangeError} If `length` is negative, not whole, or does not fit into 4 GiB.
   * @throws {TypeError} If WebAssembly SIMD is not available here.
   */
  constructor(length: number) {
    const arena = new Arena(length);
    const module = simdModule();
    if (module === null) {
      throw new TypeError(
        "Cannot create SIMD kernels: the environment must have WebAssembly SIMD, got one without",
      );
    }
    const { exports } = new WebAssembly.Instance(module, { env: { memory: arena.memory } });
    if (!isSimdExports(exports)) {
      throw new TypeError("Cannot create SIMD kernels: the module lacks an export");
    }
    this.#arena = arena;
    this.#simd = exports;
    this.#products = new SimdProducts(arena, exports);
    this.heads = new SimdHeads(arena, exports);
    this.convolution = new SimdConvolution(arena, exports, this.#products);
  }

  /**
   * A zeroed array in this memory.
   *
   * @param length Number of elements.
   * @returns A view that starts at a multiple of 64 bytes.
   * @throws {RangeError} If the memory is used up.
   */
  allocate(length: number): Float32Array {
    return this.#arena.float32(length);
  }

  /**
   * A zeroed array of whole numbers in this memory.
   *
   * @param length Number of elements.
   * @returns A view that starts at a multiple of 64 bytes.
   * @throws {RangeError} If the memory is used up.
   */
  allocateInt32(length: number): Int32Array {
    return this.#arena.int32(length);
  }

  /** See {@linkcode Kernels.linearForward}. */
  linearForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    this.#products.linearForward(input, weight, bias, output, relu);
  }

  /** See {@linkcode Kernels.inputGradient}. */
  inputGradient(outputGradient: Matrix, weight: Matrix, activation: Matrix, inputGradient: Matrix): void {
    this.#products.inputGradient(outputGradient, weight, activation, inputGradient);
  }

  /** See {@linkcode Kernels.weightGradient}. */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
  ): void {
    this.#products.weightGradient(input, outputGradient, weightGradient, biasGradient);
  }

  /** See {@linkcode Kernels.layerNorm}. */
  layerNorm(input: Matrix, gain: Float32Array, bias: Float32Array, output: Matrix): void {
    this.#simd.layerNorm(
      this.#arena.address(input.data),
      4 * input.stride,
      this.#arena.address(gain),
      this.#arena.address(bias),
      this.#arena.address(output.data),
      4 * output.stride,
      input.columns,
      input.rows,
    );
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
    gainGradient.fill(0);
    biasGradient.fill(0);
    this.#simd.layerNormBackward(
      this.#arena.address(input.data),
      4 * input.stride,
      this.#arena.address(gain),
      this.#arena.address(outputGradient.data),
      4 * outputGradient.stride,
      this.#arena.address(inputGradient.data),
      4 * inputGradient.stride,
      this.#arena.address(gainGradient),
      this.#arena.address(biasGradient),
      input.columns,
      input.rows,
    );
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
    return this.#reference.tdLoss(loss, values, actions, targets, weights, gradient, tdErrors);
  }

  /** See {@linkcode Kernels.adam}. */
  adam(
    parameters: Float32Array,
    gradients: Float32Array,
    firstMoments: Float32Array,
    secondMoments: Float32Array,
    step: AdamStep,
  ): void {
    const { length } = parameters;
    this.#simd.adam(
      this.#arena.address(parameters),
      this.#arena.address(gradients),
      this.#arena.address(firstMoments),
      this.#arena.address(secondMoments),
      wholeBytes(length),
      step.beta1,
      step.oneMinusBeta1,
      step.beta2,
      step.oneMinusBeta2,
      step.stepSize,
      step.inverseRootCorrection,
      step.epsilon,
    );
    if (length % 4 !== 0) {
      const [p, g, m, v] = [parameters, gradients, firstMoments, secondMoments].map((a) => tail(a, length));
      this.#reference.adam(p!, g!, m!, v!, step);
    }
  }

  /** See {@linkcode Kernels.sumOfSquares}. */
  sumOfSquares(values: Float32Array): number {
    return this.#simd.sumOfSquares(this.#arena.address(values), 4 * values.length);
  }

  /** See {@linkcode Kernels.scale}. */
  scale(values: Float32Array, factor: number): void {
    this.#simd.scale(this.#arena.address(values), wholeBytes(values.length), factor);
    if (values.length % 4 !== 0) this.#reference.scale(tail(values, values.length), factor);
  }

  /** See {@linkcode Kernels.softUpdate}. */
  softUpdate(target: Float32Array, source: Float32Array, tau: number): void {
    const { length } = target;
    this.#simd.softUpdate(
      this.#arena.address(target),
      this.#arena.address(source),
      wholeBytes(length),
      1 - tau,
      tau,
    );
    if (length % 4 !== 0) this.#reference.softUpdate(tail(target, length), tail(source, length), tau);
  }

  /** See {@linkcode Kernels.rowMax}. */
  rowMax(values: Matrix, maxima: Float32Array, positions: Int32Array): void {
    this.#reference.rowMax(values, maxima, positions);
  }

  /** See {@linkcode Kernels.gatherRows}. */
  gatherRows(source: Matrix, indices: Int32Array, target: Matrix): void {
    this.#reference.gatherRows(source, indices, target);
  }

  /** See {@linkcode Kernels.scaleBytes}; the quotients of all bytes are kept for the next call with the same scale. */
  scaleBytes(
    source: Uint8Array,
    first: number,
    count: number,
    scale: number,
    target: Float32Array,
    start: number,
    step: number,
  ): void {
    const quotients = this.#quotients;
    if (scale !== this.#scale) {
      this.#scale = scale;
      this.#reference.scaleBytes(BYTES, 0, BYTES.length, scale, quotients, 0, 1);
    }
    for (let i = 0; i < count; i++) target[start + i * step] = quotients[source[first + i]!]!;
  }

  /** See {@linkcode Kernels.allFinite}. */
  allFinite(values: Float32Array): boolean {
    const { length } = values;
    return this.#simd.allFinite(this.#arena.address(values), wholeBytes(length)) !== 0 &&
      (length % 4 === 0 || this.#reference.allFinite(tail(values, length)));
  }
}

/** Every byte. */
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Bytes of the whole vectors in a number of elements. */
function wholeBytes(length: number): number {
  return length >> 2 << 4;
}

/** The rest of `length` elements after the whole vectors. */
function tail(values: Float32Array, length: number): Float32Array {
  return values.subarray(length >> 2 << 2, length);
}
