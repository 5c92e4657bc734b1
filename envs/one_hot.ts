/**
 * Whole numbers made vectors, for networks.
 *
 * @module
 */

import { refusal } from "./_describe.ts";
import { requireDiscrete } from "./_require_space.ts";
import { Box } from "./box.ts";
import type { Discrete } from "./discrete.ts";
import type { Action, Env, ResetOptions, ResetResult, StepResult } from "./env.ts";
import type { Space } from "./space.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Shows a Discrete observation as a vector with a 1 at its place and 0 elsewhere, so that a network can learn from it.
 *
 * @typeParam A The type of an action.
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
export class OneHot<A extends Action> extends Wrapper<Float32Array, A, number, A> {
  /** One element from 0 to 1 per observation of the environment within. */
  readonly observationSpace: Box;
  readonly #space: Discrete;

  /**
   * Wraps an environment.
   *
   * @param env An environment with Discrete observations.
   * @throws {TypeError} When the observations are not Discrete.
   */
  constructor(env: Env<number, A>) {
    const space = requireDiscrete(`make ${env.id} one-hot`, "observationSpace", env.observationSpace);
    super(env, "OneHot");
    this.#space = space;
    const { n, meanings } = space;
    this.observationSpace = new Box(
      0,
      1,
      meanings === undefined ? { shape: [n] } : { shape: [n], names: meanings },
    );
  }

  /** The actions of the environment within. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns What the environment within returns, the observation as a vector.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#encode(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the environment within.
   * @returns What the environment within returns, the observation as a vector.
   */
  step(action: A): StepResult<Float32Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#encode(result.observation) };
  }

  #encode(observation: number): Float32Array {
    const { n, start } = this.#space;
    const result = new Float32Array(n);
    if (!this.#space.contains(observation)) {
      throw refusal(
        RangeError,
        `make ${this.id} one-hot`,
        `observation must be in ${this.#space}`,
        observation,
      );
    }
    result[observation - start] = 1;
    return result;
  }
}
