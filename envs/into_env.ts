/**
 * The contract of an environment that steps without allocating.
 *
 * @module
 */

import type { Action, Env, ResetOptions } from "./env.ts";
import type { BoxArray } from "./spaces/box_dtype.ts";

/**
 * An environment with Box observations that can also write them into the caller's memory, such as a row of a matrix.
 * {@linkcode Env.reset} and {@linkcode Env.step} give the same bits and may be mixed with these freely.
 *
 * @typeParam A The type of an action.
 * @typeParam O The type of an observation: that of the numbers of its Box.
 *
 * @example Usage
 * ```ts
 * import { CartPole, type IntoEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env: IntoEnv<number> = new CartPole();
 * const row = new Float32Array(4);
 * env.resetInto(row, { seed: 0 });
 * assertEquals(row, new CartPole().reset({ seed: 0 }).observation);
 * env.stepInto(1, row);
 * assertEquals([env.lastReward, env.lastTerminated], [1, false]);
 * ```
 */
export interface IntoEnv<A extends Action = Action, O extends BoxArray = Float32Array> extends Env<O, A> {
  /** The reward of the last step, by either method; meaningless before the first step. */
  readonly lastReward: number;
  /** Whether the last step, by either method, ended the task; meaningless before the first step. */
  readonly lastTerminated: boolean;

  /**
   * Starts an episode, like {@linkcode Env.reset}.
   *
   * @param into Receives the first observation; of the type and the length of the observation space's elements.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` has another type or length, and whenever {@linkcode Env.reset} does.
   */
  resetInto(into: O, options?: ResetOptions): void;

  /**
   * Takes one action, like {@linkcode Env.step}; the reward and the end are in {@linkcode IntoEnv.lastReward} and
   * {@linkcode IntoEnv.lastTerminated}. Never truncated: the caller counts steps against a time limit.
   *
   * @param action The action.
   * @param into Receives the observation; of the type and the length of the observation space's elements.
   * @throws {TypeError} When `into` has another type or length, and whenever {@linkcode Env.step} does.
   */
  stepInto(action: A, into: O): void;
}
