/**
 * Powers, the same in every engine.
 *
 * @module
 */

import { binaryExponent, NORMALIZER, NORMALIZER_EXPONENT, SMALLEST_NORMAL } from "./_binary_exponent.ts";
import { expOfSum } from "./_exp_of_sum.ts";
import { powerOfTwo } from "./_power_of_two.ts";

/** ln 2 as a sum: 42 bits, so that its multiples up to 2¹¹ are exact, and the double nearest to the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

/** 2/3 as a sum of two doubles. */
const TWO_THIRDS = 0.6666666666666666;
const TWO_THIRDS_LOW = 3.700743415417188e-17;

/** Beyond these a power overflows, or rounds to zero. */
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019412;

/** 2²⁷ + 1: times a double, it separates the upper 26 bits from the lower. */
const SPLITTER = 134217729;

/**
 * x to the power y in plain arithmetic, within one unit in the last place, the same in every engine. Engines
 * differ in `Math.pow`.
 *
 * e to the power y ln x, the logarithm and the product as sums of two doubles (T. J. Dekker, "A floating-point technique for
 * extending the available precision", 1971): x = 2ᵏ m with m from √½ to √2, and ln m = 2 artanh((m − 1) / (m + 1)).
 *
 * @param x Any number from 0.
 * @param y Any number.
 * @returns The power; 1 if y is 0; NaN for negative x, and if x or y is NaN.
 *
 * @example Usage
 * ```ts
 * import { pow } from "./pow.ts";
 *
 * pow(2, 0.5); // 1.4142135623730951
 * pow(0, 0.6); // 0
 * ```
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (!(x >= 0) || y !== y) return NaN;
  if (x === 0 || x === Infinity) return (x === 0) === (y > 0) ? 0 : Infinity;
  if (y === Infinity || y === -Infinity) return (x > 1) === (y > 0) ? Infinity : 0;

  const isSmall = x < SMALLEST_NORMAL;
  const normal = isSmall ? x * NORMALIZER : x;
  const power = binaryExponent(normal);
  const k = isSmall ? power - NORMALIZER_EXPONENT : power;
  const f = normal * powerOfTwo(-power) - 1;

  // s = f / (2 + f), z = s², both as high + low
  const divisor = 2 + f;
  const s = f / divisor;
  const sLow = (f - s * divisor - productError(s, divisor) - s * (f - (divisor - 2))) / divisor;
  const z = s * s;
  const zLow = productError(s, s) + 2 * s * sLow;

  // ln m = 2s + s · (2/3) z + s z² · series; the first two terms as high + low
  const third = TWO_THIRDS * z;
  const thirdLow = productError(TWO_THIRDS, z) + TWO_THIRDS * zLow + TWO_THIRDS_LOW * z;
  const cubic = s * third;
  const cubicLow = productError(s, third) + s * thirdLow + sLow * third;
  const series = 2 / 5 + z * (2 / 7 + z * (2 / 9 + z * (2 / 11 + z * (2 / 13 + z * (2 / 15 + z *
                          (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25))))))))));
  const small = s * (z * z * series);

  const first = 2 * s + cubic;
  let low = cubic - (first - 2 * s) + (2 * sLow + cubicLow + small);
  const shift = k * LN2_HIGH;
  const sum = shift + first;
  const part = sum - shift;
  low += (shift - (sum - part)) + (first - part) + k * LN2_LOW;
  const logarithm = sum + low;
  const logarithmLow = low - (logarithm - sum);

  const exponent = y * logarithm;
  if (exponent > OVERFLOW + 1) return Infinity;
  if (exponent < UNDERFLOW - 1) return 0;
  const extra = productError(y, logarithm) + y * logarithmLow;
  const high = exponent + extra;
  if (high > OVERFLOW) return Infinity;
  if (high < UNDERFLOW) return 0;
  return expOfSum(high, extra - (high - exponent));
}

/** The rounding error of a product. */
function productError(a: number, b: number): number {
  const aScaled = SPLITTER * a;
  const aUpper = aScaled - (aScaled - a);
  const aLower = a - aUpper;
  const bScaled = SPLITTER * b;
  const bUpper = bScaled - (bScaled - b);
  const bLower = b - bUpper;
  return ((aUpper * bUpper - a * b) + aUpper * bLower + aLower * bUpper) + aLower * bLower;
}
