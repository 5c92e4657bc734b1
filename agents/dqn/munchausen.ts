/**
 * Munchausen reinforcement learning (Vieillard, Pietquin & Geist 2020): a soft policy instead of the maximum, and its
 * logarithm added to the reward.
 *
 * @module
 */

import { requireLength, requireShare } from "./require_length.ts";
import { exp } from "../../nn/math/exp.ts";
import { log } from "../../nn/math/log.ts";
import type { Matrix } from "../../nn/matrix.ts";

/**
 * The policy π = softmax(Q / τ) and τ ln π, computed in float64 and rounded once.
 *
 * @param values Q-values, shape (rows, actions); −∞ for actions that are not allowed.
 * @param temperature τ, above 0.
 * @param policy Receives π, shape (rows, actions).
 * @param logPolicy Receives τ ln π, shape (rows, actions); 0 for actions that are not allowed.
 * @throws {RangeError} If the temperature is not above 0 and finite.
 * @throws {TypeError} If the shapes differ.
 *
 * @example Usage
 * ```ts
 * import { softPolicy } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [values, policy, logPolicy] = [1, 2, 3].map(() => createMatrix(1, 2));
 * values!.data.set([0, Math.log(3)]);
 * softPolicy(values!, 1, policy!, logPolicy!);
 * assertAlmostEquals(policy!.data[1]!, 0.75, 1e-6);
 * assertAlmostEquals(logPolicy!.data[1]!, Math.log(0.75), 1e-6);
 * ```
 */
export function softPolicy(values: Matrix, temperature: number, policy: Matrix, logPolicy: Matrix): void {
  const { rows, columns } = values;
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(
      `Cannot soften a policy: temperature must be finite and above 0, got ${temperature}`,
    );
  }
  requireShape("soften a policy", "policy", policy, values);
  requireShape("soften a policy", "logPolicy", logPolicy, values);
  for (let r = 0; r < rows; r++) {
    const from = r * values.stride;
    const to = r * policy.stride;
    let most = -Infinity;
    for (let a = 0; a < columns; a++) most = Math.max(most, values.data[from + a]!);
    let sum = 0;
    for (let a = 0; a < columns; a++) sum += exp((values.data[from + a]! - most) / temperature);
    const logSum = log(sum);
    for (let a = 0; a < columns; a++) {
      const logarithm = (values.data[from + a]! - most) / temperature - logSum;
      const probability = Math.fround(exp(logarithm));
      policy.data[to + a] = probability;
      logPolicy.data[to + a] = logarithm === -Infinity ? 0 : temperature * logarithm;
    }
  }
}

/**
 * The value of states under a soft policy: Σ π (Q − τ ln π) over actions, summed in ascending order in float64 and rounded
 * once (eq. 1 of the paper, without reward and discount).
 *
 * @param values Q-values, shape (rows, actions).
 * @param policy π, shape (rows, actions).
 * @param logPolicy τ ln π, shape (rows, actions).
 * @param soft Receives one value per row.
 * @throws {TypeError} If the shapes differ.
 *
 * @example Usage
 * ```ts
 * import { softValues } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const [values, policy, logPolicy] = [1, 2, 3].map(() => createMatrix(1, 2));
 * values!.data.set([4, 8]);
 * policy!.data.set([0.5, 0.5]);
 * logPolicy!.data.set([-1, -1]);
 * const soft = new Float32Array(1);
 * softValues(values!, policy!, logPolicy!, soft);
 * assertEquals(soft[0], 7);
 * ```
 */
export function softValues(values: Matrix, policy: Matrix, logPolicy: Matrix, soft: Float32Array): void {
  requireShape("compute soft values", "policy", policy, values);
  requireShape("compute soft values", "logPolicy", logPolicy, values);
  requireLength("compute soft values", "soft", soft, values.rows);
  for (let r = 0; r < values.rows; r++) {
    let sum = 0;
    for (let a = 0; a < values.columns; a++) {
      const probability = policy.data[r * policy.stride + a]!;
      if (probability === 0) continue;
      sum += probability * (values.data[r * values.stride + a]! - logPolicy.data[r * logPolicy.stride + a]!);
    }
    soft[r] = sum;
  }
}

/**
 * Munchausen rewards: r + α · τ ln π(a | s), the scaled logarithm bounded from below by `clip` (eq. 2 of the paper).
 *
 * @param rewards One per row.
 * @param actions The action taken in each row.
 * @param logPolicy τ ln π of the states in which they were taken, shape (rows, actions).
 * @param options α, in [0, 1], and `clip`, the lower bound of τ ln π, at most 0.
 * @param scaled Receives one reward per row.
 * @throws {RangeError} If α, `clip` or an action is out of range.
 * @throws {TypeError} If there is not one reward, action and place for each row.
 *
 * @example Usage
 * ```ts
 * import { munchausenRewards } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const logPolicy = createMatrix(2, 2);
 * logPolicy.data.set([-0.25, -0.5], 0);
 * logPolicy.data.set([-9, 0], logPolicy.stride);
 * const rewards = new Float32Array([1, 1]);
 * munchausenRewards(rewards, new Int32Array([1, 0]), logPolicy, { alpha: 0.5, clip: -1 }, rewards);
 * assertEquals([...rewards], [1 + 0.5 * -0.5, 1 + 0.5 * -1]);
 * ```
 */
export function munchausenRewards(
  rewards: Float32Array,
  actions: Int32Array,
  logPolicy: Matrix,
  options: { alpha: number; clip: number },
  scaled: Float32Array,
): void {
  const what = "add Munchausen's reward";
  requireShare(what, "alpha", options.alpha);
  if (!(options.clip <= 0 && options.clip > -Infinity)) {
    throw new RangeError(`Cannot ${what}: clip must be finite and at most 0, got ${options.clip}`);
  }
  requireLength(what, "rewards", rewards, scaled.length);
  requireLength(what, "actions", actions, scaled.length);
  for (let r = 0; r < scaled.length; r++) {
    const action = actions[r]!;
    if (r >= logPolicy.rows || action < 0 || action >= logPolicy.columns) {
      throw new RangeError(
        `Cannot ${what}: actions must be from 0 to ${
          logPolicy.columns - 1
        } in ${logPolicy.rows} rows, got ${action} in row ${r}`,
      );
    }
    const bonus = Math.max(options.clip, logPolicy.data[r * logPolicy.stride + action]!);
    scaled[r] = rewards[r]! + options.alpha * bonus;
  }
}

function requireShape(what: string, name: string, matrix: Matrix, { rows, columns }: Matrix): void {
  if (matrix.rows === rows && matrix.columns === columns) return;
  throw new TypeError(
    `Cannot ${what}: ${name} must be of shape (${rows}, ${columns}), got (${matrix.rows}, ${matrix.columns})`,
  );
}
