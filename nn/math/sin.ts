/**
 * The sine, the same in every engine.
 *
 * @module
 */

import { sine } from "./trig.ts";

/**
 * The sine of an angle in plain arithmetic, correctly rounded: the double nearest to the true value, in every
 * engine. Engines differ in the last bit of `Math.sin`.
 *
 * @param angle The angle in radians, from -32768 to 32768 (2¹⁵, thousands of turns; beyond, the stored parts of π would
 * not suffice, and no environment should get there).
 * @returns The sine, from -1 to 1; `-0` for `-0`; NaN for NaN and infinities.
 * @throws {RangeError} When a finite angle is out of range.
 *
 * @example Usage
 * ```ts
 * import { sin } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sin(0.05), 0.04997916927067833);
 * assertEquals(sin(Math.PI), 1.2246467991473532e-16);
 * ```
 */
export function sin(angle: number): number {
  return sine(angle);
}
