/**
 * Repeated actions.
 *
 * @module
 */

import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { BoxArray } from "../spaces/box_dtype.ts";
import { Box } from "../spaces/box.ts";
import type { Space } from "../spaces/space.ts";
import { refusal } from "../values/describe.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Repeats each action and shows the element-wise maximum of the last two observations; rewards are added up
 * (`gymnasium/wrappers/stateful_observation.py`, MaxAndSkipObservation; Mnih et al. 2015, Methods). If an episode ends on the way, the last two
 * observations are those before its end, or the only one; Gymnasium shows what it still has of an earlier step.
 *
 * @typeParam A The type of an action.
 * @typeParam O The type of an observation.
 *
 * @example Usage
 * ```ts
 * import { makeEnv, MaxAndSkipObservation } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new MaxAndSkipObservation(makeEnv("CartPole-v1"), 4);
 * env.reset({ seed: 0 });
 * assertEquals(env.step(1).reward, 4);
 * ```
 */
export class MaxAndSkipObservation<A extends Action, O extends BoxArray = BoxArray> extends Wrapper<O, A> {
  readonly #skip: number;

  /**
   * Wraps an environment.
   *
   * @param env An environment with a Box of observations.
   * @param skip How often each action is taken, a whole number from 2.
   * @throws {TypeError} When the observations are not a Box, or the number is not a whole number.
   * @throws {RangeError} When the number is below 2.
   */
  constructor(env: Env<O, A>, skip: number = 4) {
    const action = `repeat actions of ${env.id}`;
    const space: Space<unknown> = env.observationSpace;
    if (!(space instanceof Box)) {
      throw new TypeError(`Cannot ${action}: observationSpace must be a Box, got ${space}`);
    }
    const expected = "skip must be a whole number from 2";
    if (!Number.isSafeInteger(skip)) throw refusal(TypeError, action, expected, skip);
    if (skip < 2) throw refusal(RangeError, action, expected, skip);
    super(env, "MaxAndSkipObservation", { skip });
    this.#skip = skip;
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
   * Takes one action several times, until the episode ends.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the last step, with the sum of the rewards and the maximum of the last two observations.
   */
  step(action: A): StepResult<O> {
    let result = this.env.step(action);
    let previous = result.observation;
    let reward = result.reward;
    for (let i = 1; i < this.#skip && !result.terminated && !result.truncated; i++) {
      previous = result.observation;
      result = this.env.step(action);
      reward += result.reward;
    }
    const { observation } = result;
    for (let i = 0; i < observation.length; i++) {
      if (previous[i]! > observation[i]!) observation[i] = previous[i]!;
    }
    return { ...result, reward };
  }
}
