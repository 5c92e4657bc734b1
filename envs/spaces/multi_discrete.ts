/**
 * The space of actions of several parts.
 *
 * @module
 */

import { describe, refusal } from "../values/describe.ts";
import { Generator, type GeneratorSnapshot } from "../random/generator.ts";
import type { Space } from "./space.ts";

/** One above the largest int32, the type of an element's parts. */
const INT32_END = 2 ** 31;

/** Options of {@linkcode MultiDiscrete}. */
export interface MultiDiscreteOptions {
  /**
   * The smallest value of each part, whole numbers.
   *
   * @default {zeros}
   */
  start?: readonly number[];
  /**
   * What each part is, for tables and plots.
   *
   * @default {undefined}
   */
  names?: readonly string[];
  /**
   * What each value of each part stands for, in order, for tables and plots.
   *
   * @default {undefined}
   */
  meanings?: readonly (readonly string[])[];
}

/**
 * Vectors of whole numbers in int32; part i lies between `start[i]` and `start[i] + nvec[i] − 1`
 * (`gymnasium/spaces/multi_discrete.py`, for one axis). After the same seed it draws the same elements as Gymnasium.
 *
 * @example Usage
 * ```ts
 * import { MultiDiscrete } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const space = new MultiDiscrete([5, 2, 2]);
 * space.seed(0);
 * assertEquals(space.sample(), Int32Array.of(3, 0, 0));
 * assertEquals(space.contains(Int32Array.of(4, 1, 2)), false);
 * assertEquals(`${space}`, "MultiDiscrete([5 2 2])");
 * ```
 */
export class MultiDiscrete implements Space<Int32Array> {
  /** Number of values of each part. */
  readonly nvec: readonly number[];
  /** The smallest value of each part. */
  readonly start: readonly number[];
  /** What each part is; undefined if not given. */
  readonly names: readonly string[] | undefined;
  /** What each value of each part stands for, in order; undefined if not given. */
  readonly meanings: readonly (readonly string[])[] | undefined;
  /** Number of values of all parts together, the length of a mask. */
  readonly size: number;
  #generator: Generator = new Generator(0);

  /**
   * Creates the space.
   *
   * @param nvec Number of values of each part, whole numbers from 1, at least one part.
   * @param options The smallest value of each part, and what parts and values stand for.
   * @throws {TypeError} When a list is not an array, or a number is not whole.
   * @throws {RangeError} When there are no parts, a number of values is below 1, a value is beyond int32, or a list is not of
   * the length of its part or of the parts.
   */
  constructor(nvec: readonly number[], options: MultiDiscreteOptions = {}) {
    const { start, names, meanings } = options;
    this.nvec = wholeNumbers("nvec", nvec, 1);
    if (this.nvec.length === 0) throw refusal(RangeError, ACTION, "nvec must not be empty", nvec);
    const { length } = this.nvec;
    this.start = start === undefined ? this.nvec.map(() => 0) : wholeNumbers("start", start, -INT32_END);
    requireLength("start", this.start, length);
    for (const [i, n] of this.nvec.entries()) {
      if (this.start[i]! + n <= INT32_END) continue;
      throw refusal(RangeError, ACTION, `part ${i} must end by 2^31 - 1`, this.start[i]! + n - 1);
    }
    this.size = this.nvec.reduce((sum, n) => sum + n, 0);
    requireLength("names", names, length);
    requireLength("meanings", meanings, length);
    meanings?.forEach((list, i) => requireLength(`meanings of part ${i}`, list, this.nvec[i]!));
    this.names = names === undefined ? undefined : [...names];
    this.meanings = meanings?.map((list) => [...list]);
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
   * Draws an element, all equally likely: each part is one draw from [0, 1) times its number of values, rounded down.
   *
   * @param mask One number per value of each part, 1 if it may be drawn, else 0: a list per part, as in Gymnasium, or one after
   * the other, as in `info.actionMask`. A part with all zeros becomes its `start`, as in Gymnasium.
   * @returns A new vector.
   * @throws {RangeError} When the length of a mask is wrong, or it has values other than 0 and 1.
   */
  sample(mask?: ArrayLike<number> | readonly ArrayLike<number>[]): Int32Array {
    const { nvec, start } = this;
    const element = new Int32Array(nvec.length);
    if (mask === undefined) {
      for (let i = 0; i < nvec.length; i++) {
        element[i] = Math.floor(this.#generator.random() * nvec[i]!) + start[i]!;
      }
      return element;
    }
    const masks = this.#masks(mask);
    const allowed: number[] = [];
    for (let i = 0; i < nvec.length; i++) {
      allowed.length = 0;
      for (let k = 0; k < nvec[i]!; k++) if (masks[i]![k] === 1) allowed.push(k);
      element[i] = start[i]! + (allowed.length === 0 ? 0 : this.#generator.choice(allowed));
    }
    return element;
  }

  /** A mask as one list per part, checked. */
  #masks(mask: ArrayLike<number> | readonly ArrayLike<number>[]): readonly ArrayLike<number>[] {
    const action = `sample ${this}`;
    let masks: ArrayLike<number>[] = [];
    if (isListOfLists(mask)) masks = [...mask];
    else {
      const whole = Array.from(mask);
      if (whole.length !== this.size) {
        throw refusal(RangeError, action, `mask must be of length ${this.size}`, mask);
      }
      let from = 0;
      for (const n of this.nvec) masks.push(whole.slice(from, from += n));
    }
    if (masks.length !== this.nvec.length) {
      throw refusal(RangeError, action, `mask must be of ${this.nvec.length} parts`, mask);
    }
    for (const [i, part] of masks.entries()) {
      if (part.length !== this.nvec[i]) {
        throw refusal(RangeError, action, `mask of part ${i} must be of length ${this.nvec[i]}`, part);
      }
      for (let k = 0; k < part.length; k++) {
        if (part[k] === 0 || part[k] === 1) continue;
        throw refusal(RangeError, action, "mask must be of 0 and 1", part[k]);
      }
    }
    return masks;
  }

  /**
   * Whether a value is an element.
   *
   * @param value Anything.
   * @returns True for an Int32Array of the right length with every part in its range.
   */
  contains(value: unknown): value is Int32Array {
    if (!(value instanceof Int32Array) || value.length !== this.nvec.length) return false;
    for (let i = 0; i < value.length; i++) {
      const k = value[i]! - this.start[i]!;
      if (!(k >= 0 && k < this.nvec[i]!)) return false;
    }
    return true;
  }

  /**
   * The space in Gymnasium's notation.
   *
   * @returns A text such as `MultiDiscrete([3 3])` or `MultiDiscrete([ 3 10], start=[-1  0])`.
   */
  toString(): string {
    const nvec = vectorText(this.nvec);
    if (this.start.every((value) => value === 0)) return `MultiDiscrete(${nvec})`;
    return `MultiDiscrete(${nvec}, start=${vectorText(this.start)})`;
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

const ACTION = "create a MultiDiscrete space";

/** A copy of a list of whole numbers in int32. */
function wholeNumbers(name: string, values: readonly number[], least: number): readonly number[] {
  if (!Array.isArray(values)) throw refusal(TypeError, ACTION, `${name} must be an array`, values);
  for (const value of values) {
    if (!Number.isSafeInteger(value)) {
      throw refusal(TypeError, ACTION, `${name} must be of whole numbers`, value);
    }
    if (value >= least && value < INT32_END) continue;
    throw new RangeError(
      `Cannot ${ACTION}: ${name} must be from ${least === 1 ? 1 : "-2^31"} to 2^31 - 1, got ${value}`,
    );
  }
  return [...values];
}

function requireLength(name: string, list: readonly unknown[] | undefined, length: number): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) throw refusal(TypeError, ACTION, `${name} must be an array`, list);
  if (list.length === length) return;
  throw new RangeError(`Cannot ${ACTION}: ${name} must be of length ${length}, got ${describe(list)}`);
}

function isListOfLists(
  mask: ArrayLike<number> | readonly ArrayLike<number>[],
): mask is readonly ArrayLike<number>[] {
  return Array.isArray(mask) && mask.some((part) => typeof part !== "number");
}

/** A vector in NumPy's notation, its numbers padded to one width. */
function vectorText(values: readonly number[]): string {
  const width = values.reduce((most, value) => Math.max(most, String(value).length), 0);
  return `[${values.map((value) => String(value).padStart(width)).join(" ")}]`;
}
