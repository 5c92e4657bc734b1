/**
 * The convolution layers of a network, as plain data.
 *
 * @module
 */

import { convolutionOutput, type ConvolutionShape } from "./kernels/convolution_kernels.ts";

/** One convolution layer without padding, followed by ReLU; whole numbers from 1. */
export interface ConvolutionLayer {
  /** Number of filters. */
  readonly filters: number;
  /** Rows and columns of the square that each filter sees at once. */
  readonly kernel: number;
  /** Rows, and columns, from one such square to the next. */
  readonly stride: number;
}

/** The shape of an image: rows, columns, channels. */
export type ImageShape = readonly [rows: number, columns: number, channels: number];

/** The name of convolution layers in {@linkcode CONVOLUTIONS}. */
export type ConvolutionName = "minatar" | "nature";

/**
 * Convolution layers from the literature. `minatar` is that of MinAtar's agents (Young & Tian 2019), followed by a hidden layer
 * of 128 units there; `nature` that of DQN on Atari 2600 (Mnih et al. 2015, methods), followed by one of 512.
 */
export const CONVOLUTIONS: Readonly<Record<ConvolutionName, readonly ConvolutionLayer[]>> = {
  minatar: [{ filters: 16, kernel: 3, stride: 1 }],
  nature: [
    { filters: 32, kernel: 8, stride: 4 },
    { filters: 64, kernel: 4, stride: 2 },
    { filters: 64, kernel: 3, stride: 1 },
  ],
};

/** The largest number in a text of {@linkcode parseConvolution} has six digits. */
const LAYER = /^([1-9]\d{0,5})x([1-9]\d{0,5})s([1-9]\d{0,5})$/;

/**
 * Reads convolution layers from a text.
 *
 * @param text A name of {@linkcode CONVOLUTIONS}, or `FILTERSxKERNELsSTRIDE` for each layer, separated by commas.
 * @returns The layers; undefined if the text is neither.
 *
 * @example Usage
 * ```ts
 * import { CONVOLUTIONS, parseConvolution } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseConvolution("32x8s4,64x4s2,64x3s1"), CONVOLUTIONS.nature);
 * assertEquals(parseConvolution("minatar"), CONVOLUTIONS.minatar);
 * assertEquals(parseConvolution("16x3"), undefined);
 * ```
 */
export function parseConvolution(text: string): readonly ConvolutionLayer[] | undefined {
  if (isConvolutionName(text)) return CONVOLUTIONS[text];
  const layers = text.split(",").flatMap((part): ConvolutionLayer[] => {
    const [, filters, kernel, stride] = LAYER.exec(part) ?? [];
    return stride === undefined
      ? []
      : [{ filters: Number(filters), kernel: Number(kernel), stride: Number(stride) }];
  });
  return layers.length === text.split(",").length ? layers : undefined;
}

function isConvolutionName(text: string): text is ConvolutionName {
  return Object.hasOwn(CONVOLUTIONS, text);
}

/**
 * Convolution layers as the text that {@linkcode parseConvolution} reads.
 *
 * @param layers The layers.
 * @returns A text such as `32x8s4,64x4s2,64x3s1`.
 *
 * @example Usage
 * ```ts
 * import { CONVOLUTIONS, convolutionText } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(convolutionText(CONVOLUTIONS.minatar), "16x3s1");
 * ```
 */
export function convolutionText(layers: readonly ConvolutionLayer[]): string {
  return layers.map(({ filters, kernel, stride }) => `${filters}x${kernel}s${stride}`).join(",");
}

/**
 * The sizes of each of some convolutions, one after the other.
 *
 * @param image The shape of the first one's input.
 * @param layers The layers.
 * @returns One shape for each layer.
 * @throws {RangeError} If a number is not whole and from 1, or a layer's input is smaller than its kernel.
 *
 * @example Usage
 * ```ts
 * import { CONVOLUTIONS, convolutionShapes } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const shapes = convolutionShapes([84, 84, 4], CONVOLUTIONS.nature);
 * assertEquals(shapes.map(({ rows, columns, channels }) => [rows, columns, channels]), [
 *   [84, 84, 4],
 *   [20, 20, 32],
 *   [9, 9, 64],
 * ]);
 * ```
 */
export function convolutionShapes(
  image: ImageShape,
  layers: readonly ConvolutionLayer[],
): ConvolutionShape[] {
  const shapes: ConvolutionShape[] = [];
  let [rows, columns, channels] = image;
  for (const { filters, kernel, stride } of layers) {
    const shape = { rows, columns, channels, filters, kernel, stride };
    for (const [name, value] of Object.entries(shape)) {
      if (Number.isSafeInteger(value) && value >= 1) continue;
      throw new RangeError(
        `Cannot make convolutions: ${name} must be a whole number from 1, got ${value}`,
      );
    }
    if (kernel > rows || kernel > columns) {
      throw new RangeError(
        `Cannot make convolutions: the kernel of layer ${shapes.length} must fit into its input of ${rows} × ${columns}, got ${kernel}`,
      );
    }
    shapes.push(shape);
    ({ rows, columns } = convolutionOutput(shape));
    channels = filters;
  }
  return shapes;
}
