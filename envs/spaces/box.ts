/**
 * The space of arrays between bounds.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { boundsOf, boundText } from "./_box_bounds.ts";
import { drawBytes, drawFloats } from "./_box_sample.ts";
import { Generator, type GeneratorSnapshot } from "../random/generator.ts";
import {
  BOX_DTYPES,
  type BoxArrays,
  type BoxDtype,
  isBoxArray,
  isBoxDtype,
  newBoxArray,
} from "./box_dtype.ts";
import type { Space } from "./space.ts";

/** 1 GiB in each bound and each observation of float32. */
const MOST_ELEMENTS = 2 ** 28;

/**
 * Options of {@linkcode Box}.
 *
 * @typeParam D The type of the numbers.
 */
export interface BoxOptions<D extends BoxDtype = "float32"> {
  /**
   * The type of the numbers, by NumPy's name: `"float32"`, or `"uint8"` for the whole numbers from 0 to 255 of images.
   *
   * @default {"float32"}
   */
  dtype?: D;
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
 * Arrays of numbers; each number lies between its own bounds, inclusive, possibly infinite
 * (`gymnasium/spaces/box.py`). An element is a Float32Array, or a Uint8Array if the dtype is `"uint8"`; it holds an array of any shape
 * in row-major order, an image by rows, columns and channels. After the same seed it draws the same elements as Gymnasium.
 *
 * @typeParam D The type of the numbers.
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
 *
 * const images = new Box(0, 255, { shape: [84, 84, 3], dtype: "uint8" });
 * const image: Uint8Array = images.sample();
 * assertEquals(image.length, 84 * 84 * 3);
 * assertEquals(`${images}`, "Box(0, 255, (84, 84, 3), uint8)");
 * ```
 */
export class Box<D extends BoxDtype = "float32"> implements Space<BoxArrays[D]> {
  /** The type of the numbers. */
  readonly dtype: D;
  /** Lengths of the axes; elements lie in row-major order. */
  readonly shape: readonly number[];
  /** The lower bound of each number, possibly -infinity; read-only. */
  readonly low: BoxArrays[D];
  /** The upper bound of each number, possibly infinity; read-only. */
  readonly high: BoxArrays[D];
  /** What each element measures, with its unit; undefined if not given. */
  readonly names: readonly string[] | undefined;
  #generator: Generator = new Generator(0);

  /**
   * Creates the space.
   *
   * @param low The lower bound, of each number or of all; rounded to float32, or a whole number from 0 to 255 for `"uint8"`.
   * @param high The upper bound, of each number or of all, not below `low`; in the same way.
   * @param options The dtype, the shape, and what the numbers measure.
   * @throws {TypeError} When neither a bound nor `shape` gives the number of elements, or an axis is not a whole
   * number from 1.
   * @throws {RangeError} When lengths do not match the shape, a bound is NaN, the wrong infinity, finite but not in
   * float32, or not in uint8, a lower bound lies above its upper bound, the dtype is unknown, or there are more than 2²⁸ elements.
   */
  constructor(
    low: number | ArrayLike<number>,
    high: number | ArrayLike<number>,
    options: BoxOptions<D> = {},
  ) {
    const action = "create a Box space";
    this.dtype = dtypeOf(options.dtype);
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
    this.low = boundsOf(this.dtype, low, size, "low");
    this.high = boundsOf(this.dtype, high, size, "high");
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
   * numbers are drawn first, then those bounded below, those bounded above, and those with both bounds, as in Gymnasium.
   *
   * @returns A new array.
   */
  sample(): BoxArrays[D] {
    const result = newBoxArray(this.dtype, this.low.length);
    const draw = this.dtype === "uint8" ? drawBytes : drawFloats;
    draw(result, this.low, this.high, this.#generator);
    return result;
  }

  /**
   * Whether a value is an element.
   *
   * @param value Anything.
   * @returns True for an array of the dtype and the right length with every number within its bounds.
   */
  contains(value: unknown): value is BoxArrays[D] {
    if (!isBoxArray<BoxDtype>(this.dtype, value) || value.length !== this.low.length) return false;
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
    return `Box(${boundText(this.low)}, ${boundText(this.high)}, (${axes}), ${this.dtype})`;
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

/** The type of the numbers, by default float32. */
function dtypeOf<D extends BoxDtype>(dtype: D | undefined): D;
function dtypeOf(dtype: BoxDtype = "float32"): BoxDtype {
  if (!isBoxDtype(dtype)) throw refusal(RangeError, "create a Box space", BOX_DTYPES, dtype);
  return dtype;
}
