/**
 * The space of float32 vectors between bounds.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { float32Text, float32VectorText } from "./_float32_text.ts";
import { Generator, type GeneratorSnapshot } from "../random/generator.ts";
import type { Space } from "./space.ts";

/** 1 GiB in each bound and each observation. */
const MOST_ELEMENTS = 2 ** 28;

/** Options of {@linkcode Box}. */
export interface BoxOptions {
  /**
   * Lengths of the axes; elements lie in row-major order. Required if both bounds are single numbers.
   *
   * @default {the length of the bounds}
   */
  shape?: readonly number[];
  /**
   * What each element measures, with its unit, for tables and plots.
   *
   * @default {undefined}
   */
  names?: readonly string[];
}

/**
 * Float32 vectors; each element lies between its own bounds, inclusive, possibly infinite
 * (`gymnasium/spaces/box.py`). After the same seed it draws the same elements as Gymnasium.
 *
 * @example Usage
 * ```ts
 * import { Box } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const space = new Box(-2, 2, { shape: [1] });
 * space.seed(0);
 * assertEquals(space.sample(), Float32Array.of(0.5478467345237732));
 * assertEquals(space.contains(Float32Array.of(2.5)), false);
 * assertEquals(`${space}`, "Box(-2.0, 2.0, (1,), float32)");
 * ```
 */
export class Box implements Space<Float32Array> {
  /** Lengths of the axes; elements lie in row-major order. */
  readonly shape: readonly number[];
  /** The lower bound of each element, possibly -infinity; read-only. */
  readonly low: Float32Array;
  /** The upper bound of each element, possibly infinity; read-only. */
  readonly high: Float32Array;
  /** What each element measures, with its unit; undefined if not given. */
  readonly names: readonly string[] | undefined;
  #generator: Generator = new Generator(0);

  /**
   * Creates the space.
   *
   * @param low The lower bound, of each element or of all; rounded to float32.
   * @param high The upper bound, of each element or of all, not below `low`; rounded to float32.
   * @param options The shape, and what the elements measure.
   * @throws {TypeError} When neither a bound nor `shape` gives the number of elements, or an axis is not a whole
   * number from 1.
   * @throws {RangeError} When lengths do not match the shape, a bound is NaN, the wrong infinity or finite but not in
   * float32, a lower bound lies above its upper bound, or there are more than 2²⁸ elements.
   */
  constructor(low: number | ArrayLike<number>, high: number | ArrayLike<number>, options: BoxOptions = {}) {
    const action = "create a Box space";
    const length = typeof low === "number" ? typeof high === "number" ? undefined : high.length : low.length;
    const shape = options.shape ?? (length === undefined ? [] : [length]);
    if (shape.length === 0 || !shape.every((axis) => Number.isSafeInteger(axis) && axis > 0)) {
      throw refusal(TypeError, action, "shape must be of whole numbers from 1, at least one", `${shape}`);
    }
    const size = shape.reduce((product, axis) => product * axis, 1);
    if (size > MOST_ELEMENTS) {
      throw refusal(RangeError, action, `shape must make at most ${MOST_ELEMENTS} elements`, size);
    }
    this.shape = [...shape];
    this.low = bounds(low, size, "low");
    this.high = bounds(high, size, "high");
    for (let i = 0; i < size; i++) {
      const [below, above] = [this.low[i]!, this.high[i]!];
      if (!(below <= above) || below === Infinity || above === -Infinity) {
        throw new RangeError(
          `Cannot ${action}: low must not be above high, got ${below} and ${above} at ${i}`,
        );
      }
    }
    if (options.names !== undefined && options.names.length !== size) {
      throw refusal(RangeError, action, `names must be of length ${size}`, options.names);
    }
    this.names = options.names === undefined ? undefined : [...options.names];
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
   * Draws an element: uniform between two bounds, normal without bounds, exponential away from a single bound. All unbounded
   * elements are drawn first, then those bounded below, those bounded above, and those with both bounds, as in Gymnasium.
   *
   * @returns A new vector.
   */
  sample(): Float32Array {
    const { low, high } = this;
    const generator = this.#generator;
    const result = new Float32Array(low.length);
    for (let i = 0; i < result.length; i++) {
      if (low[i] === -Infinity && high[i] === Infinity) result[i] = generator.standardNormal();
    }
    for (let i = 0; i < result.length; i++) {
      if (low[i] !== -Infinity && high[i] === Infinity) result[i] = generator.standardExponential() + low[i]!;
    }
    for (let i = 0; i < result.length; i++) {
      if (low[i] === -Infinity && high[i] !== Infinity) {
        result[i] = high[i]! - generator.standardExponential();
      }
    }
    for (let i = 0; i < result.length; i++) {
      if (low[i] !== -Infinity && high[i] !== Infinity) result[i] = generator.uniform(low[i]!, high[i]!);
    }
    return result;
  }

  /**
   * Whether a value is an element.
   *
   * @param value Anything.
   * @returns True for a Float32Array of the right length with every element within its bounds.
   */
  contains(value: unknown): value is Float32Array {
    if (!(value instanceof Float32Array) || value.length !== this.low.length) return false;
    for (let i = 0; i < value.length; i++) {
      if (!(value[i]! >= this.low[i]! && value[i]! <= this.high[i]!)) return false;
    }
    return true;
  }

  /**
   * The space in Gymnasium's notation.
   *
   * @returns A text such as `Box(-1.0, 1.0, (3,), float32)`.
   */
  toString(): string {
    const axes = this.shape.length === 1 ? `${this.shape[0]},` : this.shape.join(", ");
    return `Box(${boundText(this.low)}, ${boundText(this.high)}, (${axes}), float32)`;
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

/** A bound for each element. */
function bounds(bound: number | ArrayLike<number>, size: number, name: string): Float32Array {
  const action = "create a Box space";
  if (typeof bound !== "number" && bound.length !== size) {
    throw refusal(RangeError, action, `${name} must be of length ${size}`, bound);
  }
  const values = typeof bound === "number" ? new Float32Array(size).fill(bound) : Float32Array.from(bound);
  for (let i = 0; i < size; i++) {
    const given = typeof bound === "number" ? bound : bound[i]!;
    if (Number.isFinite(given) === Number.isFinite(values[i])) continue;
    throw refusal(RangeError, action, `${name} must be finite in float32, or infinite`, given);
  }
  return values;
}

/** A bound in NumPy's notation: one number if all elements share it. */
function boundText(bound: Float32Array): string {
  const first = bound[0]!;
  return bound.every((value) => value === first) ? float32Text(first) : float32VectorText(bound);
}
