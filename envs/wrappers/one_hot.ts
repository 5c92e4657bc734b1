/**
 * Whole numbers as vectors, for networks.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { Box } from "../spaces/box.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Tuple } from "../spaces/tuple.ts";
import { Wrapper } from "./wrapper.ts";

/** 4 MiB in each observation, of which a replay buffer keeps two a step. */
const MOST_ELEMENTS = 2 ** 20;

/**
 * Turns a Discrete observation into a vector with a 1 at its index and 0 elsewhere, and a Tuple of them into the
 * concatenation of such vectors, so that a network can learn from it (`gymnasium/wrappers/transform_observation.py`, FlattenObservation).
 *
 * @typeParam A The type of an action.
 * @typeParam O The type of an observation of the wrapped environment.
 *
 * @example Usage
 * ```ts
 * import { Discretize, makeEnv, OneHot } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new OneHot(new Discretize(makeEnv("MountainCar-v0"), { bins: [4, 1] }));
 * assertEquals(env.reset({ seed: 0 }).observation, Float32Array.of(0, 1, 0, 0));
 * ```
 */
export class OneHot<A extends Action, O extends number | readonly number[] = number>
  extends Wrapper<Float32Array, A, O, A> {
  /** One element from 0 to 1 per observation of the wrapped environment, or per value of each number of its tuples. */
  readonly observationSpace: Box;
  readonly #spaces: readonly Discrete[];

  /**
   * Wraps an environment.
   *
   * @param env An environment with Discrete observations, or Tuples of them.
   * @throws {TypeError} When the observations are neither.
   * @throws {RangeError} When the vector would have more than 2²⁰ elements.
   */
  constructor(env: Env<O, A>) {
    const spaces = discreteSpaces(env);
    const length = spaces.reduce((sum, { n }) => sum + n, 0);
    if (length > MOST_ELEMENTS) {
      const expected = `observationSpace must have at most ${MOST_ELEMENTS} values`;
      throw refusal(RangeError, `make ${env.id} one-hot`, expected, length);
    }
    super(env, "OneHot");
    this.#spaces = spaces;
    const shape = [length];
    const meanings = spaces.length === 1 ? spaces[0]!.meanings : undefined;
    this.observationSpace = new Box(0, 1, meanings === undefined ? { shape } : { shape, names: meanings });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the observation as a vector.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#encode(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the observation as a vector.
   */
  step(action: A): StepResult<Float32Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#encode(result.observation) };
  }

  #encode(observation: O): Float32Array {
    const numbers: readonly number[] = typeof observation === "number" ? [observation] : observation;
    if (!this.env.observationSpace.contains(observation)) {
      throw refusal(
        RangeError,
        `make ${this.id} one-hot`,
        `observation must be in ${this.env.observationSpace}`,
        observation,
      );
    }
    const result = new Float32Array(this.observationSpace.low.length);
    let offset = 0;
    this.#spaces.forEach(({ n, start }, i) => {
      result[offset + numbers[i]! - start] = 1;
      offset += n;
    });
    return result;
  }
}

function discreteSpaces({ id, observationSpace: space }: Env): readonly Discrete[] {
  if (space instanceof Discrete) return [space];
  if (space instanceof Tuple) return space.spaces;
  throw new TypeError(
    `Cannot make ${id} one-hot: observationSpace must be Discrete or a Tuple of Discrete, got ${space}`,
  );
}
