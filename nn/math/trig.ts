/**
 * Sine and cosine from one argument reduction, in plain arithmetic.
 *
 * An angle is written as kπ/64 + r with |r| ≤ π/128. The fast path adds a short polynomial in r to a table entry, with
 * a relative error below 2⁻⁶⁰; if all numbers within that error round to the same double, that double is
 * the answer (Ziv's rounding test). Otherwise, about once in 70 calls, a second path reduces the error to 2⁻⁷⁰; if even that
 * is not enough, everything is computed again in double-doubles.
 *
 * @module
 */

import {
  add,
  divide,
  type DoubleDouble,
  multiply,
  negate,
  quickTwoSum,
  twoSum,
  upperHalf,
} from "./_double_double.ts";

/** The largest accepted angle, 2¹⁵: up to here k has 20 bits, and k times each part of π/64 is exact. */
export const MAX_ANGLE = 32768;

/** Below 2⁻²⁷ the sine rounds to the angle and the cosine to 1. */
const TINY = 1 / 134217728;

/** 64/π. */
const STEPS_PER_RADIAN = 20.371832715762604;

/** π/64 as a sum: three parts of 33 bits and the double nearest to the rest. */
const STEP_1 = 0.049087385210441425;
const STEP_2 = 1.8990939082199894e-12;
const STEP_3 = 6.319582027222395e-23;
const STEP_4 = 2.649508643865281e-33;

/** 2⁻⁶⁰: more than three times the relative error of the fast path, whose largest observed value, against 260 bits, is 2⁻⁶¹·⁸. */
const RELATIVE_ERROR = 1 / 1152921504606846976;

/** 2⁻⁷⁰: more than forty times the relative error of the second path, whose largest observed value is 2⁻⁷⁵·⁴. */
const REFINED_ERROR = 1 / 1180591620717411303424;

/** 2⁻¹⁰¹: the absolute error of the fast path's reduction. */
const ABSOLUTE_ERROR = 1 / 2535301200456458802993406410752;

/** sin(iπ/64) for i from 0 to 127, each as high + low, and as the upper half of high and the rest. */
const TABLE: Float64Array = sineTable();

/** The remainder r of the last reduction, high + low; the upper half u of high; sin r − u and cos r − 1. */
const R: Float64Array = new Float64Array(5);
const HIGH = 0;
const LOW = 1;
const UPPER = 2;
const SINE_TAIL = 3;
const COSINE_TAIL = 4;

/** 1/6 rounded, its halves, and its rounding error. */
const SIXTH = 1 / 6;
const SIXTH_UPPER: number = upperHalf(SIXTH);
const SIXTH_LOWER: number = SIXTH - SIXTH_UPPER;
const SIXTH_LOW = 9.25185853854297e-18;

/** Reduces an angle into {@linkcode R} and returns k modulo 128. */
function reduce(angle: number): number {
  const k = Math.floor(angle * STEPS_PER_RADIAN + 0.5);
  // Exact: k·STEP_1 is close to the angle, and both are multiples of 2⁻⁵⁸ or coarser.
  const first = angle - k * STEP_1;
  const second = k * STEP_2;
  const sum = first - second;
  const part = sum - first;
  const error = (first - (sum - part)) - (second + part);
  const rest = error - k * STEP_3 - k * STEP_4;
  const high = sum + rest;
  const back = high - sum;
  const low = (sum - (high - back)) + (rest - back);

  const square = high * high;
  const upper = upperHalf(high);
  R[HIGH] = high;
  R[LOW] = low;
  R[UPPER] = upper;
  R[SINE_TAIL] = (high - upper) + (low +
    high * square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square * (1 / 362880)))));
  R[COSINE_TAIL] = square * (-0.5 + square * (1 / 24 + square * (-1 / 720 + square * (1 / 40320)))) -
    high * low;
  return k & 127;
}

/**
 * sin(iπ/64 + r) = S + U·u + (C·(sin r − u) + (C − U)·u + S·(cos r − 1)), where u and U are the upper halves of r and of
 * C, so that S + U·u is exact as two doubles; NaN when the rounding is in doubt. The bracket is below 2⁻¹¹ and carries
 * a handful of roundings of 2⁻⁵³ relative; their weight is largest, doubled, if k is 1 and r cancels half of the table's
 * entry.
 */
function combine(index: number): number {
  const sineAt = 4 * index;
  const cosineAt = 4 * ((index + 32) & 127);
  const sine = TABLE[sineAt]!;
  const upper = R[UPPER]!;
  const product = TABLE[cosineAt + 2]! * upper;
  const sum = sine + product;
  const rest = ((sine - sum) + product) +
    (TABLE[sineAt + 1]! + (TABLE[cosineAt + 3]! * upper +
      (TABLE[cosineAt]! * R[SINE_TAIL]! + sine * R[COSINE_TAIL]!)));

  const error = Math.abs(sum) * RELATIVE_ERROR + ABSOLUTE_ERROR;
  const below = sum + (rest - error);
  return below === sum + (rest + error) ? below : NaN;
}

/**
 * The same with r² and r³ as two doubles each, and every important product and sum exact: only terms
 * below 2⁻²⁶ of the result are rounded. NaN when the rounding is still in doubt, about once in 30,000 calls.
 */
function refine(index: number): number {
  const sineAt = 4 * index;
  const cosineAt = 4 * ((index + 32) & 127);
  const s = TABLE[sineAt]!;
  const sLow = TABLE[sineAt + 1]!;
  const sUpper = TABLE[sineAt + 2]!;
  const sLower = s - sUpper;
  const c = TABLE[cosineAt]!;
  const cLow = TABLE[cosineAt + 1]!;
  const cUpper = TABLE[cosineAt + 2]!;
  const cLower = c - cUpper;
  const high = R[HIGH]!;
  const low = R[LOW]!;
  const upper = R[UPPER]!;
  const lower = high - upper;

  // r² = square + squareLow and r³/6 = sixth + sixthLow.
  const square = high * high;
  const squareLow = ((upper * upper - square) + 2 * upper * lower) + lower * lower + 2 * high * low;
  const squareUpper = upperHalf(square);
  const squareLower = square - squareUpper;
  const cube = high * square;
  const cubeLow = ((upper * squareUpper - cube) + upper * squareLower + lower * squareUpper) +
    lower * squareLower + high * squareLow + low * square;
  const cubeUpper = upperHalf(cube);
  const cubeLower = cube - cubeUpper;
  const sixth = cube * SIXTH;
  const sixthLow = ((cubeUpper * SIXTH_UPPER - sixth) + cubeUpper * SIXTH_LOWER + cubeLower * SIXTH_UPPER) +
    cubeLower * SIXTH_LOWER + cubeLow * SIXTH + cube * SIXTH_LOW;
  const sineTail = low - sixthLow +
    cube * square * (1 / 120 + square * (-1 / 5040 + square * (1 / 362880 + square * (-1 / 39916800))));
  const cosineTail = square * square *
      (1 / 24 + square * (-1 / 720 + square * (1 / 40320 + square * (-1 / 3628800)))) - squareLow / 2;

  // C·high − C·sixth − S·square/2, each product as two doubles.
  const linear = c * high;
  const linearLow = ((cUpper * upper - linear) + cUpper * lower + cLower * upper) + cLower * lower;
  const sixthUpper = upperHalf(sixth);
  const sixthLower = sixth - sixthUpper;
  const cubic = c * sixth;
  const cubicLow = ((cUpper * sixthUpper - cubic) + cUpper * sixthLower + cLower * sixthUpper) +
    cLower * sixthLower;
  const quadratic = s * square;
  const quadraticLow = ((sUpper * squareUpper - quadratic) + sUpper * squareLower + sLower * squareUpper) +
    sLower * squareLower;

  const first = s + linear;
  const second = first - cubic;
  const sum = second - quadratic / 2;
  const lost = ((s - first) + linear) + ((first - second) - cubic) + ((second - sum) - quadratic / 2);
  const rest = lost + (linearLow - cubicLow - quadraticLow / 2) +
    (sLow - sLow * square / 2 + cLow * (high - sixth) + c * sineTail + s * cosineTail);

  const error = Math.abs(sum) * REFINED_ERROR + ABSOLUTE_ERROR;
  const below = sum + (rest - error);
  return below === sum + (rest + error) ? below : NaN;
}

/** The slow paths after {@linkcode reduce}: the sine of an angle, shifted by 0 or 32. */
function settle(angle: number, shift: number, index: number): number {
  const refined = refine(index);
  return refined === refined ? refined : slow(angle, shift);
}

/** The sine of an angle, shifted by a quarter turn for the cosine: `shift` is 0 or 32. */
function evaluate(angle: number, shift: number): number {
  const index = (reduce(angle) + shift) & 127;
  const fast = combine(index);
  return fast === fast ? fast : settle(angle, shift, index);
}

/** The sine of an angle with |angle| ≤ 2¹⁵; NaN for NaN and infinities, RangeError beyond. */
export function sine(angle: number): number {
  const magnitude = Math.abs(angle);
  if (!(magnitude >= TINY && magnitude <= MAX_ANGLE)) {
    return magnitude < TINY ? angle : outside("sine", angle);
  }
  return evaluate(angle, 0);
}

/** The cosine of an angle with |angle| ≤ 2¹⁵; NaN for NaN and infinities, RangeError beyond. */
export function cosine(angle: number): number {
  const magnitude = Math.abs(angle);
  if (!(magnitude >= TINY && magnitude <= MAX_ANGLE)) {
    return magnitude < TINY ? 1 : outside("cosine", angle);
  }
  return evaluate(angle, 32);
}

/** Writes the sine and the cosine of one angle into `out[0]` and `out[1]`; equal to calling both, with one reduction fewer. */
export function sinCos(angle: number, out: Float64Array): void {
  const magnitude = Math.abs(angle);
  if (!(magnitude >= TINY && magnitude <= MAX_ANGLE)) {
    out[0] = sine(angle);
    out[1] = cosine(angle);
    return;
  }
  const index = reduce(angle);
  const quarter = (index + 32) & 127;
  const fastSine = combine(index);
  const fastCosine = combine(quarter);
  out[0] = fastSine === fastSine ? fastSine : settle(angle, 0, index);
  out[1] = fastCosine === fastCosine ? fastCosine : settle(angle, 32, quarter);
}

/** NaN for NaN and infinities; throws a RangeError for an angle out of range. */
function outside(name: string, angle: number): number {
  if (angle - angle === 0) {
    throw new RangeError(
      `Cannot compute ${name}: angle must be from -${MAX_ANGLE} to ${MAX_ANGLE}, got ${angle}`,
    );
  }
  return NaN;
}

/** The sine in double-doubles, rounded once. */
function slow(angle: number, shift: number): number {
  const k = Math.floor(angle * STEPS_PER_RADIAN + 0.5);
  let r = twoSum(angle - k * STEP_1, -k * STEP_2);
  r = add(r, [-k * STEP_3, 0]);
  r = add(r, [-k * STEP_4, 0]);
  const s = entry((k + shift) & 127);
  const c = entry((k + shift + 32) & 127);
  return add(multiply(s, series(r, 0)), multiply(c, series(r, 1)))[0];
}

/** An entry of the table as a double-double. */
function entry(index: number): DoubleDouble {
  return [TABLE[4 * index]!, TABLE[4 * index + 1]!];
}

/** Taylor's series of the cosine (`first` 0) or sine (`first` 1), for |x| < 1. */
function series(x: DoubleDouble, first: 0 | 1): DoubleDouble {
  const square = negate(multiply(x, x));
  let term: DoubleDouble = first === 0 ? [1, 0] : x;
  let sum: DoubleDouble = term;
  // 2⁻¹¹⁰ of the first term lies below the last bit of a double-double.
  const negligible = Math.abs(term[0]) / 1298074214633706907132624082305024;
  for (let n = first + 2; Math.abs(term[0]) > negligible; n += 2) {
    term = divide(multiply(term, square), [n * (n - 1), 0]);
    sum = add(sum, term);
  }
  return sum;
}

/** The table, from the series on the first eighth of a turn and the symmetries of the circle. */
function sineTable(): Float64Array {
  const table = new Float64Array(4 * 128);
  const put = (index: number, [high, low]: DoubleDouble) => {
    const upper = upperHalf(high);
    table.set([high, low, upper, (high - upper) + low], 4 * index);
  };
  for (let i = 0; i <= 16; i++) {
    const angle = add(quickTwoSum(i * STEP_1, i * STEP_2), [i * STEP_3, 0]);
    const s = series(angle, 1);
    const c = series(angle, 0);
    put(i, s);
    put(64 - i, s);
    put(32 - i, c);
    put(32 + i, c);
    if (i > 0) put(128 - i, negate(s));
    put(64 + i, negate(s));
    put(96 - i, negate(c));
    put(96 + i, negate(c));
  }
  return table;
}
