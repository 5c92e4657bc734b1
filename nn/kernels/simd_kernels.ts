/**
 * The kernels in WebAssembly SIMD.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { ModuleWriter } from "./_wasm_module.ts";
import { addPasses } from "./_wasm_passes.ts";
import { addProducts, FINISH } from "./_wasm_products.ts";
import { ORDERS, orders, PANEL_TERMS, SCRATCH_BYTES, ZEROS } from "./_wasm_scratch.ts";
import type { AdamStep, KernelName, Kernels, Loss } from "./kernels.ts";
import { ReferenceKernels } from "./reference_kernels.ts";

/** What the module exports; addresses, pitches and lengths in bytes. */
interface Exports {
  forward: Product;
  inputGradient: Product;
  weightGradient: Product;
  adam(
    parameters: number,
    gradients: number,
    firstMoments: number,
    secondMoments: number,
    length: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    stepSize: number,
    inverseRootCorrection: number,
    epsilon: number,
  ): void;
  scale(values: number, length: number, factor: number): void;
  softUpdate(target: number, source: number, length: number, kept: number, taken: number): void;
  sumOfSquares(values: number, length: number): number;
  allFinite(values: number, length: number): number;
  columnSums(source: number, pitch: number, rows: number, sums: number, length: number): void;
}

type Product = (
  left: number,
  leftPitch: number,
  rows: number,
  terms: number,
  right: number,
  rightPitch: number,
  lastRight: number,
  width: number,
  start: number,
  startPitch: number,
  startStep: number,
  mask: number,
  maskPitch: number,
  output: number,
  outputPitch: number,
  finish: number,
) => void;

const PAGE_BYTES = 65536;

/** The compiled module: the same for all, never changed, made when first needed. */
let compiled: WebAssembly.Module | undefined;

/** The bytes of the module. */
export function simdModuleBytes(): Uint8Array<ArrayBuffer> {
  const writer = new ModuleWriter();
  addProducts(writer);
  addPasses(writer);
  return writer.bytes();
}

export class SimdKernels implements Kernels {
  /** Which implementation this is. */
  readonly name: KernelName = "simd";
  readonly #buffer: ArrayBufferLike;
  readonly #exports: Exports;
  readonly #reference = new ReferenceKernels();
  #free = SCRATCH_BYTES;

  constructor(length: number) {
    const pages = Math.ceil((SCRATCH_BYTES + 4 * length) / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#buffer = memory.buffer;
    new Uint8Array(this.#buffer, ORDERS).set(orders());
    compiled ??= new WebAssembly.Module(simdModuleBytes());
    const instance = new WebAssembly.Instance(compiled, { env: { memory } });
    this.#exports = instance.exports as unknown as Exports;
  }

  allocate(length: number): Float32Array {
    return new Float32Array(this.#buffer, this.#reserve(length), length);
  }

  allocateInt32(length: number): Int32Array {
    return new Int32Array(this.#buffer, this.#reserve(length), length);
  }

  #reserve(length: number): number {
    const start = this.#free;
    const end = start + 4 * ((length + 3) & ~3);
    if (end > this.#buffer.byteLength) throw new RangeError("x");
    this.#free = end;
    return start;
  }

  #address(values: Float32Array): number {
    if (values.buffer !== this.#buffer) {
      throw new TypeError(`Cannot run a kernel: arrays must be allocated by the same kernels, got another array`);
    }
    return values.byteOffset;
  }

  linearForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    const terms = input.columns;
    const weightPitch = 4 * weight.stride;
    let start = this.#address(bias);
    let startPitch = 0;
    const outputAddress = this.#address(output.data);
    const outputPitch = 4 * output.stride;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      const last = t + PANEL_TERMS >= terms;
      this.#exports.forward(
        this.#address(input.data) + 4 * t,
        4 * input.stride,
        input.rows,
        last ? terms - t : PANEL_TERMS,
        this.#address(weight.data) + t * weightPitch,
        weightPitch,
        0,
        (weight.columns + 3) >> 2,
        start,
        startPitch,
        16,
        0,
        0,
        outputAddress,
        outputPitch,
        relu && last ? FINISH.relu : FINISH.none,
      );
      start = outputAddress;
      startPitch = outputPitch;
    }
  }

  inputGradient(outputGradient: Matrix, weight: Matrix, activation: Matrix, inputGradient: Matrix): void {
    const terms = outputGradient.columns;
    let start = ZEROS;
    let startPitch = 0;
    let startStep = 0;
    const outputAddress = this.#address(inputGradient.data);
    const outputPitch = 4 * inputGradient.stride;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      const right = this.#address(weight.data) + 4 * t;
      this.#exports.inputGradient(
        this.#address(outputGradient.data) + 4 * t,
        4 * outputGradient.stride,
        outputGradient.rows,
        Math.min(terms - t, PANEL_TERMS),
        right,
        4 * weight.stride,
        right + 4 * weight.stride * (weight.rows - 1),
        (weight.rows + 3) >> 2,
        start,
        startPitch,
        startStep,
        this.#address(activation.data),
        4 * activation.stride,
        outputAddress,
        outputPitch,
        FINISH.mask,
      );
      start = outputAddress;
      startPitch = outputPitch;
      startStep = 16;
    }
  }

  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
  ): void {
    const terms = input.rows;
    let start = ZEROS;
    let startPitch = 0;
    let startStep = 0;
    const rightPitch = 4 * outputGradient.stride;
    const outputAddress = this.#address(weightGradient.data);
    const outputPitch = 4 * weightGradient.stride;
    const width = (outputGradient.columns + 3) >> 2;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      this.#exports.weightGradient(
        this.#address(input.data) + 4 * t * input.stride,
        4 * input.stride,
        input.columns,
        Math.min(terms - t, PANEL_TERMS),
        this.#address(outputGradient.data) + t * rightPitch,
        rightPitch,
        0,
        width,
        start,
        startPitch,
        startStep,
        0,
        0,
        outputAddress,
        outputPitch,
        FINISH.none,
      );
      start = outputAddress;
      startPitch = outputPitch;
      startStep = 16;
    }
    this.#exports.columnSums(
      this.#address(outputGradient.data),
      rightPitch,
      terms,
      this.#address(biasGradient),
      16 * width,
    );
  }

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

  adam(
    parameters: Float32Array,
    gradients: Float32Array,
    firstMoments: Float32Array,
    secondMoments: Float32Array,
    step: AdamStep,
  ): void {
    this.#exports.adam(
      this.#address(parameters),
      this.#address(gradients),
      this.#address(firstMoments),
      this.#address(secondMoments),
      (parameters.length & ~3) << 2,
      step.beta1,
      step.oneMinusBeta1,
      step.beta2,
      step.oneMinusBeta2,
      step.stepSize,
      step.inverseRootCorrection,
      step.epsilon,
    );
  }

  sumOfSquares(values: Float32Array): number {
    return this.#exports.sumOfSquares(this.#address(values), 4 * values.length);
  }

  scale(values: Float32Array, factor: number): void {
    this.#exports.scale(this.#address(values), (values.length & ~3) << 2, factor);
  }

  softUpdate(target: Float32Array, source: Float32Array, tau: number): void {
    this.#exports.softUpdate(
      this.#address(target),
      this.#address(source),
      (target.length & ~3) << 2,
      Math.fround(1 - tau),
      Math.fround(tau),
    );
  }

  rowMax(values: Matrix, maxima: Float32Array, positions: Int32Array): void {
    this.#reference.rowMax(values, maxima, positions);
  }

  allFinite(values: Float32Array): boolean {
    return this.#exports.allFinite(this.#address(values), (values.length & ~3) << 2) !== 0;
  }

}
