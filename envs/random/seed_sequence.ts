/**
 * NumPy's derivation of a generator's state from a seed.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";

const POOL_SIZE = 4;

/** The hash multipliers of `numpy/random/bit_generator.pyx`. */
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_MULT_L = 0xca01f9dd;
const MIX_MULT_R = 0x4973f715;

/**
 * NumPy's `SeedSequence`: spreads a seed of any length over a pool of four words, so that seeds which differ in one
 * bit give unrelated streams (`numpy/random/bit_generator.pyx`; M. E. O'Neill, "Developing a seed_seq alternative").
 *
 * @example Usage
 * ```ts
 * import { SeedSequence } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * // numpy.random.SeedSequence(42).generate_state(2)
 * assertEquals([...new SeedSequence(42).generateState(2)], [3444837047, 2669555309]);
 * ```
 */
export class SeedSequence {
  /** The four words from which all states are derived. */
  readonly pool: Readonly<Uint32Array>;

  /**
   * Mixes a seed into a pool.
   *
   * @param seed A whole number from 0 to 2⁵³ − 1, or a bigint from 0 of any size.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  constructor(seed: number | bigint) {
    const entropy = words(seed);
    const pool = new Uint32Array(POOL_SIZE);
    let constant = INIT_A;
    const hash = (value: number): number => {
      const mixed = value ^ constant;
      constant = Math.imul(constant, MULT_A);
      const product = Math.imul(mixed, constant);
      return product ^ (product >>> 16);
    };
    const mixInto = (target: number, value: number): void => {
      const mixed = Math.imul(MIX_MULT_L, pool[target]!) - Math.imul(MIX_MULT_R, value) | 0;
      pool[target] = mixed ^ (mixed >>> 16);
    };

    for (let i = 0; i < POOL_SIZE; i++) pool[i] = hash(entropy[i] ?? 0);
    for (let source = 0; source < POOL_SIZE; source++) {
      for (let target = 0; target < POOL_SIZE; target++) {
        if (source !== target) mixInto(target, hash(pool[source]!));
      }
    }
    for (const word of entropy.slice(POOL_SIZE)) {
      for (let target = 0; target < POOL_SIZE; target++) mixInto(target, hash(word));
    }
    this.pool = pool;
  }

  /**
   * Derives words for the state of a generator; the same ones at every call, and a shorter request gives the beginning
   * of a longer one.
   *
   * @param length Number of 32-bit words, a whole number from 0. NumPy's 64-bit words are pairs of these, low word first.
   * @returns The words.
   * @throws {RangeError} When the length is not a whole number from 0.
   */
  generateState(length: number): Uint32Array {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw refusal(RangeError, "generate a state", "length must be a whole number from 0", length);
    }
    const state = new Uint32Array(length);
    let constant = INIT_B;
    for (let i = 0; i < length; i++) {
      const mixed = this.pool[i % POOL_SIZE]! ^ constant;
      constant = Math.imul(constant, MULT_B);
      const product = Math.imul(mixed, constant);
      state[i] = product ^ (product >>> 16);
    }
    return state;
  }
}

/** The 32-bit words of a seed, least significant first; one word 0 for 0. */
function words(seed: number | bigint): number[] {
  const expected = "seed must be a whole number from 0 to 2^53 - 1 or a bigint from 0";
  if (typeof seed !== "number" && typeof seed !== "bigint") {
    throw refusal(TypeError, "seed a stream", expected, seed);
  }
  if (seed < 0 || typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw refusal(RangeError, "seed a stream", expected, seed);
  }
  const result: number[] = [];
  let rest = BigInt(seed);
  do {
    result.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return result;
}
