/**
 * Squares with the bits of C's `pow(x, 2)`, which NumPy uses for `**` of a float64 scalar; the result is sometimes
 * not the double nearest to x². The reference is glibc from 2.28 on, on a processor with fused multiply-add: a
 * logarithm and an exponential whose joint error stays below 0.52 units in the last place (`sysdeps/ieee754/dbl-64/e_pow.c`;
 * its tables are computed here from their definition).
 *
 * @module
 */

import { add, multiply, negate, twoProduct, twoSum } from "./_double_double.ts";
import { exponential, LN2, logarithm } from "./_double_double_functions.ts";

/** The number of entries in both tables. */
const ENTRIES = 128;

/** The logarithm's argument is scaled into [0.7057…, 1.4115…); the interval starts at these upper bits. */
const FIRST_HIGH_WORD = 0x3fe69555;

/** ln 2 in two parts: 42 bits, and the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

/** The logarithm of 1 + r beyond r − r²/2, by powers of r, scaled by powers of −2. */
const LOG_2 = -0.6666666666666679;
const LOG_3 = 0.5000000000000007;
const LOG_4 = 0.7999999995323976;
const LOG_5 = -0.6666666663487739;
const LOG_6 = -1.142909628459501;
const LOG_7 = 1.0000415263675542;

/** 128 / ln 2, and −ln 2 / 128 in two parts. */
const PER_STEP = 184.6649652337873;
const STEP_HIGH = -0.005415212348111709;
const STEP_LOW = -1.2864023111638346e-14;

/** The exponential of r beyond 1 + r, by powers of r. */
const EXP_2 = 0.49999999999996786;
const EXP_3 = 0.16666666666665886;
const EXP_4 = 0.0416666808410674;
const EXP_5 = 0.008333335853059549;

/** 2⁻⁵⁷, more than twice the relative error of glibc before its last rounding (0.02 units in the last place). */
const RELATIVE_ERROR = 1 / 144115188075855872;

/** For each interval: 1/c, ln c to 43 binary places, and its rest. For each i: 2^(i/128) and its relative rest. */
let logTable: Float64Array | undefined;
let expTable: Float64Array | undefined;

const double: Float64Array = new Float64Array(1);
const words: Uint32Array = new Uint32Array(double.buffer);
/** The index of the word with sign and exponent, which depends on the machine's byte order. */
const HIGH_WORD = (double[0] = 1, words[1] === 0 ? 0 : 1);

/**
 * The square of a number as `pow(x, 2)`.
 *
 * @param x A number with 2⁻⁵⁰⁰ ≤ |x| ≤ 2⁵⁰⁰, or 0; others give x · x.
 */
export function libmSquare(x: number): number {
  const [square, error] = twoProduct(x, x);
  const doubt = square * RELATIVE_ERROR;
  // Everything that close to x² rounds to the same double, or x is out of range.
  if (square + (error - doubt) === square && square + (error + doubt) === square) return square;
  return square > 1e-300 && square < 1e300 ? powerOfTwo(Math.abs(x)) : square;
}

/** The algorithm itself. */
function powerOfTwo(x: number): number {
  const logs = logTable ??= makeLogTable();
  const powers = expTable ??= makeExpTable();

  // x = 2^k z, with z in the i-th interval, near c.
  double[0] = x;
  const offset = (words[HIGH_WORD]! - FIRST_HIGH_WORD) | 0;
  const at = 3 * ((offset >>> 13) & 127);
  const k = offset >> 20;
  words[HIGH_WORD]! -= offset & 0xfff00000;
  const r = fused(double[0]!, logs[at]!, -1);

  // ln x = k ln 2 + ln c + ln(1 + r).
  const sum = fused(k, LN2_HIGH, logs[at + 1]!);
  const linear = sum + r;
  const half = -0.5 * r;
  const quadratic = r * half;
  const high = linear + quadratic;
  const tail = fused(
    quadratic,
    fused(fused(r, LOG_7, LOG_6), quadratic, fused(r, LOG_5, LOG_4)),
    fused(r, LOG_3, LOG_2),
  );
  const low = fused(
    r * quadratic,
    tail,
    fused(k, LN2_LOW, logs[at + 2]!) + (sum - linear + r) + fused(half, r, -quadratic) +
      (linear - high + quadratic),
  );
  const log = high + low;
  const logRest = high - log + low;

  // exp(2 ln x) = 2^(n/128) exp(s).
  const exponent = 2 * log;
  const n = Math.floor(PER_STEP * exponent + 0.5);
  const s = fused(n, STEP_LOW, fused(n, STEP_HIGH, exponent)) + 2 * logRest;
  const index = 2 * (n & 127);
  const s2 = s * s;
  const rest = fused(
    fused(s, EXP_5, EXP_4),
    s2 * s2,
    fused(fused(s, EXP_3, EXP_2), s2, s + powers[index + 1]!),
  );
  double[0] = powers[index]!;
  words[HIGH_WORD]! += (n >> 7) << 20;
  return fused(double[0]!, rest, double[0]!);
}

/** a · b + c, rounded once; within 2⁻¹⁰⁰ of the middle between two doubles, possibly to the other one. */
function fused(a: number, b: number, c: number): number {
  const [product, productError] = twoProduct(a, b);
  const [sum, sumError] = twoSum(product, c);
  return sum + (sumError + productError);
}

/** c lies near the middle of its interval, and 1/c is a multiple of 1/128 or 1/256. */
function makeLogTable(): Float64Array {
  const table = new Float64Array(3 * ENTRIES);
  for (let i = 0; i < ENTRIES; i++) {
    double[0] = 0;
    words[HIGH_WORD] = FIRST_HIGH_WORD + i * 8192 + 4096;
    const middle = double[0]!;
    const inverse = middle < 1
      ? Math.floor(ENTRIES / middle + 0.5) / ENTRIES
      : Math.floor(2 * ENTRIES / middle + 0.5) / (2 * ENTRIES);
    const log = negate(logarithm(inverse));
    const rounded = Math.floor(log[0] * 8796093022208 + 0.5) / 8796093022208;
    table.set([inverse, rounded, add(log, [-rounded, 0])[0]], 3 * i);
  }
  return table;
}

/** 2^(i/128) rounded, and its relative error. */
function makeExpTable(): Float64Array {
  const table = new Float64Array(2 * ENTRIES);
  for (let i = 0; i < ENTRIES; i++) {
    const power = exponential(multiply(LN2, [i / ENTRIES, 0]));
    table.set([power[0], power[1] / power[0]], 2 * i);
  }
  return table;
}
