import type { Settings } from "./settings.ts";

/** The values of DQN's kin for MiniGrid: a step in the replay buffer has two observations of 980 numbers. */
const DEEP: Partial<Settings> = { agent: "pqn", bufferSize: 20_000 };

/** The values of PQN for MiniGrid. */
const ROLLOUTS: Partial<Settings> = {
  envs: 16,
  steps: 400_000,
  hidden: [64, 64],
  gamma: 0.95,
  epsilonEnd: 0.1,
  epsilonDecaySteps: 200_000,
  evalInterval: 25_000,
};

/** The tuned presets of PQN, by environment. */
const TUNED: Readonly<Record<string, Partial<Settings>>> = {
  "MiniGrid-Empty-8x8-v0": {
    steps: 200_000,
    epsilonDecaySteps: 100_000,
    evalInterval: 20_000,
    stopAtReturn: 0.95,
  },
  "MiniGrid-LavaGapS5-v0": {
    steps: 200_000,
    epsilonDecaySteps: 80_000,
    evalInterval: 20_000,
    stopAtReturn: 0.94,
  },
  "MiniGrid-Dynamic-Obstacles-5x5-v0": {
    epsilonEnd: 0.05,
    epsilonDecaySteps: 100_000,
    stopAtReturn: 0.93,
  },
  "MiniGrid-DoorKey-5x5-v0": { stopAtReturn: 0.95 },
  "MiniGrid-DoorKey-6x6-v0": {
    steps: 800_000,
    epsilonDecaySteps: 400_000,
    evalInterval: 50_000,
    stopAtReturn: 0.93,
  },
  "MiniGrid-SimpleCrossingS9N1-v0": {
    steps: 1_500_000,
    epsilonDecaySteps: 750_000,
    evalInterval: 100_000,
    stopAtReturn: 0.93,
  },
};

/** Whether an environment is one of MiniGrid's. */
function isMiniGrid(env: string): boolean {
  return env.startsWith("MiniGrid-");
}

/**
 * The values of agents with a replay buffer for an environment of MiniGrid, with the agent to train unless another one is named.
 *
 * @param env The environment of the run.
 * @returns The values; undefined for other environments.
 */
export function minigridPreset(env: string): Partial<Settings> | undefined {
  return isMiniGrid(env) ? DEEP : undefined;
}

/**
 * The values of PQN for an environment of MiniGrid.
 *
 * @param env The environment of the run.
 * @returns The values; undefined for other environments.
 */
export function minigridPqnPreset(env: string): Partial<Settings> | undefined {
  return isMiniGrid(env) ? { ...ROLLOUTS, ...TUNED[env] } : undefined;
}
