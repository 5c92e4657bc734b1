/** One recorded episode: what Gymnasium returned, step by step. */
export interface Episode {
  reset_obs: number[];
  actions: number[];
  obs: number[][];
  rewards: number[];
  terminated: number[];
  truncated: number[];
  cut: boolean;
}

/** The recording of one environment. */
export interface Recording {
  env: string;
  max_episode_steps: number;
  reward_threshold: number;
  steps: number;
  runs: { seed: number; policy: string; episodes: Episode[] }[];
}

/** The float64 states of an environment's first runs. */
export interface InternalStates {
  [env: string]: { seed: number; policy: string; state: number[][] }[];
}

/** A file of `tests/golden/gymnasium/`. */
export function readGolden<T>(name: string): T {
  return JSON.parse(Deno.readTextFileSync(new URL(`../golden/gymnasium/${name}.json`, import.meta.url)));
}
