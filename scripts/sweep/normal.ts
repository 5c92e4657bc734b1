import type { Pcg32 } from "../../agents/mod.ts";
import { exp } from "../../nn/math/exp.ts";
import { log } from "../../nn/math/log.ts";

/** 1 / √(2π). */
const PEAK = 0.3989422804014327;
/** From here on the rest of the distribution is less than a double can add to 1. */
const FAR = 8.5;

/** The density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return PEAK * exp(-z * z / 2);
}

/**
 * The part of the standard normal distribution below a number, to about 15 decimal places: ½ + φ(z) (z + z³ / 3 + z⁵ / (3 · 5) + …)
 * (Marsaglia 2004, "Evaluating the Normal Distribution").
 *
 * @param z The number.
 */
export function normalBelow(z: number): number {
  if (z < -FAR) return 0;
  if (z > FAR) return 1;
  let sum = z;
  let before = 0;
  for (let term = z, i = 3; sum !== before; i += 2) {
    before = sum;
    term *= z * z / i;
    sum += term;
  }
  return Math.min(1, Math.max(0, 0.5 + normalDensity(z) * sum));
}

/**
 * A number from a normal distribution that is cut off outside [0, 1): numbers outside are drawn again.
 *
 * @param mean In [0, 1].
 * @param deviation In (0, 1], so that at least every third number is inside.
 * @param random Where the draws come from.
 */
export function drawInside(mean: number, deviation: number, random: Pcg32): number {
  while (true) {
    const value = mean + deviation * drawNormal(random);
    if (value >= 0 && value < 1) return value;
  }
}

/** A number from the standard normal distribution (polar method of Marsaglia and Bray 1964, without its second number). */
function drawNormal(random: Pcg32): number {
  while (true) {
    const [x, y] = [2 * random.next() - 1, 2 * random.next() - 1];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt(-2 * log(square) / square);
  }
}
