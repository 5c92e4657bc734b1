/**
 * Which kind of Box a space is.
 *
 * @module
 */

import { Box } from "./box.ts";
import type { BoxDtype } from "./box_dtype.ts";
import type { Space } from "./space.ts";

/**
 * Whether a space is a Box with numbers of one type.
 *
 * @typeParam D The type of the numbers.
 * @param dtype The type of the numbers: `"float32"` or `"uint8"`.
 * @param space Any space.
 * @returns True for a Box of that dtype, of any shape.
 *
 * @example Usage
 * ```ts
 * import { Box, isBoxOf } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const images = new Box(0, 255, { shape: [8, 8, 1], dtype: "uint8" });
 * assertEquals([isBoxOf("uint8", images), isBoxOf("float32", images)], [true, false]);
 * ```
 */
export function isBoxOf<D extends BoxDtype>(dtype: D, space: Space<unknown>): space is Box<D> {
  return space instanceof Box && space.dtype === dtype;
}
