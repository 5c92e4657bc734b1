/** A step that Gymnasium took; zeros at the end of a state and of an observation are left out. */
export interface RecordedStep {
  t: number;
  /** Before the step. */
  state: number[];
  action: number[];
  observation: number[];
  reward: number;
  terminated: boolean;
  truncated: boolean;
  info: Record<string, number>;
}

/** A file of `tests/golden/mujoco/`: Gymnasium 1.3.0 on native MuJoCo 3.14.0, NumPy 2.4.6. */
export interface MujocoRecording {
  env: string;
  max_episode_steps: number;
  reward_threshold: number | null;
  action_low: number[];
  action_high: number[];
  observation_shape: number[];
  mujoco: string;
  /** Fields of the compiled model, flattened row by row. */
  model: Record<string, number | number[]>;
  state_size: number;
  runs: {
    seed: number;
    reset: { observation: number[]; state: number[]; info: Record<string, number> };
    /** The first 30 in a row, then single ones spread over the episode. */
    steps: RecordedStep[];
  }[];
}

/** The environments that were recorded. */
export const MUJOCO_IDS = [
  "Ant-v5",
  "HalfCheetah-v5",
  "Hopper-v5",
  "InvertedDoublePendulum-v5",
  "InvertedPendulum-v5",
  "Reacher-v5",
  "Swimmer-v5",
  "Walker2d-v5",
] as const;

/** The recording of an environment. */
export function readRecording(id: string): MujocoRecording {
  return JSON.parse(Deno.readTextFileSync(new URL(`../../golden/mujoco/${id}.json`, import.meta.url)));
}

/** How far a number is from a recorded one, relative to it if that is beyond ±1. */
export function distance(actual: unknown, expected: number): number {
  return Math.abs(Number(actual) - expected) / Math.max(1, Math.abs(expected));
}

/** The largest distance of numbers from recorded ones, whose zeros at the end are left out. */
export function largestDistance(actual: ArrayLike<number | string>, expected: readonly number[]): number {
  return Math.max(...Array.from(actual, (value, i) => distance(value, expected[i] ?? 0)));
}

/** Names of Python in camelCase. */
export function camelCase(name: string): string {
  return name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
