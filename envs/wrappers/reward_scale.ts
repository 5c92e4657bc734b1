/**
 * Scaled rewards.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import type { Action, Env, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Multiplies every reward by a factor, so that the values to learn have a size that suits a network.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { makeEnv, RewardScale } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new RewardScale(makeEnv("MountainCar-v0"), 0.01);
 * env.reset({ seed: 0 });
 * assertEquals(env.step(2).reward, -0.01);
 * ```
 */
export class RewardScale<O extends Observation, A extends Action> extends Wrapper<O, A> {
  /** The factor of rewards. */
  readonly factor: number;

  /**
   * Wraps an environment.
   *
   * @param env The environment.
   * @param factor The factor, finite.
   * @throws {TypeError} When the factor is not a number.
   * @throws {RangeError} When it is not finite.
   */
  constructor(env: Env<O, A>, factor: number) {
    const action = `scale rewards of ${env.id}`;
    if (typeof factor !== "number") throw refusal(TypeError, action, "factor must be a number", factor);
    if (factor - factor !== 0) throw refusal(RangeError, action, "factor must be finite", factor);
    super(env, "RewardScale", { factor });
    this.factor = factor;
  }

  /** The observations of the wrapped environment. */
  get observationSpace(): Space<O> {
    return this.env.observationSpace;
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment.
   */
  reset(options: ResetOptions = {}): ResetResult<O> {
    return this.env.reset(options);
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the reward multiplied.
   */
  step(action: A): StepResult<O> {
    const result = this.env.step(action);
    return { ...result, reward: result.reward * this.factor };
  }
}
