/**
 * Playing a policy to see how good it is.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import { playEpisodes } from "./play_episodes.ts";
import { requireWhole } from "./require_whole.ts";
import type { Agent } from "./agent.ts";
import { randomStream } from "./random_stream.ts";

/** The returns of a number of episodes. */
export interface Evaluation {
  /** The return of each episode, in order. */
  returns: number[];
  /** Their mean. */
  mean: number;
  /** Their standard deviation, as of a whole population (NumPy's default). */
  std: number;
  /** The smallest. */
  min: number;
  /** The largest. */
  max: number;
}

/** Options of {@linkcode evaluate}. */
export interface EvaluateOptions {
  /**
   * Number of episodes, a whole number from 1.
   *
   * @default {100}
   */
  episodes?: number;
  /**
   * Seeds the environment before the first episode, a whole number from 0.
   *
   * @default {a fixed large number, so that no training with a small seed starts in the same states}
   */
  seed?: number;
}

/**
 * Plays episodes greedily. The agent neither explores nor learns, and continues afterwards as if nothing had been played.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 * @param env An environment other than the training one.
 * @param agent Chooses the actions.
 * @param options How many episodes, from which seed.
 * @returns The returns and their statistics.
 * @throws {RangeError} If `episodes` is not a whole number from 1, or a return is not finite.
 *
 * @example Usage
 * ```ts
 * import { evaluate, RandomAgent } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const { returns, mean } = evaluate(env, new RandomAgent(env), { episodes: 10 });
 * assertEquals(returns.length, 10);
 * assertEquals(mean, returns.reduce((a, b) => a + b) / 10);
 * ```
 */
export function evaluate<O extends Observation, A extends Action>(
  env: Env<O, A>,
  agent: Pick<Agent<NoInfer<O>, A>, "act">,
  options: EvaluateOptions = {},
): Evaluation {
  const { episodes = 100, seed = randomStream(0, "evaluation").nextUint32() } = options;
  requireWhole("evaluate", "episodes", episodes, 1);
  return summarizeReturns([...playEpisodes(env, agent, { episodes, seed })]);
}

/**
 * The statistics of returns.
 *
 * @param returns One per episode, at least one.
 * @returns The returns and their statistics.
 * @throws {RangeError} If there is no return, or one is not finite.
 *
 * @example Usage
 * ```ts
 * import { summarizeReturns } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(summarizeReturns([8, 12]), { returns: [8, 12], mean: 10, std: 2, min: 8, max: 12 });
 * ```
 */
export function summarizeReturns(returns: number[]): Evaluation {
  if (returns.length === 0) {
    throw new RangeError("Cannot summarize returns: there must be at least one, got none");
  }
  const odd = returns.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new RangeError(`Cannot summarize returns: each must be finite, got ${odd}`);
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const variance = returns.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / returns.length;
  return {
    returns,
    mean,
    std: Math.sqrt(variance),
    min: returns.reduce((least, value) => Math.min(least, value), Infinity),
    max: returns.reduce((most, value) => Math.max(most, value), -Infinity),
  };
}
