/**
 * The three products of a layer, as calls of the module: cut into pieces that fit its scratch memory, narrow ones transposed.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import type { Arena } from "./_arena.ts";
import type { SimdExports } from "./_simd_module.ts";
import { FINISH } from "./_wasm_products.ts";
import {
  NARROW,
  PANEL,
  PANEL_TERMS,
  PANEL_VECTORS,
  PASS_TERMS,
  TURNED,
  TURNED_LENGTH,
  ZEROS,
} from "./_wasm_scratch.ts";
import type { Kernels } from "./kernels.ts";

/** {@linkcode Kernels.linearForward}, {@linkcode Kernels.inputGradient} and {@linkcode Kernels.weightGradient}. */
export class SimdProducts implements Pick<Kernels, "linearForward" | "inputGradient" | "weightGradient"> {
  readonly #arena: Arena;
  readonly #simd: SimdExports;
  readonly #turned: Float32Array;

  /** Products of matrices in an arena, by the module that uses its memory. */
  constructor(arena: Arena, simd: SimdExports) {
    this.#arena = arena;
    this.#simd = simd;
    this.#turned = new Float32Array(arena.buffer, TURNED, NARROW * TURNED_LENGTH);
  }

  /** Implements {@linkcode Kernels.linearForward}. */
  linearForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    const terms = input.columns;
    if (weight.columns <= NARROW && terms <= PANEL_TERMS && input.rows % 4 === 0) {
      return this.#narrowForward(input, weight, bias, output, relu);
    }
    this.rowsTimes(
      this.#arena.address(input.data),
      4 * input.stride,
      input.rows,
      terms,
      this.#arena.address(weight.data),
      4 * weight.stride,
      vectors(weight.columns),
      this.#arena.address(bias),
      this.#arena.address(output.data),
      4 * output.stride,
      relu,
    );
  }

  /** output = start + left · right, then max(0, ·) when `relu`; the start is one row for all. The width in vectors. */
  rowsTimes(
    left: number,
    leftPitch: number,
    rows: number,
    terms: number,
    right: number,
    rightPitch: number,
    width: number,
    start: number,
    output: number,
    outputPitch: number,
    relu: boolean,
  ): void {
    // Start from the first row, or from the sums so far if there are more terms than one pass takes.
    let from = start, fromPitch = 0;
    const most = 4 * Math.ceil(terms / Math.ceil(terms / PASS_TERMS) / 4);
    for (let t = 0; t < terms; t += most) {
      const last = t + most >= terms;
      this.#simd.forward(
        left + 4 * t,
        leftPitch,
        rows,
        last ? terms - t : most,
        right + t * rightPitch,
        rightPitch,
        0,
        width,
        from,
        fromPitch,
        16,
        0,
        0,
        output,
        outputPitch,
        relu && last ? FINISH.relu : FINISH.none,
      );
      from = output;
      fromPitch = outputPitch;
    }
  }

  /**
   * The same for few outputs, which would leave most of a vector unused: outputᵀ = weightᵀ · inputᵀ, with vectors across the
   * rows, a panel of rows at a time.
   */
  #narrowForward(input: Matrix, weight: Matrix, bias: Float32Array, output: Matrix, relu: boolean): void {
    const { columns, stride } = weight;
    const left = this.#arena.address(weight.data),
      right = this.#arena.address(input.data),
      out = this.#arena.address(output.data);
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

  /** Writes the first `length` columns of {@linkcode TURNED} as rows. */
  #turnBack(length: number, columns: number, output: number, outputPitch: number): void {
    const pitch = 4 * length, width = vectors(columns);
    const last = TURNED + (4 * width - 1) * pitch;
    this.#simd.transpose(TURNED, pitch, last, length, width, output, outputPitch);
  }

  /** Implements {@linkcode Kernels.inputGradient}. */
  inputGradient(outputGradient: Matrix, weight: Matrix, activation: Matrix, inputGradient: Matrix): void {
    this.rowsTimesTransposed(
      this.#arena.address(outputGradient.data),
      4 * outputGradient.stride,
      outputGradient.rows,
      outputGradient.columns,
      this.#arena.address(weight.data),
      4 * weight.stride,
      weight.rows,
      this.#arena.address(inputGradient.data),
      4 * inputGradient.stride,
      { address: this.#arena.address(activation.data), pitch: 4 * activation.stride },
    );
  }

  /** output = left · rightᵀ, the left of `rows` and the right of `rightRows` rows; zero where the mask, if any, is not above zero. */
  rowsTimesTransposed(
    left: number,
    leftPitch: number,
    rows: number,
    terms: number,
    right: number,
    rightPitch: number,
    rightRows: number,
    output: number,
    outputPitch: number,
    mask?: { readonly address: number; readonly pitch: number },
  ): void {
    let start = ZEROS, startPitch = 0, startStep = 0;
    for (let t = 0; t < terms; t += PANEL_TERMS) {
      this.#simd.inputGradient(
        left + 4 * t,
        leftPitch,
        rows,
        Math.min(terms - t, PANEL_TERMS),
        right + 4 * t,
        rightPitch,
        right + 4 * t + rightPitch * (rightRows - 1),
        vectors(rightRows),
        start,
        startPitch,
        startStep,
        mask?.address ?? 0,
        mask?.pitch ?? 0,
        output,
        outputPitch,
        mask === undefined ? FINISH.none : FINISH.mask,
      );
      start = output;
      startPitch = outputPitch;
      startStep = 16;
    }
  }

  /** Implements {@linkcode Kernels.weightGradient}. */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
  ): void {
    const { rows: terms, columns: inputs } = input;
    const { columns } = outputGradient;
    const x = this.#arena.address(input.data), dy = this.#arena.address(outputGradient.data);
    const out = this.#arena.address(weightGradient.data);
    const xPitch = 4 * input.stride,
      dyPitch = 4 * outputGradient.stride,
      outPitch = 4 * weightGradient.stride;
    biasGradient.fill(0);
    this.#simd.columnSums(dy, dyPitch, terms, this.#arena.address(biasGradient), 16 * vectors(columns));
    if (columns > NARROW || inputs % 4 !== 0) {
      this.columnsTimes(x, xPitch, inputs, terms, dy, dyPitch, vectors(columns), out, outPitch);
      return;
    }
    // For few outputs, weightGradientᵀ = outputGradientᵀ · input, as many inputs at a time as the scratch memory holds.
    for (let i = 0; i < inputs; i += TURNED_LENGTH) {
      const length = Math.min(inputs - i, TURNED_LENGTH);
      this.#turned.fill(0, columns * length, vectors(columns) * 4 * length);
      this.columnsTimes(dy, dyPitch, columns, terms, x + 4 * i, xPitch, vectors(length), TURNED, 4 * length);
      this.#turnBack(length, columns, out + i * outPitch, outPitch);
    }
  }

  /**
   * output = leftᵀ · right, the first of `rows` columns and both of `terms` rows; the width in vectors. With `continues`, the
   * product is added to the output, term by term.
   */
  columnsTimes(
    left: number,
    leftPitch: number,
    rows: number,
    terms: number,
    right: number,
    rightPitch: number,
    width: number,
    output: number,
    outputPitch: number,
    continues = false,
  ): void {
    let start = continues ? output : ZEROS;
    let startPitch = continues ? outputPitch : 0, startStep = continues ? 16 : 0;
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
}

/** Vectors of four needed for a number of columns. */
export function vectors(columns: number): number {
  return (columns + 3) >> 2;
}
