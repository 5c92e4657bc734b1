/**
 * TD targets: the values that Q-values are moved towards.
 *
 * @module
 */

import type { Matrix } from "../../nn/matrix.ts";
import { requireLength, requireShare } from "./require_length.ts";

/**
 * The discount of each row's next value: γ to the power of the steps that the row spans, and 0 where the task ended.
 *
 * @param terminated 1 where the task ended, else 0; a truncated step counts as 0.
 * @param steps Environment steps that each row spans, whole numbers from 1: more than one with n-step returns.
 * @param gamma The discount γ, in [0, 1].
 * @param discounts Receives one discount per row, rounded to float32.
 * @throws {RangeError} If γ is out of range.
 * @throws {TypeError} If the arrays are not equally long.
 *
 * @example Usage
 * ```ts
 * import { bootstrapDiscounts } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const discounts = new Float32Array(3);
 * bootstrapDiscounts(new Uint8Array([0, 0, 1]), new Uint16Array([1, 3, 2]), 0.5, discounts);
 * assertEquals([...discounts], [0.5, 0.125, 0]);
 * ```
 */
export function bootstrapDiscounts(
  terminated: Uint8Array,
  steps: Uint16Array,
  gamma: number,
  discounts: Float32Array,
): void {
  const action = "compute discounts";
  requireShare(action, "gamma", gamma);
  requireLength(action, "terminated", terminated, discounts.length);
  requireLength(action, "steps", steps, discounts.length);
  for (let r = 0; r < discounts.length; r++) {
    let power = gamma;
    for (let k = 1; k < steps[r]!; k++) power *= gamma;
    discounts[r] = terminated[r] === 1 ? 0 : power;
  }
}

/**
 * TD targets: reward + discount · next value (Mnih et al. 2015, algorithm 1). Every product and sum is rounded to float32.
 *
 * @param rewards One per row.
 * @param discounts One per row, from {@linkcode bootstrapDiscounts}.
 * @param nextValues The value of each next state; ignored where the discount is 0.
 * @param targets Receives one target per row.
 * @throws {TypeError} If the arrays are not equally long.
 *
 * @example Usage
 * ```ts
 * import { tdTargets } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const targets = new Float32Array(2);
 * tdTargets(new Float32Array([1, 1]), new Float32Array([0.5, 0]), new Float32Array([8, 8]), targets);
 * assertEquals([...targets], [1 + 0.5 * 8, 1]);
 * ```
 */
export function tdTargets(
  rewards: Float32Array,
  discounts: Float32Array,
  nextValues: Float32Array,
  targets: Float32Array,
): void {
  const action = "compute TD targets";
  requireLength(action, "rewards", rewards, targets.length);
  requireLength(action, "discounts", discounts, targets.length);
  requireLength(action, "nextValues", nextValues, targets.length);
  for (let r = 0; r < targets.length; r++) {
    const discount = discounts[r]!;
    targets[r] = rewards[r]! + (discount === 0 ? 0 : Math.fround(discount * nextValues[r]!));
  }
}

/**
 * The values of given actions, as Double DQN needs them: the online network chooses, the target network gives the value
 * (van Hasselt et al. 2016, eq. 4).
 *
 * @param values The target network's Q-values, shape (rows, actions).
 * @param actions The action that the online network finds best in each row.
 * @param chosen Receives the value of each row's action.
 * @throws {RangeError} If an action has no column.
 * @throws {TypeError} If there is not one action and one place for each row.
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
  requireLength("choose values", "actions", actions, values.rows);
  requireLength("choose values", "chosen", chosen, values.rows);
  for (let r = 0; r < values.rows; r++) {
    const action = actions[r]!;
    if (action < 0 || action >= values.columns) {
      throw new RangeError(
        `Cannot choose values: actions must be from 0 to ${values.columns - 1}, got ${action} in row ${r}`,
      );
    }
    chosen[r] = values.data[r * values.stride + action]!;
  }
}
