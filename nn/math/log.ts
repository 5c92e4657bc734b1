/**
 * The natural logarithm, the same in every engine.
 *
 * @module
 */

import { binaryExponent, NORMALIZER, NORMALIZER_EXPONENT, SMALLEST_NORMAL } from "./_binary_exponent.ts";
import { powerOfTwo } from "./_power_of_two.ts";

/** ln 2 as a sum: 42 bits, so that its multiples up to 2¹¹ are exact, and the double nearest to the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

/**
 * The natural logarithm in plain arithmetic, within one unit in the last place, the same in every engine. Engines
 * differ in `Math.log`.
 *
 * x = 2ᵏ (1 + f) with 1 + f from √½ to √2; then k ln 2 + ln(1 + f), where ln(1 + f) = 2 artanh(f / (2 + f)).
 *
 * @param x Any number.
 * @returns The natural logarithm: -infinity for 0, NaN below 0 and for NaN, infinity for infinity.
 *
 * @example Usage
 * ```ts
 * import { log } from "./log.ts";
 *
 * log(10); // 2.302585092994046
 * log(0); // -Infinity
 * ```
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const isSmall = x < SMALLEST_NORMAL;
  const normal = isSmall ? x * NORMALIZER : x;
  const power = binaryExponent(normal);
  const k = isSmall ? power - NORMALIZER_EXPONENT : power;
  const f = normal * powerOfTwo(-power) - 1;

  const s = f / (2 + f);
  const z = s * s;
  const series = z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * (2 / 9 + z * (2 / 11 + z * (2 / 13 + z *
                          (2 / 15 +
                            z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25))))))))))));
  // 2s = f − s f and s f = f²/2 − s f²/2: the largest terms are left nearly exact (as in Sun's fdlibm).
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH + (f - (halfSquare - (s * (halfSquare + series) + k * LN2_LOW)));
}
