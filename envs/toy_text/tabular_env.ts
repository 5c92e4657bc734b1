/**
 * The contract of an environment whose dynamics are a table.
 *
 * @module
 */

import type { Discrete } from "../spaces/discrete.ts";
import type { Env } from "../env.ts";

/** One outcome of an action: how likely it is, where it leads, what it pays, and whether the episode ends there. */
export type Outcome = readonly [
  probability: number,
  nextState: number,
  reward: number,
  terminated: boolean,
];

/**
 * An environment with few states, each its own observation, and a table of what every action does in each: all that
 * planning needs, and a yardstick for learning (Gymnasium's `env.unwrapped.P` and `initial_state_distrib`).
 *
 * @example Two sweeps of value iteration
 * ```ts
 * import { FrozenLake, type TabularEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env: TabularEnv = new FrozenLake({ isSlippery: false });
 * const values = new Float64Array(env.observationSpace.n);
 * for (let sweep = 0; sweep < 2; sweep++) {
 *   for (let state = 0; state < values.length; state++) {
 *     const returns = [0, 1, 2, 3].map((action) =>
 *       env.transitions(state, action).reduce(
 *         (sum, [probability, next, reward, terminated]) =>
 *           sum + probability * (reward + (terminated ? 0 : 0.9 * values[next]!)),
 *         0,
 *       )
 *     );
 *     values[state] = Math.max(...returns);
 *   }
 * }
 * assertEquals([values[14], values[13]], [1, 0.9]);
 * ```
 */
export interface TabularEnv extends Env<number, number> {
  /** The states, numbered from 0. */
  readonly observationSpace: Discrete;
  /** The actions, numbered from 0. */
  readonly actionSpace: Discrete;
  /** How likely an episode starts in each state; not to be written to. */
  readonly initialDistribution: Float64Array;

  /**
   * What an action may do in a state; probabilities sum to 1, and the same next state may be named more than once. Not to
   * be written to.
   *
   * @param state A state of the observation space.
   * @param action An action of the action space.
   * @returns The outcomes, in the order in which Gymnasium lists them.
   * @throws {RangeError} When the state or the action does not exist.
   */
  transitions(state: number, action: number): readonly Outcome[];
}
