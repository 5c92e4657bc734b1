/**
 * The exponential function, the same in every engine.
 *
 * @module
 */

import { expOfSum } from "./_exp_of_sum.ts";

/** Beyond these the result overflows, or rounds to zero. */
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019412;

/**
 * e to the power x in plain arithmetic, within one unit in the last place, the same in every engine. Engines
 * differ in `Math.exp`.
 *
 * @param x Any number.
 * @returns e to the power x: 0 below -745.13, infinity above 709.78, NaN for NaN.
 *
 * @example Usage
 * ```ts
 * import { exp } from "./exp.ts";
 *
 * exp(1); // 2.718281828459045
 * exp(-Infinity); // 0
 * ```
 */
export function exp(x: number): number {
  if (!(x >= UNDERFLOW)) return x < UNDERFLOW ? 0 : NaN;
  if (x > OVERFLOW) return Infinity;
  return expOfSum(x, 0);
}
