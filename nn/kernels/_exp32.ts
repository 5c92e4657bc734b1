/**
 * The exponential function in float32 arithmetic, as in both implementations of the kernels.
 *
 * @module
 */

import { SMALLEST_NORMAL } from "./kernels.ts";

const { fround, floor } = Math;

/** 1 / ln 2. */
export const PER_LN2: number = fround(1.4426950408889634);

/** ln 2 as a sum: nine bits, so that its multiples up to 2¹⁵ are exact, and the rest. */
export const LN2_HIGH: number = 0.693359375;
/** What {@linkcode LN2_HIGH} leaves out. */
export const LN2_LOW: number = fround(-2.1219444005471377e-4);

/**
 * Below this the result is zero. The exact value is less than 2⁻⁹², which changes no sum that contains 1, but products with it would
 * soon be subnormal, which processors compute many times more slowly.
 */
export const LEAST_EXPONENT: number = -64;

/** Above this the result would not be finite; larger arguments are clipped. */
export const MOST_EXPONENT: number = 88;

/** Taylor's coefficients of e^r from r² on, the highest power first. */
export const SERIES: readonly number[] = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2].map(fround);

/** 2ᵏ at index k − {@linkcode LEAST_POWER}, up to 2¹²⁷. */
const LEAST_POWER = -126;
const POWERS: Float32Array = powersOfTwo();

function powersOfTwo(): Float32Array {
  const powers = new Float32Array(254);
  powers[0] = SMALLEST_NORMAL;
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1]!;
  return powers;
}

/**
 * e to the power x, each operation rounded to float32: x = k ln 2 + r, then 2ᵏ times Taylor's series of eʳ. Within one unit
 * in the last place from −64 to 88; zero below, and the value for 88 above.
 */
export function exp32(x: number): number {
  if (!(x >= LEAST_EXPONENT)) return x < LEAST_EXPONENT ? 0 : NaN;
  const bounded = x > MOST_EXPONENT ? MOST_EXPONENT : x;
  const k = floor(fround(fround(bounded * PER_LN2) + 0.5));
  const r = fround(fround(bounded - fround(k * LN2_HIGH)) - fround(k * LN2_LOW));
  let series = SERIES[0]!;
  for (let i = 1; i < SERIES.length; i++) series = fround(fround(series * r) + SERIES[i]!);
  const result = fround(1 + fround(r + fround(fround(r * r) * series)));
  return fround(result * POWERS[k - LEAST_POWER]!);
}
