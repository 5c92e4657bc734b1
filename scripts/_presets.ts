import type { AgentName, PresetName, Settings } from "./_settings.ts";

/** Where neither a preset nor the user says otherwise. */
const COMMON: Settings = {
  env: "CartPole-v1",
  agent: "dqn",
  preset: "tuned",
  seed: 0,
  steps: 50_000,
  episodes: null,
  hidden: [64, 64],
  initializer: "pytorch",
  gamma: 0.99,
  learningRate: 1e-3,
  batchSize: 128,
  bufferSize: 50_000,
  learningStarts: 1_000,
  trainInterval: 1,
  gradientSteps: 1,
  targetUpdateInterval: 200,
  targetUpdateEpisodes: null,
  tau: 1,
  epsilonStart: 1,
  epsilonEnd: 0.04,
  epsilonDecaySteps: 8_000,
  loss: "mse",
  maxGradNorm: null,
  double: false,
  truncatedAsTerminated: false,
  evalInterval: 2_500,
  evalEpisodes: 100,
  stopAtReturn: null,
  kernel: null,
};

/** Ours, by environment. */
const TUNED: Readonly<Record<string, Partial<Settings>>> = {
  "CartPole-v0": { gamma: 0.995, stopAtReturn: 200 },
  "CartPole-v1": { gamma: 0.995, stopAtReturn: 500 },
  "MountainCar-v0": {
    steps: 120_000,
    hidden: [256, 256],
    gamma: 0.98,
    learningRate: 4e-3,
    bufferSize: 10_000,
    trainInterval: 16,
    gradientSteps: 8,
    targetUpdateInterval: 600,
    epsilonEnd: 0.07,
    epsilonDecaySteps: 24_000,
    evalInterval: 10_000,
  },
};

/** The lecture's DQN, its time limit stored as an end included. */
const LECTURE: Partial<Settings> = {
  steps: null,
  episodes: 300,
  hidden: [128, 128],
  initializer: "lecture",
  gamma: 0.98,
  learningRate: 5e-4,
  batchSize: 32,
  bufferSize: 10_000,
  learningStarts: 32,
  targetUpdateInterval: null,
  targetUpdateEpisodes: 20,
  epsilonStart: 0.1,
  epsilonEnd: 0.1,
  epsilonDecaySteps: 1,
  truncatedAsTerminated: true,
  evalInterval: null,
  evalEpisodes: 1,
};

/** The environment that a preset is for. */
const DEFAULT_ENV: Readonly<Record<PresetName, string>> = { tuned: "CartPole-v1", lecture: "CartPole-v0" };

/** What an agent's name stands for. */
const BUNDLES: Readonly<Record<AgentName, Partial<Settings>>> = {
  "random": {},
  "dqn": { double: false },
  "double-dqn": { double: true },
};

/**
 * The settings that follow from a preset, an environment and an agent alone.
 *
 * @param names What the user chose; the rest is the preset's.
 * @returns All settings.
 */
export function presetSettings(names: { preset?: PresetName; env?: string; agent?: AgentName }): Settings {
  const { preset = COMMON.preset, agent = COMMON.agent } = names;
  const env = names.env ?? DEFAULT_ENV[preset];
  const values = preset === "lecture" ? LECTURE : TUNED[env];
  return { ...COMMON, ...values, ...BUNDLES[agent], preset, env, agent };
}
