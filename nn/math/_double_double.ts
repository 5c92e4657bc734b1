/**
 * Arithmetic on unevaluated sums of two doubles, about 104 bits: the slow, sure path of {@linkcode sin} and
 * {@linkcode cos}. (T. J. Dekker, "A floating-point technique for extending the available precision", 1971.)
 *
 * @module
 */

/** A number as `high + low`, where `high` is the double nearest to the sum. */
export type DoubleDouble = readonly [high: number, low: number];

/** 2²⁷ + 1: times a double, it separates the upper 26 bits from the lower. */
const SPLITTER = 134217729;

/** The upper 26 bits of a double, so that products of such parts are exact. */
export function upperHalf(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}

/** The exact sum of two doubles. */
export function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const part = sum - a;
  return [sum, (a - (sum - part)) + (b - part)];
}

/** The exact sum of two doubles, the first of which has the larger magnitude or is zero. */
export function quickTwoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/** The exact product of two doubles. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b;
  const aUpper = upperHalf(a);
  const bUpper = upperHalf(b);
  const aLower = a - aUpper;
  const bLower = b - bUpper;
  return [product, ((aUpper * bUpper - product) + aUpper * bLower + aLower * bUpper) + aLower * bLower];
}

/** The sum of two double-doubles. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, highError] = twoSum(a[0], b[0]);
  const [low, lowError] = twoSum(a[1], b[1]);
  const [sum, rest] = quickTwoSum(high, highError + low);
  return quickTwoSum(sum, rest + lowError);
}

/** The product of two double-doubles. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoProduct(a[0], b[0]);
  return quickTwoSum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

/** The quotient of two double-doubles. */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a[0] / b[0];
  const rest = add(a, negate(multiply(b, [first, 0])));
  const second = rest[0] / b[0];
  const last = add(rest, negate(multiply(b, [second, 0])));
  return add(quickTwoSum(first, second), [last[0] / b[0], 0]);
}

/** The negative of a double-double. */
export function negate(a: DoubleDouble): DoubleDouble {
  return [-a[0], -a[1]];
}
