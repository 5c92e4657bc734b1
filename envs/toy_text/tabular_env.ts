/**
 * The contract of an environment whose dynamics are a table.
 *
 * @module
 */

import type { Discrete } from "../spaces/discrete.ts";
import type { Env } from "../env.ts";

/** One outcome of an action: its probability, the next state, the reward, and whether the episode ends. */
export type Outcome = readonly [
  probability: number,
  nextState: number,
  reward: number,
  terminated: boolean,
];

/**
 * An environment with few states, which are its observations, and a table of the outcomes of every action: enough for
 * planning, and a yardstick for learning (Gymnasium's `env.unwrapped.P` and `initial_state_distrib`).
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
  /** The probability of each first state; read-only. */
  readonly initialDistribution: Float64Array;

  /**
   * The outcomes of an action in a state; probabilities sum to 1, and a next state may occur more than once.
   * Read-only.
   *
   * @param state A state of the observation space.
   * @param action An action of the action space.
   * @returns The outcomes, in Gymnasium's order.
   * @throws {RangeError} When the state or the action does not exist.
   */
  transitions(state: number, action: number): readonly Outcome[];
}
