/**
 * The natural logarithm, the same in every engine.
 *
 * @module
 */

import { powerOfTwo } from "./_power_of_two.ts";

/** ln 2 as a sum: 42 bits, so that its multiples up to 2¹¹ are exact, and the double nearest to the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

/** The smallest normal double, 2⁻¹⁰²², and 2⁵⁴, which makes every smaller one normal. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const NORMALIZER = 18014398509481984;

/** Where the bits of a double are read; words in the machine's order. */
const DOUBLE: Float64Array = new Float64Array([1]);
const WORDS: Uint32Array = new Uint32Array(DOUBLE.buffer);
const HIGH_WORD = WORDS[1] === 0x3ff00000 ? 1 : 0;

/** The upper bits of the mantissa of √2, rounded up: numbers with more belong to the next power of two. */
const SQRT2_MANTISSA = 0x6a09f;

/**
 * The natural logarithm in plain arithmetic, within one unit in the last place, whatever the engine. `Math.log` is
 * left to each engine and differs between them.
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
  let k = 0;
  DOUBLE[0] = x;
  if (x < SMALLEST_NORMAL) {
    DOUBLE[0] = x * NORMALIZER;
    k -= 54;
  }
  const word = WORDS[HIGH_WORD]!;
  let power = (word >>> 20) - 1023;
  if ((word & 0xfffff) >= SQRT2_MANTISSA) power++;
  k += power;
  const f = DOUBLE[0]! * powerOfTwo(-power) - 1;

  const s = f / (2 + f);
  const z = s * s;
  const series = z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * (2 / 9 + z * (2 / 11 + z * (2 / 13 + z *
                          (2 / 15 +
                            z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25))))))))))));
  // 2s = f − s f and s f = f²/2 − s f²/2: the largest terms are left nearly exact (as in Sun's fdlibm).
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH + (f - (halfSquare - (s * (halfSquare + series) + k * LN2_LOW)));
}
