/**
 * The kernels in WebAssembly SIMD.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { isSimdExports, type SimdExports, simdModule } from "./_simd_module.ts";
import { FINISH } from "./_wasm_products.ts";
import {
  NARROW,
  ORDERS,
  orders,
  PANEL,
  PANEL_TERMS,
  PANEL_VECTORS,
  SCRATCH_BYTES,
  TURNED,
  TURNED_LENGTH,
  ZEROS,
} from "./_wasm_scratch.ts";
import type { AdamStep, KernelName, Kernels, Loss } from "./kernels.ts";
import { ReferenceKernels } from "./reference_kernels.ts";

const PAGE_BYTES = 65536;

/** Elements that fill a line of a processor's cache: where every array begins. */
const LINE = 16;

/**
 * {@linkcode Kernels} in WebAssembly SIMD, the bits of {@linkcode ReferenceKernels} at many times its speed.
 *
 * All arrays lie in one memory, which is of one size from the beginning and belongs to this instance alone. Vectors run
 * across columns, so that each lane sums in the reference's order; terms whose left factor is zero cost nothing. What takes
 * a few operations per row of a batch is the reference's code.
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
  /** Which implementation this is. */
  readonly name: KernelName = "simd";
  readonly #buffer: ArrayBufferLike;
  readonly #simd: SimdExports;
  readonly #reference = new ReferenceKernels();
  readonly #turned: Float32Array;
  #free = SCRATCH_BYTES;

  /**
   * Creates kernels with room for `length` elements.
   *
   * @param length Number of elements that will be allocated at most, each array rounded up to 16; a whole number.
   * @throws {RangeError} If `length` is negative, not whole, or more than 4 GiB hold.
   * @throws {TypeError} If WebAssembly SIMD is not available here.
   */
  constructor(length: number) {
    const pages = Math.ceil((SCRATCH_BYTES + 4 * length) / PAGE_BYTES);
    if (!Number.isInteger(length) || length < 0 || pages > 65536) {
      throw new RangeError(
        `Cannot create SIMD kernels: length must be a whole number of elements that fit into 4 GiB, got ${length}`,
      );
    }
    const module = simdModule();
    if (module === null) {
      throw new TypeError(
        "Cannot create SIMD kernels: the environment must have WebAssembly SIMD, got one without",
      );
    }
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    if (!isSimdExports(exports)) {
      throw new TypeError("Cannot create SIMD kernels: the module lacks an export");
    }
    this.#buffer = memory.buffer;
    this.#simd = exports;
    this.#turned = new Float32Array(this.#buffer, TURNED, NARROW * TURNED_LENGTH);
    new Uint8Array(this.#buffer, ORDERS).set(orders());
  }

  /**
   * A zeroed array in this memory.
   *
   * @param length Number of elements.
   * @returns A view, which begins at a multiple of 64 bytes.
   * @throws {RangeError} If the memory is used up.
   */
  allocate(length: number): Float32Array {
    return new Float32Array(this.#buffer, this.#reserve(length), length);
  }

  /**
   * A zeroed array of whole numbers in this memory.
   *
   * @param length Number of elements.
   * @returns A view, which begins at a multiple of 64 bytes.
   * @throws {RangeError} If the memory is used up.
   */
  allocateInt32(length: number): Int32Array {
    return new Int32Array(this.#buffer, this.#reserve(length), length);
  }

  #reserve(length: number): number {
    const start = this.#free;
    const end = start + 4 * Math.ceil(length / LINE) * LINE;
    if (!Number.isInteger(length) || length < 0 || end > this.#buffer.byteLength) {
      const room = (this.#buffer.byteLength - start) / 4;
      throw new RangeError(
        `Cannot allocate from kernels: length must be a whole number up to the ${room} elements left, got ${length}`,
      );
    }
    this.#free = end;
    return start;
  }

  #address(values: Float32Array): number {
    if (values.buffer !== this.#buffer) {
      throw new TypeError("Cannot run a kernel: its arrays must be allocated by it, got one from elsewhere");
    }
    return values.byteOffset;
  }

  /** See {@linkcode Kernels.linearForward}. */
  linearForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    const terms = input.columns;
    if (weight.columns <= NARROW && terms <= PANEL_TERMS && input.rows % 4 === 0) {
      return this.#narrowForward(input, weight, bias, output, relu);
    }
    const left = this.#address(input.data),
      right = this.#address(weight.data),
      out = this.#address(output.data);
    const rightPitch = 4 * weight.stride, outPitch = 4 * output.stride;
    // From the bias on; and from the sums so far on where there are more terms than one panel holds.
    let start = this.#address(bias), startPitch = 0;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      const last = t + PANEL_TERMS >= terms;
      this.#simd.forward(
        left + 4 * t,
        4 * input.stride,
        input.rows,
        last ? terms - t : PANEL_TERMS,
        right + t * rightPitch,
        rightPitch,
        0,
        vectors(weight.columns),
        start,
        startPitch,
        16,
        0,
        0,
        out,
        outPitch,
        relu && last ? FINISH.relu : FINISH.none,
      );
      start = out;
      startPitch = outPitch;
    }
  }

  /**
   * The same for few outputs, which would leave most of a vector empty: outputᵀ = weightᵀ · inputᵀ, with vectors across the
   * rows, a panel of rows at a time.
   */
  #narrowForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    const { columns, stride } = weight;
    const left = this.#address(weight.data),
      right = this.#address(input.data),
      out = this.#address(output.data);
    const rightPitch = 4 * input.stride, outPitch = 4 * output.stride;
    const last = right + (input.rows - 1) * rightPitch;
    for (let r = 0; r < input.rows; r += 4 * PANEL_VECTORS) {
      const rows = Math.min(input.rows - r, 4 * PANEL_VECTORS);
      const pitch = 4 * rows, width = vectors(rows);
      for (let j = 0; j < vectors(columns) * 4; j++) {
        this.#turned.fill(bias[j]! + 0, j * rows, (j + 1) * rows);
      }
      this.#simd.transpose(right + r * rightPitch, rightPitch, last, input.columns, width, PANEL, pitch);
      this.#simd.weightGradient(
        left,
        4 * stride,
        columns,
        input.columns,
        PANEL,
        pitch,
        0,
        width,
        TURNED,
        pitch,
        16,
        0,
        0,
        TURNED,
        pitch,
        relu ? FINISH.relu : FINISH.none,
      );
      this.#turnBack(rows, columns, out + r * outPitch, outPitch);
    }
  }

  /** Writes the first `length` columns of what {@linkcode TURNED} holds as rows. */
  #turnBack(length: number, columns: number, output: number, outputPitch: number): void {
    const pitch = 4 * length, width = vectors(columns);
    const last = TURNED + (4 * width - 1) * pitch;
    this.#simd.transpose(TURNED, pitch, last, length, width, output, outputPitch);
  }

  /** See {@linkcode Kernels.inputGradient}. */
  inputGradient(outputGradient: Matrix, weight: Matrix, activation: Matrix, inputGradient: Matrix): void {
    const terms = outputGradient.columns;
    const left = this.#address(outputGradient.data), right = this.#address(weight.data);
    const mask = this.#address(activation.data), out = this.#address(inputGradient.data);
    const rightPitch = 4 * weight.stride, outPitch = 4 * inputGradient.stride;
    let start = ZEROS, startPitch = 0, startStep = 0;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      this.#simd.inputGradient(
        left + 4 * t,
        4 * outputGradient.stride,
        outputGradient.rows,
        Math.min(terms - t, PANEL_TERMS),
        right + 4 * t,
        rightPitch,
        right + 4 * t + rightPitch * (weight.rows - 1),
        vectors(weight.rows),
        start,
        startPitch,
        startStep,
        mask,
        4 * activation.stride,
        out,
        outPitch,
        FINISH.mask,
      );
      start = out;
      startPitch = outPitch;
      startStep = 16;
    }
  }

  /** See {@linkcode Kernels.weightGradient}. */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
  ): void {
    const { rows: terms, columns: inputs } = input;
    const { columns } = outputGradient;
    const x = this.#address(input.data), dy = this.#address(outputGradient.data);
    const out = this.#address(weightGradient.data);
    const xPitch = 4 * input.stride,
      dyPitch = 4 * outputGradient.stride,
      outPitch = 4 * weightGradient.stride;
    this.#simd.columnSums(dy, dyPitch, terms, this.#address(biasGradient), 16 * vectors(columns));
    if (columns > NARROW || inputs % 4 !== 0) {
      this.#columnsTimes(x, xPitch, inputs, terms, dy, dyPitch, vectors(columns), out, outPitch);
      return;
    }
    // For few outputs weightGradientᵀ = outputGradientᵀ · input, as many inputs at a time as the scratch memory holds.
    for (let i = 0; i < inputs; i += TURNED_LENGTH) {
      const length = Math.min(inputs - i, TURNED_LENGTH);
      this.#turned.fill(0, columns * length, vectors(columns) * 4 * length);
      this.#columnsTimes(dy, dyPitch, columns, terms, x + 4 * i, xPitch, vectors(length), TURNED, 4 * length);
      this.#turnBack(length, columns, out + i * outPitch, outPitch);
    }
  }

  /** output = leftᵀ · right, the first of `rows` columns and both of `terms` rows; the width in vectors. */
  #columnsTimes(
    left: number,
    leftPitch: number,
    rows: number,
    terms: number,
    right: number,
    rightPitch: number,
    width: number,
    output: number,
    outputPitch: number,
  ): void {
    let start = ZEROS, startPitch = 0, startStep = 0;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      this.#simd.weightGradient(
        left + t * leftPitch,
        leftPitch,
        rows,
        Math.min(terms - t, PANEL_TERMS),
        right + t * rightPitch,
        rightPitch,
        0,
        width,
        start,
        startPitch,
        startStep,
        0,
        0,
        output,
        outputPitch,
        FINISH.none,
      );
      start = output;
      startPitch = outputPitch;
      startStep = 16;
    }
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
      this.#address(parameters),
      this.#address(gradients),
      this.#address(firstMoments),
      this.#address(secondMoments),
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
    return this.#simd.sumOfSquares(this.#address(values), 4 * values.length);
  }

  /** See {@linkcode Kernels.scale}. */
  scale(values: Float32Array, factor: number): void {
    this.#simd.scale(this.#address(values), wholeBytes(values.length), factor);
    if (values.length % 4 !== 0) this.#reference.scale(tail(values, values.length), factor);
  }

  /** See {@linkcode Kernels.softUpdate}. */
  softUpdate(target: Float32Array, source: Float32Array, tau: number): void {
    const { length } = target;
    this.#simd.softUpdate(this.#address(target), this.#address(source), wholeBytes(length), 1 - tau, tau);
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

  /** See {@linkcode Kernels.allFinite}. */
  allFinite(values: Float32Array): boolean {
    const { length } = values;
    return this.#simd.allFinite(this.#address(values), wholeBytes(length)) !== 0 &&
      (length % 4 === 0 || this.#reference.allFinite(tail(values, length)));
  }
}

/** Vectors of four that hold so many columns. */
function vectors(columns: number): number {
  return (columns + 3) >> 2;
}

/** Bytes of the whole vectors among so many elements. */
function wholeBytes(length: number): number {
  return length >> 2 << 4;
}

/** What is left of `length` elements after the whole vectors. */
function tail(values: Float32Array, length: number): Float32Array {
  return values.subarray(length >> 2 << 2, length);
}
