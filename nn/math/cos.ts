/**
 * The cosine, the same in every engine.
 *
 * @module
 */

import { cosine } from "./trig.ts";

/**
 * The cosine of an angle in plain arithmetic, correctly rounded: the double nearest to the true value, in every
 * engine. Engines differ in the last bit of `Math.cos`.
 *
 * @param angle The angle in radians, from -32768 to 32768 (2¹⁵, thousands of turns; beyond, the stored parts of π would
 * not suffice, and no environment should get there).
 * @returns The cosine, from -1 to 1; NaN for NaN and infinities.
 * @throws {RangeError} When a finite angle is out of range.
 *
 * @example Usage
 * ```ts
 * import { cos } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cos(0), 1);
 * assertEquals(cos(Math.PI / 2), 6.123233995736766e-17);
 * ```
 */
export function cos(angle: number): number {
  return cosine(angle);
}
