/**
 * A small stand-in for `@std/random`, for where only the npm registry can be reached: PCG32 (XSH-RR 64/32) with the
 * published values of std, and the helpers of the package that this project uses.
 *
 * @module
 */

/** A function that returns a number in [0, 1), as `Math.random` does. */
export type Prng = typeof Math.random;

/** Options of everything here that draws. */
export interface RandomOptions {
  /** The source of randomness, in [0, 1). */
  prng?: Prng;
}

const MULTIPLIER = 6364136223846793005n;
const SEED_INCREMENT = 11634580027462260723n;

/** A PCG32 generator: the state moves by a linear congruence, the output is a rotated xor-shift of the old state. */
function* pcg32(state: bigint, increment: bigint): Generator<number, never> {
  while (true) {
    const shifted = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n));
    const rotation = Number(state >> 59n);
    state = BigInt.asUintN(64, state * MULTIPLIER + increment);
    yield ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  }
}

/** A seeded generator of numbers in [0, 1), 32 bits each. */
export function randomSeeded(seed: bigint): Prng {
  const mixed = BigInt.asUintN(64, BigInt.asUintN(64, seed) * MULTIPLIER + SEED_INCREMENT);
  const words = pcg32(mixed, SEED_INCREMENT);
  const word = () => BigInt(words.next().value);
  const state = word() | (word() << 32n);
  const increment = word() | (word() << 32n) | 1n;
  const start = BigInt.asUintN(64, (state + increment) * MULTIPLIER + increment);
  const draws = pcg32(start, increment);
  return () => draws.next().value / 2 ** 32;
}

/** A whole number from `min` to `max`, both included. */
export function randomIntegerBetween(min: number, max: number, options: RandomOptions = {}): number {
  const prng = options.prng ?? Math.random;
  const low = Math.ceil(min);
  return Math.floor(prng() * (Math.floor(max) + 1 - low) + low);
}
