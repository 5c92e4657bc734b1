import { playEpisodes, randomStream } from "../../agents/mod.ts";
import type { LoadedPolicy } from "../run_folder/load_policy.ts";

/** One episode of a sequence. */
export interface BestEpisode {
  /** The seed of the environment before the first episode. */
  readonly seed: number;
  /** Episodes played before it. */
  readonly skip: number;
  /** The sum of its rewards. */
  readonly return: number;
  /** Number of episodes that it was chosen from. */
  readonly of: number;
}

/**
 * Finds the episode with the highest return in the final evaluation of a run's policy: the episode whose
 * return is `evaluation.max` in its summary.json.
 *
 * @param loaded The policy; a random policy plays other episodes each time.
 * @returns The first episode with the highest return.
 */
export function bestEpisodeOf({ env, policy, settings }: LoadedPolicy): BestEpisode {
  const seed = randomStream(settings.seed, "final evaluation").nextUint32();
  const episodes = settings.evalEpisodes;
  const returns = [...playEpisodes(env, policy, { episodes, seed })];
  const highest = returns.reduce((a, b) => Math.max(a, b));
  return { seed, skip: returns.indexOf(highest), return: highest, of: episodes };
}
