import { minigridPqnPreset } from "./minigrid_presets.ts";
import type { Settings } from "./settings.ts";

/** The values of PQN for environments without a preset. */
const PQN_DEFAULTS: Partial<Settings> = {
  envs: 8,
  steps: 150_000,
  hidden: [120, 84],
  gamma: 0.99,
  learningRate: 1e-3,
  learningRateEnd: 0,
  epsilonStart: 1,
  epsilonEnd: 0.05,
  epsilonDecaySteps: 75_000,
  loss: "mse",
  maxGradNorm: 10,
  evalInterval: 10_000,
};

/** The settings of both landers. */
const LUNAR_LANDER: Partial<Settings> = {
  envs: 16,
  steps: 500_000,
  hidden: [128, 128],
  gamma: 0.995,
  learningRate: 1.5e-3,
  epsilonDecaySteps: 250_000,
  evalInterval: 50_000,
  stopAtReturn: 250,
};

/** The tuned presets of PQN, by environment. */
const PQN_TUNED: Readonly<Record<string, Partial<Settings>>> = {
  "Acrobot-v1": {
    envs: 32,
    steps: 900_000,
    hidden: [128, 128],
    gamma: 0.995,
    lambda: 0.8,
    epsilonDecaySteps: 270_000,
    evalInterval: 30_000,
    evalEpisodes: 400,
  },
  "MountainCar-v0": { steps: 300_000, epsilonDecaySteps: 200_000 },
  "LunarLander-v3": LUNAR_LANDER,
  "LunarLanderContinuous-v3": LUNAR_LANDER,
};

/**
 * The values of PQN for an environment, which replace those of a DQN preset.
 *
 * @param env The environment of the run.
 */
export function pqnPreset(env: string): Partial<Settings> {
  return { ...PQN_DEFAULTS, ...PQN_TUNED[env] ?? minigridPqnPreset(env) };
}
