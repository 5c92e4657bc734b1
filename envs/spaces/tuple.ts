/**
 * The space of combinations of Discrete values.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { Discrete } from "./discrete.ts";
import { Generator, type GeneratorSnapshot } from "../random/generator.ts";
import type { Space } from "./space.ts";

/** The seeds of the inner spaces are below this. */
const SEEDS = 0x7fffffff;

/**
 * Arrays of whole numbers, one from each of several Discrete spaces (`gymnasium/spaces/tuple.py`, for Discrete spaces).
 * After the same seed it draws the same elements as Gymnasium.
 *
 * @example Usage
 * ```ts
 * import { Discrete, Tuple } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const space = new Tuple([new Discrete(32), new Discrete(11), new Discrete(2)]);
 * space.seed(0);
 * assertEquals(space.sample(), [11, 5, 1]);
 * assertEquals(space.contains([31, 10, 1]), true);
 * assertEquals(space.contains([31, 11, 1]), false);
 * assertEquals(`${space}`, "Tuple(Discrete(32), Discrete(11), Discrete(2))");
 * ```
 */
export class Tuple implements Space<readonly number[]> {
  /** The spaces of the elements, in order. */
  readonly spaces: readonly Discrete[];

  /**
   * Creates the space, and seeds the inner spaces as after `seed(0)`.
   *
   * @param spaces The spaces of the elements, at least one; the tuple owns them from now on.
   * @throws {TypeError} When one of them is not a Discrete space.
   * @throws {RangeError} When there are none.
   */
  constructor(spaces: readonly Discrete[]) {
    const action = "create a Tuple space";
    if (!Array.isArray(spaces)) throw refusal(TypeError, action, "spaces must be an array", spaces);
    if (spaces.length === 0) throw refusal(RangeError, action, "spaces must not be empty", spaces);
    for (const space of spaces) {
      if (!(space instanceof Discrete)) throw refusal(TypeError, action, "spaces must be Discrete", space);
    }
    this.spaces = [...spaces];
    this.seed(0);
  }

  /**
   * Seeds the inner spaces, each with a number drawn after `seed`.
   *
   * @param seed A whole number from 0 to 2⁵³ − 1, or a bigint from 0 of any size.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  seed(seed: number | bigint): void {
    const generator = new Generator(seed);
    for (const space of this.spaces) space.seed(generator.integers(0, SEEDS));
  }

  /**
   * Draws an element, each number from its space.
   *
   * @returns A new array.
   */
  sample(): readonly number[] {
    return this.spaces.map((space) => space.sample());
  }

  /**
   * Whether a value is an element.
   *
   * @param value Anything.
   * @returns True for an array of the right length with each number in its space.
   */
  contains(value: unknown): value is readonly number[] {
    return Array.isArray(value) && value.length === this.spaces.length &&
      this.spaces.every((space, i) => space.contains(value[i]));
  }

  /**
   * The space in Gymnasium's notation.
   *
   * @returns A text such as `Tuple(Discrete(32), Discrete(2))`.
   */
  toString(): string {
    return `Tuple(${this.spaces.join(", ")})`;
  }

  /**
   * The states of the streams that {@linkcode sample} draws from.
   *
   * @returns Plain JSON values, one per space.
   */
  snapshot(): readonly GeneratorSnapshot[] {
    return this.spaces.map((space) => space.snapshot());
  }

  /**
   * Continues from the states of the streams. If it throws, nothing has changed.
   *
   * @param snapshot What {@linkcode snapshot} returned, possibly via JSON.
   * @throws {TypeError} When the snapshot is not of that form.
   */
  restore(snapshot: readonly GeneratorSnapshot[]): void {
    const action = `restore ${this}`;
    const { length } = this.spaces;
    if (!Array.isArray(snapshot) || snapshot.length !== length) {
      throw refusal(TypeError, action, `snapshot must be an array of length ${length}`, snapshot);
    }
    for (const stream of snapshot) Generator.from(stream);
    this.spaces.forEach((space, i) => space.restore(snapshot[i]!));
  }
}
