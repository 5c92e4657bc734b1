/**
 * Convolutions in ONNX files: the rules for the architecture's fields, and the order of a weight's axes.
 *
 * @module
 */

import { type ConvolutionLayer, convolutionShapes, type ImageShape } from "../convolution_layers.ts";
import type { NetworkArchitecture } from "../network_architecture.ts";
import { MAX_NODES } from "./_read_model.ts";

/** A rule for a value: whether it holds, and its text, to follow "must be". */
type Rule = readonly [holds: (value: unknown) => boolean, rule: string];

const MAX_LAYERS = MAX_NODES / 16;

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;

function isLayer(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 3) return false;
  return ["filters", "kernel", "stride"].every((name) => isWhole(Reflect.get(value, name)));
}

/** The rules for the fields of images. */
export const IMAGE_RULES: Readonly<Record<"image" | "convolution" | "byteScale", Rule>> = {
  image: [
    (value) => value === undefined || (Array.isArray(value) && value.length === 3 && value.every(isWhole)),
    "absent or rows, columns and channels, whole numbers from 1",
  ],
  convolution: [
    (value) =>
      value === undefined ||
      (Array.isArray(value) && value.length >= 1 && value.length <= MAX_LAYERS && value.every(isLayer)),
    `absent or from 1 to ${MAX_LAYERS} layers of filters, kernel and stride, whole numbers from 1`,
  ],
  byteScale: [
    (value) =>
      value === undefined ||
      (typeof value === "number" && Math.fround(value) > 0 && Number.isFinite(Math.fround(value))),
    "absent or a finite number above 0",
  ],
};

/** Calls `fail`, which must throw, unless image, convolutions and the length of an observation fit together. */
export function requireImage(
  architecture: {
    readonly observationLength: number;
    readonly image?: ImageShape;
    readonly convolution?: readonly ConvolutionLayer[];
  },
  fail: (rule: string) => never,
): void {
  const { observationLength, image, convolution } = architecture;
  if (image === undefined && convolution === undefined) return;
  if (image === undefined) return fail("architecture.image must be there with convolution, got none");
  if (convolution === undefined) return fail("architecture.convolution must be there with image, got none");
  const [rows, columns, channels] = image;
  if (rows * columns * channels !== observationLength) {
    fail(
      `architecture.observationLength must be that of the image, ${
        image.join(" × ")
      }, got ${observationLength}`,
    );
  }
  try {
    convolutionShapes(image, convolution);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^[^:]*: /, "") : String(error);
    fail(`architecture.convolution must fit into the image: ${reason}`);
  }
}

/** The fields of images in their fixed order; files without them keep their bytes. */
export function plainImage(
  { image, convolution, byteScale }: NetworkArchitecture,
): Pick<NetworkArchitecture, "image" | "convolution" | "byteScale"> {
  const layers = convolution?.map(({ filters, kernel, stride }) => ({ filters, kernel, stride })) ?? [];
  return {
    ...(image === undefined ? {} : { image: [image[0], image[1], image[2]] }),
    ...(layers.length === 0 ? {} : { convolution: layers }),
    ...(byteScale === undefined ? {} : { byteScale }),
  };
}

/** ONNX's shape of a tensor: (filters, channels, kernel rows, kernel columns) for the weight of a convolution. */
export function onnxShape(shape: readonly number[]): number[] {
  const [row, column, channel, filter] = shape;
  return filter === undefined ? [...shape] : [filter, channel!, row!, column!];
}
