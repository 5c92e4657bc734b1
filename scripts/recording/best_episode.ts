import { playEpisodes, randomStream } from "../../agents/mod.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";

/** An episode of several that follow each other. */
export interface BestEpisode {
  /** Seeds the environment before the first of them. */
  readonly seed: number;
  /** Episodes played before it. */
  readonly skip: number;
  /** The sum of its rewards. */
  readonly return: number;
  /** How many episodes it was chosen from. */
  readonly of: number;
}

/**
 * Finds the episode with the highest return of those that a run's policy was evaluated on at its end: the very episode whose
 * return its summary.json has as `evaluation.max`.
 *
 * @param loaded The policy; one that draws its actions at random plays other episodes each time.
 * @returns The first of those with the highest return.
 */
export function bestEpisodeOf({ env, policy, settings }: LoadedPolicy): BestEpisode {
  const seed = randomStream(settings.seed, "final evaluation").nextUint32();
  const episodes = settings.evalEpisodes;
  const returns = [...playEpisodes(env, policy, { episodes, seed })];
  const highest = returns.reduce((a, b) => Math.max(a, b));
  return { seed, skip: returns.indexOf(highest), return: highest, of: episodes };
}
