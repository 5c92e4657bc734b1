/**
 * Playing a policy, episode by episode.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import { playEpisode } from "./_play_episode.ts";
import { requireWhole } from "./require_whole.ts";
import type { Agent } from "./agent.ts";

/**
 * Plays episodes greedily, one after another, and yields the return of each.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 * @param env An environment other than the training one.
 * @param agent Chooses the actions.
 * @param options `episodes`, a whole number from 1; `seed`, the environment's seed before the first episode, a whole number from 0.
 * @returns A generator; nothing happens until it is asked for the next return.
 * @throws {RangeError} If `episodes` or `seed` is out of range, or the return of an episode is not finite.
 *
 * @example Usage
 * ```ts
 * import { playEpisodes, RandomAgent } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const returns = [...playEpisodes(env, new RandomAgent(env), { episodes: 3, seed: 0 })];
 * assertEquals(returns.length, 3);
 * ```
 */
export function* playEpisodes<O extends Observation, A extends Action>(
  env: Env<O, A>,
  agent: Pick<Agent<O, A>, "act">,
  options: { episodes: number; seed: number },
): Generator<number, void, undefined> {
  requireWhole("play episodes", "episodes", options.episodes, 1);
  requireWhole("play episodes", "seed", options.seed, 0);
  for (let episode = 0; episode < options.episodes; episode++) {
    yield playEpisode(env, agent, episode === 0 ? options.seed : undefined);
  }
}
