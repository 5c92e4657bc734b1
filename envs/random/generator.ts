/**
 * NumPy's random generator, the source of all randomness in environments and spaces.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { drawExponential, drawNormal } from "./_ziggurat.ts";
import { Pcg64, type Pcg64Snapshot } from "./pcg64.ts";

/** The state of a {@linkcode Generator} as plain JSON values. */
export type GeneratorSnapshot = Pcg64Snapshot;

/** The tolerance for the sum of probabilities, NumPy's √ε. */
const SUM_TOLERANCE = 1.4901161193847656e-8;

/**
 * NumPy's `Generator(PCG64(SeedSequence(seed)))`, as Gymnasium's `np_random(seed)` creates it: the same seed gives
 * the same draws, bit for bit (`numpy/random/_generator.pyx`). Only {@linkcode standardNormal} and
 * {@linkcode standardExponential} agree to 1e-13 relative instead.
 *
 * @example Usage
 * ```ts
 * import { Generator } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const generator = new Generator(42); // numpy.random.default_rng(42)
 * assertEquals(generator.random(), 0.7739560485559633);
 * const resumed = Generator.from(generator.snapshot());
 * assertEquals(resumed.uniform(-1, 1), generator.uniform(-1, 1));
 * assertEquals(resumed.integers(0, 6), generator.integers(0, 6));
 * ```
 */
export class Generator {
  #bits: Pcg64;

  /**
   * Starts the stream of a seed.
   *
   * @param seed A whole number from 0 to 2⁵³ − 1, or a bigint from 0 of any size.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  constructor(seed: number | bigint) {
    this.#bits = new Pcg64(seed);
  }

  /**
   * Continues from a snapshot.
   *
   * @param snapshot What {@linkcode Generator.snapshot} returned, possibly via JSON.
   * @returns A generator that draws what the other would have drawn next.
   * @throws {TypeError} When the snapshot is not of that form.
   */
  static from(snapshot: GeneratorSnapshot): Generator {
    const bits = Pcg64.from(snapshot);
    const result = new Generator(0);
    result.#bits = bits;
    return result;
  }

  /**
   * The state as plain JSON values.
   *
   * @returns The snapshot.
   */
  snapshot(): GeneratorSnapshot {
    return this.#bits.snapshot();
  }

  /**
   * Draws from [0, 1).
   *
   * @returns A multiple of 2⁻⁵³, at least 0 and below 1.
   */
  random(): number {
    return this.#bits.nextDouble();
  }

  /**
   * Draws from [low, high).
   *
   * @param low The lower end, finite.
   * @param high The upper end, finite and not below `low`; rounding may return it.
   * @returns low + (high − low) times one {@linkcode random}.
   * @throws {RangeError} When an end is not finite, or `low` is above `high`.
   */
  uniform(low: number, high: number): number {
    const span = high - low;
    if (!(span >= 0 && span < Infinity)) {
      throw new RangeError(
        `Cannot draw a uniform number: low and high must be finite, low first, got ${low} and ${high}`,
      );
    }
    return low + span * this.#bits.nextDouble();
  }

  /**
   * Draws a whole number from `low` to `high` − 1, all equally likely (D. Lemire, "Fast Random Integer Generation in an
   * Interval", 2019). A single candidate costs no draw; up to 2³² candidates cost 32-bit draws, more cost 64-bit draws.
   *
   * @param low The smallest result, a whole number.
   * @param high One above the largest result, a whole number above `low`.
   * @returns A whole number, at least `low` and below `high`; of the arguments' type.
   * @throws {TypeError} When an argument is not a whole number, or the two differ in type.
   * @throws {RangeError} When `high` is not above `low`, or bigints are more than 2⁶⁴ apart.
   */
  integers(low: number, high: number): number;
  /**
   * Draws a whole number from `low` to `high` − 1, all equally likely; with bigints, from ranges as large as 2⁶⁴.
   *
   * @param low The smallest result.
   * @param high One above the largest result, above `low` by at most 2⁶⁴.
   * @returns A whole number, at least `low` and below `high`.
   */
  integers(low: bigint, high: bigint): bigint;
  integers(low: number | bigint, high: number | bigint): number | bigint {
    const action = "draw a whole number";
    if (typeof low === "bigint" && typeof high === "bigint") {
      const count = high - low;
      if (count <= 0n || count > 0x1_0000_0000_0000_0000n) {
        throw refusal(RangeError, action, `high must be above ${low} by at most 2^64`, high);
      }
      return low + (count > 0x1_0000_0000n ? this.#below64(count) : BigInt(this.#below32(Number(count))));
    }
    if (typeof low !== "number" || !Number.isSafeInteger(low)) {
      throw refusal(TypeError, action, "low must be a whole number (both bounds of one type)", low);
    }
    if (typeof high !== "number" || !Number.isSafeInteger(high)) {
      throw refusal(TypeError, action, "high must be a whole number (both bounds of one type)", high);
    }
    const count = high - low;
    if (count <= 0) throw refusal(RangeError, action, `high must be above low (${low})`, high);
    if (count <= 0x1_0000_0000) return low + this.#below32(count);
    return Number(BigInt(low) + this.#below64(BigInt(high) - BigInt(low)));
  }

  /**
   * Draws an element, all equally likely, as NumPy's `choice(values)`.
   *
   * @typeParam T The type of an element.
   * @param values The elements, at least one.
   * @returns One of them.
   * @throws {RangeError} When there are none.
   */
  choice<T>(values: readonly T[]): T {
    if (values.length === 0) {
      throw new RangeError("Cannot choose an element: values must not be empty, got Array of length 0");
    }
    return values[this.#below32(values.length)]!;
  }

  /**
   * Puts elements into a random order, all equally likely, as NumPy's `shuffle(list)`.
   *
   * @param values The elements, reordered in place.
   */
  shuffle(values: unknown[]): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.#upTo32(i);
      [values[i], values[j]] = [values[j], values[i]];
    }
  }

  /**
   * Draws an index by given probabilities, as NumPy's `choice(n, p=…)`: one {@linkcode random} against the cumulative
   * sum divided by its last element.
   *
   * @param probabilities One probability per index, from 0, together 1 to within 1.5e-8.
   * @returns The index, from 0.
   * @throws {RangeError} When there are none, one is negative or NaN, or the sum is not 1.
   */
  weightedIndex(probabilities: ArrayLike<number>): number {
    const total = sumOf(probabilities);
    const draw = this.random();
    let cumulative = 0;
    for (let i = 0; i < probabilities.length; i++) {
      cumulative += probabilities[i]!;
      if (cumulative / total > draw) return i;
    }
    return probabilities.length - 1;
  }

  /**
   * Draws an index by given probabilities, as Gymnasium's `categorical_sample` (`envs/toy_text/utils.py`): the first
   * index whose cumulative sum, not normalised, exceeds one {@linkcode random}; 0 if rounding leaves none.
   *
   * @param probabilities One probability per index, from 0, together 1 to within 1.5e-8.
   * @returns The index, from 0.
   * @throws {RangeError} When there are none, one is negative or NaN, or the sum is not 1.
   */
  categoricalSample(probabilities: ArrayLike<number>): number {
    sumOf(probabilities);
    const draw = this.random();
    let cumulative = 0;
    for (let i = 0; i < probabilities.length; i++) {
      cumulative += probabilities[i]!;
      if (cumulative > draw) return i;
    }
    return 0;
  }

  /**
   * Draws from the normal distribution with mean 0 and standard deviation 1, as NumPy to 1e-13 relative; rounded to
   * float32 it is NumPy's draw.
   *
   * @returns Any number.
   */
  standardNormal(): number {
    return drawNormal(this.#bits);
  }

  /**
   * Draws from the exponential distribution with mean 1, as NumPy to 1e-13 relative; rounded to float32 it is NumPy's
   * draw.
   *
   * @returns A number from 0.
   */
  standardExponential(): number {
    return drawExponential(this.#bits);
  }

  /** Lemire's method with 32-bit draws; `count` from 1 to 2³². */
  #below32(count: number): number {
    if (count === 1) return 0;
    if (count === 0x1_0000_0000) return this.#bits.nextUint32();
    while (true) {
      const draw = this.#bits.nextUint32();
      const low = Math.imul(draw, count) >>> 0;
      // The threshold is below count: most draws need no division.
      if (low >= count || low >= (0x1_0000_0000 - count) % count) {
        const middle = Math.floor((draw & 0xffff) * count / 65536);
        return Math.floor(((draw >>> 16) * count + middle) / 65536);
      }
    }
  }

  /** Draws as many bits as `last` has until they are at most `last`. */
  #upTo32(last: number): number {
    const mask = 0xffffffff >>> Math.clz32(last);
    while (true) {
      const draw = (this.#bits.nextUint32() & mask) >>> 0;
      if (draw <= last) return draw;
    }
  }

  /** Lemire's method with 64-bit draws; `count` from 2³² + 1 to 2⁶⁴. */
  #below64(count: bigint): bigint {
    while (true) {
      const product = this.#bits.nextBigUint64() * count;
      const low = BigInt.asUintN(64, product);
      if (low >= count || low >= (0x1_0000_0000_0000_0000n - count) % count) return product >> 64n;
    }
  }
}

/** The sum of probabilities, checked. */
function sumOf(probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i]!;
    if (!(probability >= 0)) {
      throw refusal(RangeError, "draw an index", `probability ${i} must be at least 0`, probability);
    }
    sum += probability;
  }
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    throw refusal(RangeError, "draw an index", "probabilities must add up to 1", sum);
  }
  return sum;
}
