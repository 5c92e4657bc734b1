/**
 * The kernels of convolutions: patches of images, and the products of matrices on them.
 *
 * @module
 */

import { type Matrix, rowStride } from "../matrix.ts";
import type { Arena } from "./_arena.ts";
import { ReferenceConvolution } from "./_reference_convolution.ts";
import type { SimdExports } from "./_simd_module.ts";
import { type SimdProducts, vectors } from "./_simd_products.ts";
import { SCATTER } from "./_wasm_scatter.ts";
import { PANEL_VECTORS, PATCHES, PATCHES_LENGTH, PLACES, PLACES_LENGTH } from "./_wasm_scratch.ts";
import { type ConvolutionKernels, convolutionOutput, type ConvolutionShape } from "./convolution_kernels.ts";

/** About how many instructions a value of a sparse image takes, each place that sees it, and each element of a patch. */
const VALUE_COST = 30, PLACE_COST = 6, TERM_COST = 4;

/** A block of neighbouring places of an output, whose patches fit into the scratch memory. */
interface Block {
  /** The first place. */
  readonly place: number;
  /** Rows and columns of places; several rows are whole ones. */
  readonly rows: number;
  readonly columns: number;
  /** Bytes from the start of an image to the first element of the first patch. */
  readonly corner: number;
}

/** The sizes of a convolution in bytes, and its blocks. */
interface Plan {
  readonly blocks: readonly Block[];
  /** Elements of a patch, and bytes from one patch to the next. */
  readonly terms: number;
  readonly pitch: number;
  /** Bytes from the patch of one place to that of the next in its column, or its row. */
  readonly rowStep: number;
  readonly columnStep: number;
  /** Bytes from one row of an image to the next, and of a patch's part of it. */
  readonly lineStep: number;
  readonly segment: number;
  readonly lines: number;
  /** Vectors that hold the filters of a place. */
  readonly width: number;
  readonly filters: number;
  readonly shape: ConvolutionShape;
  /** Elements of an image. */
  readonly imageLength: number;
  /** Rows and columns of the output. */
  readonly places: { readonly rows: number; readonly columns: number };
  /** Whether they fill the vectors; otherwise places go through the scratch memory. */
  readonly isWhole: boolean;
  /** Bytes from one place to the next. */
  readonly placePitch: number;
}

/** {@linkcode ConvolutionKernels} in WebAssembly SIMD. */
export class SimdConvolution implements ConvolutionKernels {
  readonly #arena: Arena;
  readonly #simd: SimdExports;
  readonly #products: SimdProducts;
  readonly #places: Float32Array;
  readonly #reference = new ReferenceConvolution();
  /** Plans made so far; undefined for convolutions with patches too large for the scratch memory. */
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

/** Divides the output into blocks; null if not even one patch fits into the scratch memory. */
function planOf(shape: ConvolutionShape): Plan | null {
  const { columns, channels, filters, kernel, stride } = shape;
  const output = convolutionOutput(shape);
  const terms = kernel * kernel * channels;
  const pitch = rowStride(terms + 4);
  const width = vectors(filters), isWhole = filters % 4 === 0;
  const most = Math.min(
    Math.floor(PATCHES_LENGTH / pitch),
    isWhole ? Infinity : Math.floor(PLACES_LENGTH / (4 * width)),
  );
  if (most === 0) return null;
  const blocks: Block[] = [];
  const wide = Math.min(output.columns, most), high = Math.max(1, Math.floor(most / output.columns));
  for (let row = 0; row < output.rows; row += high) {
    for (let column = 0; column < output.columns; column += wide) {
      blocks.push({
        place: row * output.columns + column,
        rows: Math.min(high, output.rows - row),
        columns: Math.min(wide, output.columns - column),
        corner: 4 * (row * columns + column) * stride * channels,
      });
    }
  }
  return {
    blocks,
    terms,
    pitch: 4 * pitch,
    rowStep: 4 * stride * columns * channels,
    columnStep: 4 * stride * channels,
    lineStep: 4 * columns * channels,
    segment: 4 * kernel * channels,
    lines: kernel,
    width,
    filters,
    shape,
    imageLength: shape.rows * columns * channels,
    places: output,
    isWhole,
    placePitch: 16 * width,
  };
}
