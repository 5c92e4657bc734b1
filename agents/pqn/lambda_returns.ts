/**
 * λ-returns of a rollout.
 *
 * @module
 */

import { requireLength, requireShare } from "../dqn/require_length.ts";

/** The steps of several environments, turn by turn: step t of environment i is at index t · copies + i. */
export interface RolloutSteps {
  /** The reward of each step. */
  readonly rewards: Float32Array;
  /** The value of the observation after each step, max Q; ignored where the task ended. */
  readonly nextValues: Float32Array;
  /** 1 where the step ended the task, else 0. */
  readonly terminated: Uint8Array;
  /** 1 where the step's episode was cut off from outside, else 0. */
  readonly truncated: Uint8Array;
}

/** Options of {@linkcode lambdaReturns}. */
export interface LambdaReturnsOptions {
  /** Number of environments, a whole number from 1. */
  copies: number;
  /** The discount γ, in [0, 1]. */
  gamma: number;
  /** The share λ of the longer return, in [0, 1]: 0 is a return of one step, 1 of the whole rollout. */
  lambda: number;
}

/**
 * Peng's Q(λ) (Peng & Williams 1994; Gallici et al. 2025, section 4): from the last turn backwards, R = r + γ · (λ · R′ + (1 − λ) · v′),
 * where R′ is the return of the same environment's next step and v′ the value of its observation. Where the task ended, R = r; where
 * the episode was cut off, and at the last turn, R = r + γ · v′.
 *
 * γ, λ and 1 − λ are rounded to float32, as is every product and sum, in the order written.
 *
 * @param steps Turn by turn.
 * @param options Number of environments, γ and λ.
 * @param returns Receives one return per step.
 * @throws {RangeError} If γ or λ is out of range, or the steps are not whole turns.
 * @throws {TypeError} If the arrays are not equally long.
 *
 * @example Usage
 * ```ts
 * import { lambdaReturns } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const steps = {
 *   rewards: new Float32Array([1, 1]), // two turns of one environment
 *   nextValues: new Float32Array([4, 8]),
 *   terminated: new Uint8Array(2),
 *   truncated: new Uint8Array(2),
 * };
 * const returns = new Float32Array(2);
 * lambdaReturns(steps, { copies: 1, gamma: 0.5, lambda: 0.5 }, returns);
 * assertEquals([...returns], [1 + 0.5 * (0.5 * 5 + 0.5 * 4), 1 + 0.5 * 8]);
 * ```
 */
export function lambdaReturns(
  steps: RolloutSteps,
  options: LambdaReturnsOptions,
  returns: Float32Array,
): void {
  const what = "compute λ-returns";
  const { rewards, nextValues, terminated, truncated } = steps;
  const { copies } = options;
  requireShare(what, "gamma", options.gamma);
  requireShare(what, "lambda", options.lambda);
  requireLength(what, "rewards", rewards, returns.length);
  requireLength(what, "nextValues", nextValues, returns.length);
  requireLength(what, "terminated", terminated, returns.length);
  requireLength(what, "truncated", truncated, returns.length);
  if (!Number.isInteger(copies) || copies < 1 || returns.length % copies !== 0) {
    throw new RangeError(
      `Cannot ${what}: copies must be a whole number from 1 that divides the ${returns.length} steps, got ${copies}`,
    );
  }
  const gamma = Math.fround(options.gamma);
  const lambda = Math.fround(options.lambda);
  const rest = Math.fround(1 - options.lambda);
  for (let k = returns.length - 1; k >= 0; k--) {
    const reward = rewards[k]!;
    if (terminated[k] === 1) {
      returns[k] = reward;
      continue;
    }
    const isLast = truncated[k] === 1 || k + copies >= returns.length;
    const next = nextValues[k]!;
    const value = isLast
      ? next
      : Math.fround(Math.fround(lambda * returns[k + copies]!) + Math.fround(rest * next));
    returns[k] = reward + Math.fround(gamma * value);
  }
}
