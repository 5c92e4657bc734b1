/**
 * How a convolution is divided into blocks of patches that fit into the scratch memory.
 *
 * @module
 */

import { rowStride } from "../matrix.ts";
import { vectors } from "./_simd_products.ts";
import { PATCHES_LENGTH, PLACES_LENGTH } from "./_wasm_scratch.ts";
import { convolutionOutput, type ConvolutionShape } from "./convolution_kernels.ts";

/** A block of neighbouring places of an output, whose patches fit into the scratch memory. */
export interface Block {
  /** The first place. */
  readonly place: number;
  /** Rows and columns of places; several rows are whole ones. */
  readonly rows: number;
  readonly columns: number;
  /** Bytes from the start of an image to the first element of the first patch. */
  readonly corner: number;
}

/** The sizes of a convolution in bytes, and its blocks. */
export interface Plan {
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

/** Divides the output into blocks; null if not even one patch fits into the scratch memory. */
export function planOf(shape: ConvolutionShape): Plan | null {
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
