/**
 * The space of a range of whole numbers.
 *
 * @module
 */

import { describe, refusal } from "../values/describe.ts";
import { Generator, type GeneratorSnapshot } from "../random/generator.ts";
import type { Space } from "./space.ts";

/** Options of {@linkcode Discrete}. */
export interface DiscreteOptions {
  /**
   * The smallest element, a whole number.
   *
   * @default {0}
   */
  start?: number;
  /**
   * What each element stands for, in order, for tables and plots.
   *
   * @default {undefined}
   */
  meanings?: readonly string[];
}

/**
 * The whole numbers from `start` to `start + n − 1` (`gymnasium/spaces/discrete.py`). After the same seed it draws the same
 * elements as Gymnasium.
 *
 * @example Usage
 * ```ts
 * import { Discrete } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const space = new Discrete(6);
 * space.seed(0);
 * assertEquals([space.sample(), space.sample(), space.sample()], [5, 3, 3]);
 * assertEquals(space.contains(6), false);
 * assertEquals(`${new Discrete(3, { start: -1 })}`, "Discrete(3, start=-1)");
 * ```
 */
export class Discrete implements Space<number> {
  /** Number of elements. */
  readonly n: number;
  /** The smallest element. */
  readonly start: number;
  /** What each element stands for, in order; undefined if not given. */
  readonly meanings: readonly string[] | undefined;
  #generator: Generator = new Generator(0);

  /**
   * Creates the space.
   *
   * @param n Number of elements, a whole number from 1.
   * @param options The smallest element, and what the elements stand for.
   * @throws {TypeError} When `n` or `start` is not a whole number, or `meanings` is not an array.
   * @throws {RangeError} When `n` is below 1 or above 2³² − 1, an element is beyond ±(2⁵³ − 1), up to which numbers are exact, or
   * there are not `n` meanings.
   */
  constructor(n: number, options: DiscreteOptions = {}) {
    const { start = 0, meanings } = options;
    const action = "create a Discrete space";
    if (!Number.isSafeInteger(n)) throw refusal(TypeError, action, "n must be a whole number", n);
    if (n < 1 || n > 0xffffffff) throw refusal(RangeError, action, "n must be from 1 to 2^32 - 1", n);
    if (!Number.isSafeInteger(start)) throw refusal(TypeError, action, "start must be a whole number", start);
    if (!Number.isSafeInteger(start + (n - 1))) {
      throw refusal(RangeError, action, `start must be at most 2^53 - ${n} with ${n} elements`, start);
    }
    if (meanings !== undefined && !Array.isArray(meanings)) {
      throw refusal(TypeError, action, "meanings must be an array", meanings);
    }
    if (meanings !== undefined && meanings.length !== n) {
      throw refusal(RangeError, action, `meanings must be of length ${n}`, meanings);
    }
    this.n = n;
    this.start = start;
    this.meanings = meanings === undefined ? undefined : [...meanings];
  }

  /**
   * Seeds the stream that {@linkcode sample} draws from.
   *
   * @param seed A whole number from 0 to 2⁵³ − 1, or a bigint from 0 of any size.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  seed(seed: number | bigint): void {
    this.#generator = new Generator(seed);
  }

  /**
   * Draws an element, all equally likely.
   *
   * @param mask One number per element in order: 1 if it may be drawn, else 0. With all zeros, the result is
   * `start`, as in Gymnasium.
   * @returns The element.
   * @throws {RangeError} When the length of the mask is not `n`, or it has values other than 0 and 1.
   */
  sample(mask?: ArrayLike<number>): number {
    if (mask === undefined) return this.start + this.#generator.integers(0, this.n);
    if (mask.length !== this.n) {
      throw new RangeError(`Cannot sample ${this}: mask must be of length ${this.n}, got ${describe(mask)}`);
    }
    const allowed: number[] = [];
    for (let i = 0; i < this.n; i++) {
      if (mask[i] === 1) allowed.push(this.start + i);
      else if (mask[i] !== 0) throw refusal(RangeError, `sample ${this}`, "mask must be of 0 and 1", mask[i]);
    }
    return allowed.length === 0 ? this.start : this.#generator.choice(allowed);
  }

  /**
   * Whether a value is an element.
   *
   * @param value Anything.
   * @returns True for a whole number in the range.
   */
  contains(value: unknown): value is number {
    return typeof value === "number" && Number.isInteger(value) && value >= this.start &&
      value < this.start + this.n;
  }

  /**
   * The space in Gymnasium's notation.
   *
   * @returns A text such as `Discrete(2)` or `Discrete(3, start=-1)`.
   */
  toString(): string {
    return this.start === 0 ? `Discrete(${this.n})` : `Discrete(${this.n}, start=${this.start})`;
  }

  /**
   * The state of the stream that {@linkcode sample} draws from.
   *
   * @returns Plain JSON values.
   */
  snapshot(): GeneratorSnapshot {
    return this.#generator.snapshot();
  }

  /**
   * Continues from the state of a stream.
   *
   * @param snapshot What {@linkcode snapshot} returned, possibly via JSON.
   * @throws {TypeError} When the snapshot is not of that form.
   */
  restore(snapshot: GeneratorSnapshot): void {
    this.#generator = Generator.from(snapshot);
  }
}
