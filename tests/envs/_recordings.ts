/** One recorded episode: what Gymnasium returned, step by step. */
export interface Episode {
  reset_obs: number | number[];
  reset_prob?: number;
  reset_action_mask?: string;
  actions: number[];
  obs: (number | number[])[];
  rewards: number[];
  terminated: number[];
  truncated: number[];
  prob?: number[];
  action_mask?: string[];
  cut: boolean;
}

/** The recording of one environment. */
export interface Recording {
  env: string;
  /** Null without a time limit. */
  max_episode_steps: number | null;
  reward_threshold: number | null;
  action_type: "int" | "float32[1]";
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
