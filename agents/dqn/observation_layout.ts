/**
 * Observations as the input of a network.
 *
 * @module
 */

import { Box } from "../../envs/spaces/box.ts";
import type { BoxArray, BoxDtype } from "../../envs/spaces/box_dtype.ts";
import type { Space } from "../../envs/spaces/space.ts";
import { convolutionShapes, convolutionText, type ImageShape } from "../../nn/convolution_layers.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { ByteObservationsOptions } from "../replay/byte_observations.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";

/** The options that say how a network takes observations. */
export type ObservationOptions = Pick<ResolvedDqnOptions, "convolution" | "observationScale">;

/** The part of a network's architecture that follows from its observations. */
export type ObservationLayout = Pick<
  NetworkArchitecture,
  "observationLength" | "image" | "convolution" | "byteScale"
>;

/**
 * The input of a network for the observations of a space; throws a TypeError if the space is neither of vectors nor of images, a
 * RangeError if an option does not fit it. The message begins with "Cannot create `what`".
 */
export function observationLayout(
  space: Box<BoxDtype>,
  { convolution, observationScale }: ObservationOptions,
  what: string,
): ObservationLayout {
  const refuse = (rule: string): never => {
    throw new RangeError(`Cannot create ${what}: ${rule}`);
  };
  const isBytes = space.dtype === "uint8";
  if (observationScale !== undefined && !isBytes) {
    refuse(`observationScale must be absent for observations of float32, got ${observationScale}`);
  }
  const byteScale = isBytes ? { byteScale: observationScale ?? largestOf(space.high) } : {};
  const vector = { observationLength: space.low.length, ...byteScale };
  const image = imageShape(space);
  if (convolution === undefined) {
    if (image !== undefined) {
      refuse(
        `convolution must be given for images, such as "minatar", got none for ${space} (FlattenObservation makes them vectors)`,
      );
    }
    return vector;
  }
  const text = convolutionText(convolution);
  if (image === undefined) {
    return refuse(`convolution must be absent for observations that are no images, got ${text} for ${space}`);
  }
  try {
    convolutionShapes(image, convolution);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^[^:]*: /, "") : String(error);
    refuse(`convolution must fit into images of ${image.join(" × ")}, got ${text}: ${reason}`);
  }
  return { ...vector, image, convolution };
}

/** The shape of a space's elements, if they are images. */
function imageShape({ shape }: Box<BoxDtype>): ImageShape | undefined {
  const [rows, columns, channels] = shape;
  return shape.length === 3 && rows !== undefined && columns !== undefined && channels !== undefined
    ? [rows, columns, channels]
    : undefined;
}

/** The largest upper bound, by which bytes are divided so that they are at most 1; 1 if all are 0. */
function largestOf(high: BoxArray): number {
  let largest = 1;
  for (let i = 0; i < high.length; i++) largest = Math.max(largest, high[i]!);
  return largest;
}

/** How a replay buffer takes observations of bytes; undefined for observations of float32. */
export function bytesOf({ image, byteScale }: ObservationLayout): ByteObservationsOptions | undefined {
  return byteScale === undefined ? undefined : { channels: image?.[2] ?? 1, scale: Math.fround(byteScale) };
}

/**
 * A space as a Box of vectors or of images: one or three axes; throws a TypeError if it is another. The message begins with
 * "Cannot create `what`".
 */
export function requireObservations(space: Space<BoxArray>, what: string): Box<BoxDtype> {
  if (space instanceof Box && (space.shape.length === 1 || space.shape.length === 3)) return space;
  throw new TypeError(
    `Cannot create ${what}: the observation space must be a Box of vectors or of images (rows, columns, channels), got ${space}`,
  );
}
