/**
 * What a Q-value should have been.
 *
 * @module
 */

import type { Matrix } from "../nn/matrix.ts";

/**
 * TD targets: reward + gamma · next value, and the reward alone where the task ended (Mnih et al. 2015, algorithm 1). Every
 * product and sum is rounded to float32, gamma too.
 *
 * @param rewards One per row.
 * @param terminated 1 where the task ended, else 0.
 * @param nextValues The value of each next state.
 * @param gamma The discount, in [0, 1].
 * @param targets Receives one target per row.
 *
 * @example Usage
 * ```ts
 * import { tdTargets } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const targets = new Float32Array(2);
 * tdTargets(new Float32Array([1, 1]), new Uint8Array([0, 1]), new Float32Array([8, 8]), 0.5, targets);
 * assertEquals([...targets], [1 + 0.5 * 8, 1]);
 * ```
 */
export function tdTargets(
  rewards: Float32Array,
  terminated: Uint8Array,
  nextValues: Float32Array,
  gamma: number,
  targets: Float32Array,
): void {
  const discount = Math.fround(gamma);
  for (let r = 0; r < targets.length; r++) {
    const future = terminated[r] === 1 ? 0 : Math.fround(discount * nextValues[r]!);
    targets[r] = rewards[r]! + future;
  }
}

/**
 * The values of given actions, as Double DQN wants them: the online network chooses, the target network tells the value
 * (van Hasselt et al. 2016, eq. 4).
 *
 * @param values The target network's Q-values, shape (rows, actions).
 * @param actions The action that the online network finds best in each row.
 * @param chosen Receives the value of each row's action.
 *
 * @example Usage
 * ```ts
 * import { valuesOfActions } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const values = createMatrix(1, 3);
 * values.data.set([5, 7, 9]);
 * const chosen = new Float32Array(1);
 * valuesOfActions(values, new Int32Array([1]), chosen);
 * assertEquals(chosen[0], 7);
 * ```
 */
export function valuesOfActions(values: Matrix, actions: Int32Array, chosen: Float32Array): void {
  for (let r = 0; r < values.rows; r++) chosen[r] = values.data[r * values.stride + actions[r]!]!;
}
