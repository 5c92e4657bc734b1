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

/** The tuned presets of PQN, by environment. */
const PQN_TUNED: Readonly<Record<string, Partial<Settings>>> = {
  "LunarLander-v3": {
    envs: 16,
    steps: 600_000,
    hidden: [128, 128],
    epsilonDecaySteps: 300_000,
    evalInterval: 25_000,
  },
};

/**
 * The values of PQN for an environment, which replace those of a DQN preset.
 *
 * @param env The environment of the run.
 */
export function pqnPreset(env: string): Partial<Settings> {
  return { ...PQN_DEFAULTS, ...PQN_TUNED[env] };
}
