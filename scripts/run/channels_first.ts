import { Box, type BoxArray, type Env, TimeLimit, Wrapper } from "../../envs/mod.ts";
import { newBoxArray } from "../../envs/spaces/box_dtype.ts";

/** Rows, columns and channels of the image that an environment's observations are, or that was flattened into them; else undefined. */
export function imageOf(env: Env): readonly number[] | undefined {
  const { observationSpace } = env;
  if (!(observationSpace instanceof Box)) return undefined;
  for (let inner = env;;) {
    const { observationSpace: space } = inner;
    if (space instanceof Box && space.shape.length === 3) {
      return space.low.length === observationSpace.low.length ? space.shape : undefined;
    }
    if (!(inner instanceof Wrapper || inner instanceof TimeLimit)) return undefined;
    inner = inner.env;
  }
}

/**
 * An image with its channels first, as models of PyTorch take it.
 *
 * @param image By rows, columns and channels.
 * @param shape Its dimensions, in this order.
 * @returns A copy.
 */
export function channelsFirst(image: BoxArray, shape: readonly number[]): BoxArray {
  const [rows = 0, columns = 0, channels = 0] = shape;
  const turned = newBoxArray(image instanceof Uint8Array ? "uint8" : "float32", image.length);
  for (let place = 0; place < rows * columns; place++) {
    for (let channel = 0; channel < channels; channel++) {
      turned[channel * rows * columns + place] = image[place * channels + channel]!;
    }
  }
  return turned;
}
