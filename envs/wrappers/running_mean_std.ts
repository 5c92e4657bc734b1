/**
 * Mean and deviation of a stream of vectors.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { requireObject } from "../env_core.ts";
import { numberFromJson, numbersFromJson, numbersToJson } from "../values/json_numbers.ts";

/** The state of a {@linkcode RunningMeanStd} as plain JSON values. */
export interface RunningMeanStdSnapshot {
  /** The mean of each element. */
  readonly mean: readonly (number | string)[];
  /** The variance of each element. */
  readonly variance: readonly (number | string)[];
  /** The number of vectors. */
  readonly count: number;
}

/**
 * Mean and variance of each element of a stream of vectors, in float64 (`gymnasium/wrappers/utils.py`, class
 * `RunningMeanStd`; T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing
 * Sample Variances", 1979). It starts with mean 0 and variance 1, with the weight of a ten-thousandth of a vector.
 *
 * @example Usage
 * ```ts
 * import { RunningMeanStd } from "@bellman/dqn/envs";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const statistics = new RunningMeanStd(1);
 * for (const value of [2, 4, 6]) statistics.update([value]);
 * assertAlmostEquals(statistics.mean[0]!, 4, 1e-3);
 * assertAlmostEquals(statistics.variance[0]!, 8 / 3, 1e-3);
 * ```
 */
export class RunningMeanStd {
  /** The mean of each element; read-only. */
  readonly mean: Float64Array;
  /** The variance of each element, the mean square of the distance from the mean; read-only. */
  readonly variance: Float64Array;
  #count = 1e-4;

  /**
   * Starts without a vector.
   *
   * @param length Number of elements, a whole number from 1.
   * @throws {TypeError} When the length is not a whole number.
   * @throws {RangeError} When it is below 1.
   */
  constructor(length: number) {
    const action = "create running statistics";
    const expected = "length must be a whole number from 1";
    if (!Number.isSafeInteger(length)) throw refusal(TypeError, action, expected, length);
    if (length < 1) throw refusal(RangeError, action, expected, length);
    this.mean = new Float64Array(length);
    this.variance = new Float64Array(length).fill(1);
  }

  /** The number of vectors so far, plus a ten-thousandth. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds a vector.
   *
   * @param values The vector.
   * @throws {RangeError} When it has another length, or an element is not finite, or so large that the variance would not be finite;
   * nothing has changed then.
   */
  update(values: ArrayLike<number>): void {
    const { mean, variance } = this;
    if (values.length !== mean.length) {
      throw refusal(
        RangeError,
        "update running statistics",
        `values must be of length ${mean.length}`,
        values,
      );
    }
    const count = this.#count;
    const total = count + 1;
    for (let i = 0; i < mean.length; i++) {
      const delta = values[i]! - mean[i]!;
      if (variance[i]! * count + delta * delta < Infinity) continue;
      const expected = `value ${i} must be finite, and so must its variance`;
      throw refusal(RangeError, "update running statistics", expected, values[i]);
    }
    for (let i = 0; i < mean.length; i++) {
      const delta = values[i]! - mean[i]!;
      mean[i] = mean[i]! + delta / total;
      variance[i] = (variance[i]! * count + delta * delta * count / total) / total;
    }
    this.#count = total;
  }

  /**
   * The standard deviation of each element.
   *
   * @param epsilon Added to the variance, so that a constant element can be divided by it; from 0, finite.
   * @returns A new array.
   * @throws {RangeError} When `epsilon` is negative or not finite.
   */
  std(epsilon: number = 0): Float64Array {
    if (!(epsilon >= 0 && epsilon < Infinity)) {
      throw refusal(RangeError, "read running statistics", "epsilon must be finite and from 0", epsilon);
    }
    return this.variance.map((value) => Math.sqrt(value + epsilon));
  }

  /**
   * The statistics as plain JSON values.
   *
   * @returns The snapshot.
   */
  snapshot(): RunningMeanStdSnapshot {
    return { mean: numbersToJson(this.mean), variance: numbersToJson(this.variance), count: this.#count };
  }

  /**
   * Restores a snapshot. If it throws, nothing has changed.
   *
   * @param snapshot What {@linkcode snapshot} returned, possibly via JSON.
   * @throws {TypeError} When the snapshot is not of that form and length.
   * @throws {RangeError} When a number is not finite, or a variance or the count is negative.
   */
  restore(snapshot: RunningMeanStdSnapshot): void {
    this.prepare("restore running statistics", snapshot)();
  }

  /**
   * Reads a snapshot without applying it yet.
   *
   * @param action The action, for error messages.
   * @param snapshot The snapshot.
   * @returns A function that applies it and cannot fail.
   * @throws {TypeError} When the snapshot is not of that form and length.
   * @throws {RangeError} When a number is not finite, or a variance or the count is negative.
   */
  prepare(action: string, snapshot: unknown): () => void {
    const values = requireObject(action, "statistics", snapshot);
    const mean = numbersFromJson(action, "mean", values["mean"], this.mean.length);
    const variance = numbersFromJson(action, "variance", values["variance"], this.mean.length);
    const count = numberFromJson(action, "count", values["count"]);
    const odd = [...variance, count].find((value) => !(value >= 0 && value < Infinity));
    if (odd !== undefined) {
      throw refusal(RangeError, action, "variance and count must be finite and from 0", odd);
    }
    const oddMean = mean.find((value) => value - value !== 0);
    if (oddMean !== undefined) throw refusal(RangeError, action, "mean must be finite", oddMean);
    return () => {
      this.mean.set(mean);
      this.variance.set(variance);
      this.#count = count;
    };
  }
}
