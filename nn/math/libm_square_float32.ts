/**
 * Squares with the bits of C's `powf(x, 2)`, which NumPy uses for `**` of a float32 scalar; the result is sometimes
 * not the float32 nearest to x². The reference is glibc from 2.28 on (`sysdeps/ieee754/flt-32/e_powf.c`): a logarithm
 * and a power of two in float64, good to 2⁻²⁶.
 *
 * @module
 */

import { multiply } from "./_double_double.ts";
import { exponential, LN2 } from "./_double_double_functions.ts";

/** The logarithm's argument is scaled into [0.699…, 1.398…); the interval starts at these bits. */
const FIRST_BITS = 0x3f330000;

/** For each of 16 intervals: 1/c and log₂ c, for a c near its middle. */
const LOG_TABLE = Float64Array.of(
  ...[1.398907162146528, -0.48430022186289673],
  ...[1.3403141896637998, -0.42257122959194704],
  ...[1.286432210124115, -0.3633754347673556],
  ...[1.2367150214269895, -0.30651309567405577],
  ...[1.1906977166711752, -0.25180720160537634],
  ...[1.1479821020556429, -0.19910014943794563],
  ...[1.1082251448272158, -0.14825100623281615],
  ...[1.0711297413057381, -0.09913323807318392],
  ...[1.036437278977283, -0.051632812977629436],
  ...[1, 0],
  ...[0.9492859795739057, 0.07508531937943004],
  ...[0.8951049428609004, 0.15987125980713107],
  ...[0.8476821620351103, 0.2384046664317681],
  ...[0.8050314851692001, 0.31288288605863257],
  ...[0.7664671008843108, 0.38370422656453185],
  ...[0.731428603316328, 0.451211048935815],
);

/** log₂(1 + r) by powers of r. */
const LOG_1 = 1.4426950408774342;
const LOG_2 = -0.7213474675006291;
const LOG_3 = 0.480898481472577;
const LOG_4 = -0.36092606229713164;
const LOG_5 = 0.288457581109214;

/** 2^r by powers of r. */
const POWER_1 = 0.6931471806916203;
const POWER_2 = 0.2402284522445722;
const POWER_3 = 0.05550361559341535;

/** 2^(i/32). */
let powers: Float64Array | undefined;

const single: Float32Array = new Float32Array(1);
const bits: Int32Array = new Int32Array(single.buffer);

/**
 * The square of a float32 number as `powf(x, 2)`, itself a float32 number.
 *
 * @param x A float32 number with 2⁻⁶² ≤ |x| ≤ 2⁶², or 0; others give x · x.
 */
export function libmSquareFloat32(x: number): number {
  const square = Math.fround(x * x);
  if (!(square > 1e-37 && square < 1e37)) return square;
  powers ??= Float64Array.from({ length: 32 }, (_, i) => exponential(multiply(LN2, [i / 32, 0]))[0]);

  // x = 2^k z, with z in the i-th interval, near c; log₂ x = k + log₂ c + log₂(1 + r).
  single[0] = Math.abs(x);
  const offset = bits[0]! - FIRST_BITS;
  const at = 2 * ((offset >>> 19) & 15);
  const k = offset >> 23;
  bits[0]! -= offset & 0xff800000;
  const r = single[0]! * LOG_TABLE[at]! - 1;
  const r2 = r * r;
  const log = (LOG_5 * r + LOG_4) * (r2 * r2) +
    ((LOG_3 * r + LOG_2) * r2 + (LOG_1 * r + (LOG_TABLE[at + 1]! + k)));

  // 2^(2 log₂ x) = 2^(n/32) 2^s.
  const n = Math.floor(64 * log + 0.5);
  const s = 2 * log - n / 32;
  const power = (POWER_3 * s + POWER_2) * (s * s) + (POWER_1 * s + 1);
  bits[0] = ((n >> 5) + 127) << 23;
  return Math.fround(power * powers[n & 31]! * single[0]!);
}
