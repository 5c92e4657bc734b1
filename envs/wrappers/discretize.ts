/**
 * Vectors as whole numbers, for tables.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { elementName, requireBox } from "../spaces/require_space.ts";
import type { Box } from "../spaces/box.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/** Options of {@linkcode Discretize}. */
export interface DiscretizeOptions {
  /** Number of bins of each element, or of all: whole numbers from 1. An element with one bin is ignored. */
  bins: number | readonly number[];
  /**
   * The start of the first bin of each element, or of all; undefined for an element's bound in the space.
   *
   * @default {the bounds of the space}
   */
  low?: number | readonly (number | undefined)[];
  /**
   * The end of the last bin of each element, or of all; undefined for an element's bound in the space.
   *
   * @default {the bounds of the space}
   */
  high?: number | readonly (number | undefined)[];
}

/**
 * Turns a Box observation into one whole number, for tables: each element falls into one of its equally wide bins, and
 * the bins' numbers are the digits of the result, the first element's the most significant. Values below the first bin
 * belong to the first, values above the last to the last.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { Discretize, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * // The velocities of CartPole have no bounds: say where they matter. Where the cart is does not.
 * const env = new Discretize(makeEnv("CartPole-v1"), {
 *   bins: [1, 3, 6, 3],
 *   low: [undefined, -1, -0.21, -2],
 *   high: [undefined, 1, 0.21, 2],
 * });
 * assertEquals(`${env.observationSpace}`, "Discrete(54)");
 * assertEquals(env.index(Float32Array.of(0, 0, -0.2, 99)), 1 * 6 * 3 + 0 * 3 + 2);
 * assertEquals(env.reset({ seed: 0 }).observation, 1 * 6 * 3 + 2 * 3 + 1);
 * ```
 */
export class Discretize<A extends Action> extends Wrapper<number, A, Float32Array, A> {
  /** One element per combination of bins. */
  readonly observationSpace: Discrete;
  readonly #bins: readonly number[];
  readonly #low: readonly number[];
  readonly #high: readonly number[];

  /**
   * Wraps an environment.
   *
   * @param env An environment with a Box of observations.
   * @param options The bins.
   * @throws {TypeError} When the observations are not a Box, or a number of bins or a bound is not a number.
   * @throws {RangeError} When there are no bins or too many, lengths do not match, or a bound is infinite or not below
   * the other.
   */
  constructor(env: Env<Float32Array, A>, options: DiscretizeOptions) {
    const action = `discretize ${env.id}`;
    const box = requireBox(action, "observationSpace", env.observationSpace);
    const bins = binsOf(action, box, options.bins);
    const low = boundsOf(action, box, bins, "low", options.low);
    const high = boundsOf(action, box, bins, "high", options.high);
    bins.forEach((count, i) => {
      if (count > 1 && !(high[i]! - low[i]! > 0 && high[i]! - low[i]! < Infinity)) {
        throw new RangeError(
          `Cannot ${action}: low of ${elementName(box, i)} must be below high, got ${low[i]} and ${high[i]}`,
        );
      }
    });
    const states = bins.reduce((product, count) => product * count, 1);
    if (states > 0xffffffff) {
      throw refusal(RangeError, action, "bins must make at most 2^32 - 1 combinations", states);
    }
    super(env, "Discretize", { bins, low, high });
    this.observationSpace = new Discrete(states);
    this.#bins = bins;
    this.#low = low;
    this.#high = high;
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * The number that stands for an observation.
   *
   * @param observation An observation of the wrapped environment.
   * @returns An element of {@linkcode observationSpace}.
   * @throws {RangeError} When the observation has another length, or an element is NaN.
   */
  index(observation: Float32Array): number {
    const bins = this.#bins;
    if (observation.length !== bins.length) {
      const expected = `observation must be of length ${bins.length}`;
      throw refusal(RangeError, `discretize ${this.id}`, expected, observation);
    }
    let result = 0;
    for (let i = 0; i < bins.length; i++) {
      const count = bins[i]!;
      const value = observation[i]!;
      if (value !== value) {
        throw refusal(RangeError, `discretize ${this.id}`, `observation ${i} must be a number`, value);
      }
      const low = this.#low[i]!;
      const bin = count === 1 ? 0 : Math.floor((value - low) * count / (this.#high[i]! - low));
      result = result * count + Math.min(Math.max(bin, 0), count - 1);
    }
    return result;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the observation as a number.
   */
  reset(options: ResetOptions = {}): ResetResult<number> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.index(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the observation as a number.
   */
  step(action: A): StepResult<number> {
    const result = this.env.step(action);
    return { ...result, observation: this.index(result.observation) };
  }
}

/** The number of bins of each element. */
function binsOf(action: string, box: Box, bins: unknown): number[] {
  return perElement(action, box, "bins", bins).map((count, i) => {
    const expected = `bins of ${elementName(box, i)} must be a whole number from 1`;
    if (typeof count !== "number" || !Number.isSafeInteger(count)) {
      throw refusal(TypeError, action, expected, count);
    }
    if (count < 1) throw refusal(RangeError, action, expected, count);
    return count;
  });
}

/** A bound of the bins of each element: from the option, else from the space; 0 for a single bin. */
function boundsOf(
  action: string,
  box: Box,
  bins: readonly number[],
  name: "low" | "high",
  option: unknown,
): number[] {
  return perElement(action, box, name, option).map((given, i) => {
    if (given !== undefined && typeof given !== "number") {
      throw refusal(TypeError, action, `${name} of ${elementName(box, i)} must be a number`, given);
    }
    const bound = given ?? box[name][i]!;
    if (bins[i] === 1) return 0;
    if (!Number.isFinite(bound)) {
      const expected = `${name} of ${elementName(box, i)} must be finite (give it in the options)`;
      throw refusal(RangeError, action, expected, bound);
    }
    return bound;
  });
}

/** An option for each element, from one for all or a list. */
function perElement(action: string, box: Box, name: string, option: unknown): unknown[] {
  const length = box.low.length;
  if (!Array.isArray(option)) return new Array<unknown>(length).fill(option);
  if (option.length !== length) {
    throw refusal(RangeError, action, `${name} must be of length ${length}`, option);
  }
  return Array.from(option);
}
