/**
 * Sine and cosine from one argument reduction, in plain arithmetic.
 *
 * An angle is written as kπ/64 + r with |r| ≤ π/128. The fast path adds a short polynomial in r to a table entry and
 * knows its result to 2⁻⁶⁰ relative; when all numbers within that error round to the same double, that double is
 * the answer (Ziv's rounding test). Otherwise, about once in 100 calls, everything is done again in double-doubles.
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

/** The largest angle taken, 2¹⁵: up to here k has 20 bits and k times each part of π/64 is exact. */
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

/** 2⁻⁶⁰: more than twice the relative error of the fast path, whose largest found against 220 bits is 2⁻⁶¹·⁶. */
const RELATIVE_ERROR = 1 / 1152921504606846976;

/** 2⁻¹⁰¹: the absolute error of the fast path's reduction. */
const ABSOLUTE_ERROR = 1 / 2535301200456458802993406410752;

/** sin(iπ/64) for i from 0 to 127, each as high, upper half of high, low. */
const TABLE: Float64Array = sineTable();

/** The remainder of the last reduction and what the fast path derives from it. */
const R: Float64Array = new Float64Array(6);
const HIGH = 0;
const LOW = 1;
const UPPER = 2;
const LOWER = 3;
const SINE_TAIL = 4;
const COSINE_TAIL = 5;

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
  R[LOWER] = high - upper;
  R[SINE_TAIL] = low +
    high * square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square * (1 / 362880))));
  R[COSINE_TAIL] = square * (-0.5 + square * (1 / 24 + square * (-1 / 720 + square * (1 / 40320)))) -
    high * low;
  return k & 127;
}

/**
 * sin(iπ/64 + r) = S + C·r + (S·(cos r − 1) + C·(sin r − r)) with S + C·r exact as two doubles; NaN when the rounding
 * is in doubt. The bracket is below 2⁻¹¹ and carries a handful of roundings of
 * 2⁻⁵³ relative; it weighs most, doubled, where k is 1 and r takes half of the table's entry away.
 */
function combine(index: number): number {
  const sineAt = 3 * index;
  const cosineAt = 3 * ((index + 32) & 127);
  const sine = TABLE[sineAt]!;
  const cosine = TABLE[cosineAt]!;
  const cosineUpper = TABLE[cosineAt + 1]!;
  const cosineLower = cosine - cosineUpper;
  const r = R[HIGH]!;
  const upper = R[UPPER]!;
  const lower = R[LOWER]!;

  const product = cosine * r;
  const productError = ((cosineUpper * upper - product) + cosineUpper * lower + cosineLower * upper) +
    cosineLower * lower;
  const sum = sine + product;
  const sumError = (sine - sum) + product;
  const rest = sumError +
    (productError +
      (TABLE[sineAt + 2]! + (TABLE[cosineAt + 2]! * r + (cosine * R[SINE_TAIL]! + sine * R[COSINE_TAIL]!))));

  const error = Math.abs(sum) * RELATIVE_ERROR + ABSOLUTE_ERROR;
  const below = sum + (rest - error);
  return below === sum + (rest + error) ? below : NaN;
}

/** The sine of an angle, shifted by a quarter turn for the cosine: `shift` is 0 or 32. */
function evaluate(angle: number, shift: number): number {
  const fast = combine((reduce(angle) + shift) & 127);
  return fast === fast ? fast : slow(angle, shift);
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

/** Writes the sine and the cosine of one angle into `out[0]` and `out[1]`; equal to calling both, one reduction less. */
export function sinCos(angle: number, out: Float64Array): void {
  const magnitude = Math.abs(angle);
  if (!(magnitude >= TINY && magnitude <= MAX_ANGLE)) {
    out[0] = sine(angle);
    out[1] = cosine(angle);
    return;
  }
  const index = reduce(angle);
  const fastSine = combine(index);
  const fastCosine = combine((index + 32) & 127);
  out[0] = fastSine === fastSine ? fastSine : slow(angle, 0);
  out[1] = fastCosine === fastCosine ? fastCosine : slow(angle, 32);
}

/** NaN for what has no sine, an error for what is too large to be an angle. */
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
  return [TABLE[3 * index]!, TABLE[3 * index + 2]!];
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
  const table = new Float64Array(3 * 128);
  const put = (index: number, [high, low]: DoubleDouble) => {
    table.set([high, upperHalf(high), low], 3 * index);
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
