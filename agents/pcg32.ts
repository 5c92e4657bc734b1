/**
 * The random stream of agents.
 *
 * @module
 */

import type { Prng } from "@std/random";

/** The state of a {@linkcode Pcg32}; every number is a whole number in [0, 2³²). */
export interface Pcg32Snapshot {
  /** Upper and lower half of the 64-bit state. */
  state: [number, number];
  /** Upper and lower half of the 64-bit increment, which is odd. */
  increment: [number, number];
}

const MULTIPLIER_HIGH = 0x5851f42d;
const MULTIPLIER_LOW = 0x4c957f2d;
/** The increment with which std expands a seed. */
const SEED_INCREMENT = { high: 0xa17654e4, low: 0x6fbe17f3 };

/**
 * PCG32 (XSH-RR 64/32, O'Neill 2014), with the draws of `randomSeeded` of `@std/random` and a state that can be saved.
 * The 64-bit numbers are kept as 32-bit halves, so that a draw allocates nothing and takes a few nanoseconds.
 *
 * @example Usage
 * ```ts
 * import { Pcg32 } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 * import { randomIntegerBetween, randomSeeded } from "@std/random";
 *
 * const random = Pcg32.seeded(1n);
 * assertEquals(random.next(), randomSeeded(1n)());
 *
 * const copy = Pcg32.from(random.snapshot());
 * assertEquals(copy.next(), random.next());
 *
 * const die = randomIntegerBetween(1, 6, { prng: random.prng }); // wherever std takes a Prng
 * assertEquals(Number.isInteger(die), true);
 * ```
 */
export class Pcg32 {
  /** Upper and lower half of the state, and of the increment. */
  readonly #words: Uint32Array;
  /** {@linkcode Pcg32.next} as a plain function. */
  readonly prng: Prng = () => this.next();

  private constructor(high: number, low: number, incrementHigh: number, incrementLow: number) {
    this.#words = Uint32Array.of(high, low, incrementHigh, incrementLow);
  }

  /**
   * Creates the stream of `randomSeeded(seed)` of `@std/random`.
   *
   * @param seed Any whole number; taken modulo 2⁶⁴.
   * @returns The stream at its start.
   */
  static seeded(seed: bigint): Pcg32 {
    const wrapped = BigInt.asUintN(64, seed);
    const stretched = new Pcg32(
      Number(wrapped >> 32n),
      Number(wrapped & 0xffffffffn),
      SEED_INCREMENT.high,
      SEED_INCREMENT.low,
    );
    stretched.#advance();
    const low = stretched.nextUint32();
    const high = stretched.nextUint32();
    const incrementLow = (stretched.nextUint32() | 1) >>> 0;
    const incrementHigh = stretched.nextUint32();
    const carry = low + incrementLow > 0xffffffff ? 1 : 0;
    const stream = new Pcg32(high + incrementHigh + carry, low + incrementLow, incrementHigh, incrementLow);
    stream.#advance();
    return stream;
  }

  /**
   * Restores a stream.
   *
   * @param snapshot From {@linkcode Pcg32.snapshot}.
   * @returns The stream at the position of the snapshot.
   * @throws {TypeError} If the snapshot does not hold whole numbers in [0, 2³²), or its increment is even.
   */
  static from(snapshot: Pcg32Snapshot): Pcg32 {
    const { state, increment } = snapshot;
    const halves = [...state, ...increment];
    if (
      halves.length !== 4 || !halves.every((half) => Number.isInteger(half) && half >= 0 && half < 2 ** 32)
    ) {
      throw new TypeError(
        `Cannot restore a Pcg32: the snapshot must hold four whole numbers in [0, 2^32), got [${
          halves.join(", ")
        }]`,
      );
    }
    if (increment[1] % 2 === 0) {
      throw new TypeError(`Cannot restore a Pcg32: the increment must be odd, got ${increment[1]}`);
    }
    return new Pcg32(state[0], state[1], increment[0], increment[1]);
  }

  /**
   * The whole state.
   *
   * @returns Plain numbers that survive JSON.
   */
  snapshot(): Pcg32Snapshot {
    const [high, low, incrementHigh, incrementLow] = this.#words;
    return { state: [high!, low!], increment: [incrementHigh!, incrementLow!] };
  }

  /**
   * Draws a number.
   *
   * @returns A multiple of 2⁻³² in [0, 1).
   */
  next(): number {
    return this.nextUint32() / 2 ** 32;
  }

  /**
   * Draws 32 bits: the state's upper bits, xored with themselves and rotated by the topmost five.
   *
   * @returns A whole number in [0, 2³²).
   */
  nextUint32(): number {
    const high = this.#words[0]!;
    const low = this.#words[1]!;
    const mixedHigh = high ^ (high >>> 18);
    const mixedLow = low ^ ((low >>> 18) | (high << 14));
    const shifted = (mixedLow >>> 27) | (mixedHigh << 5);
    const rotation = high >>> 27;
    this.#advance();
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  }

  /**
   * Draws a whole number by scaling one draw.
   *
   * @param count Number of outcomes, a whole number from 1 to 2³²; a draw distinguishes no more.
   * @returns A whole number in [0, count).
   * @throws {RangeError} If the number is out of range.
   */
  nextIndex(count: number): number {
    if (!(count >= 1 && count <= 4294967296 && Number.isInteger(count))) {
      throw new RangeError(`Cannot draw an index: count must be a whole number from 1 to 2^32, got ${count}`);
    }
    return Math.floor(this.next() * count);
  }

  /** state = state · multiplier + increment, modulo 2⁶⁴. */
  #advance(): void {
    const words = this.#words;
    const high = words[0]!;
    const low = words[1]!;
    const incrementLow = words[3]!;
    // The upper half of the product of the two lower halves, from the products of their 16-bit halves; all modulo 2³².
    const low0 = low & 0xffff;
    const low1 = low >>> 16;
    const middle = Math.imul(low0, MULTIPLIER_LOW >>> 16) +
      (Math.imul(low0, MULTIPLIER_LOW & 0xffff) >>> 16);
    const otherMiddle = Math.imul(low1, MULTIPLIER_LOW & 0xffff) + (middle & 0xffff);
    const productHigh = Math.imul(low1, MULTIPLIER_LOW >>> 16) + (middle >>> 16) + (otherMiddle >>> 16);
    const newLow = (Math.imul(low, MULTIPLIER_LOW) + incrementLow) >>> 0;
    const carry = newLow < incrementLow ? 1 : 0;
    words[0] = (productHigh + Math.imul(high, MULTIPLIER_LOW) + Math.imul(low, MULTIPLIER_HIGH) +
      words[2]! + carry) | 0;
    words[1] = newLow;
  }
}
