/**
 * The kernels of convolutions: patches of images, and the products of matrices on them.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import type { Arena } from "./_arena.ts";
import { type Block, type Plan, planOf } from "./_convolution_plan.ts";
import { ReferenceConvolution } from "./_reference_convolution.ts";
import type { SimdExports } from "./_simd_module.ts";
import { type SimdProducts, vectors } from "./_simd_products.ts";
import { SCATTER } from "./_wasm_scatter.ts";
import { PANEL_VECTORS, PATCHES, PLACES, PLACES_LENGTH } from "./_wasm_scratch.ts";
import type { ConvolutionKernels, ConvolutionShape } from "./convolution_kernels.ts";

/** About how many instructions a value of a sparse image takes, each place that sees it, and each element of a patch. */
const VALUE_COST = 30, PLACE_COST = 6, TERM_COST = 4;

/** {@linkcode ConvolutionKernels} in WebAssembly SIMD. */
export class SimdConvolution implements ConvolutionKernels {
  readonly #arena: Arena;
  readonly #simd: SimdExports;
  readonly #products: SimdProducts;
  readonly #places: Float32Array;
  readonly #reference = new ReferenceConvolution();
  /** Plans made so far; null for convolutions with patches too large for the scratch memory. */
  readonly #plans = new WeakMap<ConvolutionShape, Plan | null>();

  /** Kernels for matrices in an arena, by the module that uses its memory. */
  constructor(arena: Arena, simd: SimdExports, products: SimdProducts) {
    this.#arena = arena;
    this.#simd = simd;
    this.#products = products;
    this.#places = new Float32Array(arena.buffer, PLACES, PLACES_LENGTH);
  }

  #planOf(shape: ConvolutionShape): Plan | null {
    let plan = this.#plans.get(shape);
    if (plan === undefined) this.#plans.set(shape, plan = planOf(shape));
    return plan;
  }

  /** Implements {@linkcode ConvolutionKernels.forward}. */
  forward(
    input: Matrix,
    weight: Matrix,
    bias: Float32Array,
    output: Matrix,
    shape: ConvolutionShape,
  ): void {
    const plan = this.#planOf(shape);
    if (plan === null) return this.#reference.forward(input, weight, bias, output, shape);
    const { terms, pitch, width, filters, isWhole, placePitch } = plan;
    const x = this.#arena.address(input.data), y = this.#arena.address(output.data);
    const w = this.#arena.address(weight.data), start = this.#arena.address(bias);
    for (let image = 0; image < input.rows; image++) {
      const from = x + 4 * image * input.stride;
      if (isWhole && this.#isSparse(from, plan)) {
        const to = y + 4 * image * output.stride, count = plan.places.rows * plan.places.columns;
        this.#simd.spread(start, to, placePitch, count, 16 * width);
        this.#scatter(SCATTER.places, from, w, 4 * weight.stride, to, plan);
        this.#simd.relu(to, count * placePitch);
        continue;
      }
      for (const block of plan.blocks) {
        const { place, rows, columns } = block;
        this.#takePatches(from, block, plan);
        const at = image * output.stride + place * filters;
        this.#products.rowsTimes(
          PATCHES,
          pitch,
          rows * columns,
          terms,
          w,
          4 * weight.stride,
          width,
          start,
          isWhole ? y + 4 * at : PLACES,
          placePitch,
          true,
        );
        if (!isWhole) this.#leavePlaces(output.data, at, rows * columns, plan);
      }
    }
  }

  /** Implements {@linkcode ConvolutionKernels.inputGradient}. */
  inputGradient(
    outputGradient: Matrix,
    weight: Matrix,
    activation: Matrix,
    inputGradient: Matrix,
    shape: ConvolutionShape,
  ): void {
    const plan = this.#planOf(shape);
    if (plan === null) {
      return this.#reference.inputGradient(outputGradient, weight, activation, inputGradient, shape);
    }
    const { terms, pitch, filters, isWhole, placePitch } = plan;
    const dy = this.#arena.address(outputGradient.data);
    const dx = this.#arena.address(inputGradient.data), x = this.#arena.address(activation.data);
    inputGradient.data.fill(0);
    for (let image = 0; image < outputGradient.rows; image++) {
      const to = dx + 4 * image * inputGradient.stride;
      for (const block of plan.blocks) {
        const { place, rows, columns, corner } = block;
        const at = image * outputGradient.stride + place * filters;
        const places = isWhole
          ? dy + 4 * at
          : this.#takePlaces(outputGradient.data, at, rows * columns, plan);
        this.#products.rowsTimesTransposed(
          places,
          placePitch,
          rows * columns,
          filters,
          this.#arena.address(weight.data),
          4 * weight.stride,
          terms,
          PATCHES,
          pitch,
        );
        const { rowStep, columnStep, lineStep, segment, lines } = plan;
        this.#simd.addPatches(
          to + corner,
          rowStep,
          columnStep,
          lineStep,
          segment,
          lines,
          rows,
          columns,
          PATCHES,
          pitch,
        );
      }
      const length = 16 * vectors(inputGradient.columns);
      this.#simd.keepPositive(to, x + 4 * image * activation.stride, length);
    }
  }

  /** Implements {@linkcode ConvolutionKernels.weightGradient}. */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
    shape: ConvolutionShape,
  ): void {
    const plan = this.#planOf(shape);
    if (plan === null) {
      return this.#reference.weightGradient(input, outputGradient, weightGradient, biasGradient, shape);
    }
    const { terms, pitch, width, filters, isWhole, placePitch } = plan;
    const dy = this.#arena.address(outputGradient.data);
    const x = this.#arena.address(input.data), dw = this.#arena.address(weightGradient.data);
    const sums = this.#arena.address(biasGradient);
    weightGradient.data.fill(0);
    biasGradient.fill(0);
    for (let image = 0; image < input.rows; image++) {
      const from = x + 4 * image * input.stride;
      if (isWhole && this.#isSparse(from, plan)) {
        const slopes = dy + 4 * image * outputGradient.stride;
        this.#simd.columnSums(slopes, placePitch, plan.places.rows * plan.places.columns, sums, 16 * width);
        this.#scatter(SCATTER.weights, from, dw, 4 * weightGradient.stride, slopes, plan);
        continue;
      }
      for (const block of plan.blocks) {
        const { place, rows, columns } = block;
        this.#takePatches(from, block, plan);
        const at = image * outputGradient.stride + place * filters;
        const places = isWhole
          ? dy + 4 * at
          : this.#takePlaces(outputGradient.data, at, rows * columns, plan);
        this.#simd.columnSums(places, placePitch, rows * columns, sums, 16 * width);
        this.#products.columnsTimes(
          PATCHES,
          pitch,
          terms,
          rows * columns,
          places,
          placePitch,
          width,
          dw,
          4 * weightGradient.stride,
          true,
        );
      }
    }
  }

  /** Whether it is faster to take each value of an image to the places that see it than to look through all patches. */
  #isSparse(image: number, { width, imageLength, places, terms }: Plan): boolean {
    if (width > PANEL_VECTORS) return false;
    const count = this.#simd.nonzeros(image, 4 * imageLength);
    const seen = places.rows * places.columns * terms / imageLength;
    const scattered = count * (VALUE_COST + seen * (PLACE_COST + 3 * width));
    const density = count / imageLength;
    return scattered < places.rows * places.columns * terms * (TERM_COST + density * 2 * (1 + width));
  }

  /** Sums the products of an image's values with weights into places, or with places into weights. */
  #scatter(
    entry: number,
    image: number,
    weights: number,
    weightPitch: number,
    places: number,
    plan: Plan,
  ): void {
    const { shape, width, placePitch } = plan;
    this.#simd.scatter(
      entry + width - 1,
      image,
      shape.rows,
      shape.columns,
      4 * shape.channels,
      shape.kernel,
      shape.stride,
      weights,
      weightPitch,
      places,
      plan.places.rows,
      plan.places.columns,
      placePitch,
    );
  }

  /** Copies the patches of a block into the scratch memory. */
  #takePatches(image: number, { corner, rows, columns }: Block, plan: Plan): void {
    const { rowStep, columnStep, lineStep, segment, lines, pitch } = plan;
    this.#simd.patches(
      image + corner,
      rowStep,
      columnStep,
      lineStep,
      segment,
      lines,
      rows,
      columns,
      PATCHES,
      pitch,
    );
  }

  /** Copies places into the scratch memory, and returns their address. */
  #takePlaces(data: Float32Array, at: number, count: number, { filters, width }: Plan): number {
    const places = this.#places;
    for (let p = 0; p < count; p++) {
      for (let f = 0; f < filters; f++) places[4 * p * width + f] = data[at + p * filters + f]!;
      for (let f = filters; f < 4 * width; f++) places[4 * p * width + f] = 0;
    }
    return PLACES;
  }

  /** Copies places out of the scratch memory. */
  #leavePlaces(data: Float32Array, at: number, count: number, { filters, width }: Plan): void {
    const places = this.#places;
    for (let p = 0; p < count; p++) {
      for (let f = 0; f < filters; f++) data[at + p * filters + f] = places[4 * p * width + f]!;
    }
  }
}
