import { DEFAULT_SCHEDULES } from "../../agents/mod.ts";
import { AGENT_KINDS } from "./agents.ts";
import { dqnSettingDefaults } from "./dqn_settings.ts";
import { minigridPreset } from "./minigrid_presets.ts";
import { pqnPreset } from "./pqn_presets.ts";
import { pqnSettingDefaults } from "./pqn_settings.ts";
import type { AgentName, PresetName, Settings } from "./settings.ts";

const { epsilon, priorityBeta } = DEFAULT_SCHEDULES;

/** The values without a preset: the library's defaults, and those of settings that are not options of `Dqn`. */
const COMMON: Settings = {
  ...dqnSettingDefaults(),
  ...pqnSettingDefaults(),
  env: "CartPole-v1",
  envSha256: null,
  envOptions: {},
  bins: [10],
  actionBins: 5,
  actionParts: false,
  normalize: "none",
  pixels: null,
  blackBackground: false,
  frameStack: 1,
  envs: 1,
  agent: "dqn",
  preset: "tuned",
  initWeightsSha256: null,
  bufferSha256: null,
  steps: 50_000,
  episodes: null,
  learningRateEnd: null,
  learningRateSteps: null,
  epsilonStart: epsilon.start,
  epsilonEnd: epsilon.end,
  epsilonDecaySteps: epsilon.steps,
  priorityBetaStart: priorityBeta.start,
  priorityBetaEnd: priorityBeta.end,
  priorityBetaSteps: priorityBeta.steps,
  evalInterval: 2_500,
  evalEpisodes: 100,
  stopAtReturn: null,
};

/** The settings of both landers. */
const LUNAR_LANDER: Partial<Settings> = {
  agent: "double-dqn",
  vMin: -300,
  vMax: 300,
  steps: 150_000,
  hidden: [128, 128],
  layerNorm: true,
  learningRate: 5e-4,
  batchSize: 128,
  bufferSize: 100_000,
  trainInterval: 1,
  nStep: 3,
  tau: 0.005,
  targetUpdateInterval: 1,
  epsilonEnd: 0.05,
  epsilonDecaySteps: 20_000,
  loss: "huber",
  maxGradNorm: 10,
  evalInterval: 5_000,
  stopAtReturn: 230,
};

/** The settings of tasks with several joints: three torques for each of them by itself; an episode may have 1,000 steps. */
const JOINTS: Partial<Settings> = {
  agent: "double-dqn",
  actionBins: 3,
  actionParts: true,
  normalize: "statistics",
  steps: 1_000_000,
  hidden: [128, 128],
  layerNorm: true,
  bufferSize: 300_000,
  trainInterval: 3,
  tau: 0.01,
  targetUpdateInterval: 3,
  epsilonEnd: 0.05,
  epsilonDecaySteps: 100_000,
  evalInterval: 100_000,
  evalEpisodes: 20,
};

/** The tuned presets of networks, by environment; `vMin` and `vMax` are for agents with atoms. */
const TUNED: Readonly<Record<string, Partial<Settings>>> = {
  "CartPole-v0": { gamma: 0.995, vMin: 0, vMax: 200, stopAtReturn: 200 },
  "CartPole-v1": { gamma: 0.995, vMin: 0, vMax: 200, stopAtReturn: 500 },
  "MountainCar-v0": {
    agent: "double-dqn",
    vMin: -100,
    vMax: 0,
    steps: 120_000,
    normalize: "bounds",
    learningRate: 2e-3,
    nStep: 3,
    trainInterval: 4,
    gradientSteps: 4,
    targetUpdateInterval: 500,
    epsilonEnd: 0.02,
    epsilonDecaySteps: 10_000,
  },
  "Acrobot-v1": {
    agent: "double-dqn",
    hidden: [128, 128],
    learningRate: 5e-4,
    vMin: -100,
    vMax: 0,
    steps: 100_000,
    targetUpdateInterval: 250,
  },
  "MountainCarContinuous-v0": {
    agent: "double-dqn",
    actionBins: 2,
    normalize: "bounds",
    vMin: -10,
    vMax: 100,
    steps: 60_000,
    learningRate: 2e-3,
    nStep: 5,
    trainInterval: 4,
    gradientSteps: 4,
    targetUpdateInterval: 500,
    epsilonEnd: 0.02,
    epsilonDecaySteps: 30_000,
  },
  "Pendulum-v1": {
    agent: "double-dqn",
    actionBins: 11,
    normalize: "bounds",
    vMin: -800,
    vMax: 0,
    steps: 30_000,
    gamma: 0.98,
    trainInterval: 2,
    gradientSteps: 2,
    epsilonEnd: 0.02,
  },
  "Blackjack-v1": {
    gamma: 1,
    learningRate: 5e-4,
    batchSize: 256,
    trainInterval: 2,
    epsilonEnd: 0.3,
    evalInterval: 10_000,
    evalEpisodes: 5_000,
  },
  "LunarLander-v3": LUNAR_LANDER,
  "LunarLanderContinuous-v3": { ...LUNAR_LANDER, actionBins: 3 },
  "InvertedPendulum-v5": {
    agent: "double-dqn",
    steps: 100_000,
    nStep: 3,
    evalEpisodes: 20,
    stopAtReturn: 1_000,
  },
  "InvertedDoublePendulum-v5": {
    agent: "double-dqn",
    actionBins: 7,
    steps: 150_000,
    hidden: [128, 128],
    learningRate: 5e-4,
    nStep: 3,
    epsilonEnd: 0.02,
    evalInterval: 5_000,
    evalEpisodes: 20,
    stopAtReturn: 9_300,
  },
  "Hopper-v5": { ...JOINTS, nStep: 3, evalInterval: 50_000, stopAtReturn: 2_600 },
  "HalfCheetah-v5": { ...JOINTS, stopAtReturn: 5_000 },
  "Walker2d-v5": JOINTS,
  "Swimmer-v5": JOINTS,
  "Reacher-v5": JOINTS,
  "Ant-v5": JOINTS,
};

/** What the tuned presets of plain DQN change in those of networks, by environment. */
const DQN_TUNED: Readonly<Record<string, Partial<Settings>>> = {
  // Noise to the end keeps the edges of the track in the buffer: a policy that has not seen them for long drifts over them.
  "CartPole-v1": {
    normalize: "bounds",
    layerNorm: true,
    nStep: 10,
    learningRate: 2e-3,
    learningRateEnd: 1e-5,
    learningRateSteps: 30_000,
    tau: 0.01,
    targetUpdateInterval: 1,
    epsilonEnd: 0.5,
    epsilonDecaySteps: 3_000,
    loss: "huber",
    evalInterval: 500,
  },
};

/** What the tuned presets of one agent change in those of networks, by environment. */
const AGENT_TUNED: Partial<Record<AgentName, Readonly<Record<string, Partial<Settings>>>>> = {
  dqn: DQN_TUNED,
};

/** The default agent of environments with few enough states for a table. */
const TABLE_AGENT: AgentName = "q-learning";

/** The tuned presets of tables, by environment. */
const TABLES: Readonly<Record<string, Partial<Settings>>> = {
  "FrozenLake-v1": {
    steps: 200_000,
    learningRate: 0.1,
    learningRateEnd: 0.001,
    epsilonEnd: 0.1,
    epsilonDecaySteps: 100_000,
    evalInterval: 20_000,
    evalEpisodes: 1_000,
  },
  "FrozenLake8x8-v1": {
    steps: 1_000_000,
    gamma: 0.999,
    learningRate: 0.1,
    learningRateEnd: 0.001,
    epsilonEnd: 0.1,
    epsilonDecaySteps: 500_000,
    evalInterval: 100_000,
    evalEpisodes: 1_000,
  },
  "CliffWalking-v1": {
    steps: 20_000,
    gamma: 1,
    learningRate: 1,
    epsilonEnd: 0.1,
    epsilonDecaySteps: 10_000,
    evalInterval: 2_000,
  },
  "CliffWalkingSlippery-v1": {
    steps: 400_000,
    gamma: 1,
    learningRate: 0.1,
    learningRateEnd: 0.001,
    epsilonEnd: 0.1,
    epsilonDecaySteps: 100_000,
    evalInterval: 40_000,
    evalEpisodes: 1_000,
  },
  "Taxi-v4": {
    steps: 100_000,
    learningRate: 1,
    epsilonEnd: 0.05,
    epsilonDecaySteps: 50_000,
    evalInterval: 10_000,
    evalEpisodes: 1_000,
  },
  "Blackjack-v1": {
    steps: 500_000,
    gamma: 1,
    learningRate: 0.02,
    learningRateEnd: 0.001,
    epsilonEnd: 0.5,
    epsilonDecaySteps: 500_000,
    evalInterval: 100_000,
    evalEpisodes: 10_000,
  },
};

/** The settings for a table of binned observations, in any preset: bins for the elements that matter, and a step size. */
const BINNED: Readonly<Record<string, Partial<Settings>>> = {
  "CartPole-v0": { bins: [1, 1, 6, 12], learningRate: 0.3 },
  "CartPole-v1": { bins: [1, 1, 6, 12], learningRate: 0.3 },
  "MountainCar-v0": { bins: [20, 20], learningRate: 0.2 },
  "LunarLander-v3": { bins: [5, 5, 5, 5, 5, 5, 2, 2] },
  "LunarLanderContinuous-v3": { bins: [5, 5, 5, 5, 5, 5, 2, 2] },
};

/** The lecture's DQN, which stores steps cut off by the time limit as terminal. */
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

/** DQN that learns from pictures. */
const PIXELS: Partial<Settings> = {
  pixels: "40x60",
  blackBackground: true,
  frameStack: 2,
  convolution: [{ filters: 8, kernel: 8, stride: 4 }, { filters: 16, kernel: 4, stride: 2 }],
  hidden: [64],
  layerNorm: true,
  steps: 40_000,
  gamma: 0.995,
  learningRate: 1e-3,
  learningRateEnd: 1e-4,
  learningRateSteps: 40_000,
  nStep: 10,
  tau: 0.01,
  targetUpdateInterval: 1,
  epsilonEnd: 0.4,
  epsilonDecaySteps: 5_000,
  loss: "huber",
  evalInterval: 2_000,
  stopAtReturn: 490,
};

/** The presets that are one set of values, whatever the environment. */
const FIXED: Readonly<Partial<Record<PresetName, Partial<Settings>>>> = { lecture: LECTURE, pixels: PIXELS };

/** The environment that a preset is for. */
const DEFAULT_ENV: Readonly<Record<PresetName, string>> = {
  tuned: "CartPole-v1",
  lecture: "CartPole-v0",
  pixels: "CartPole-v1",
};

/**
 * The settings that a preset chooses for some agents alone.
 *
 * @param names The preset and the environment.
 * @returns Their names.
 */
export function tunedByAgent({ preset = COMMON.preset, env = DEFAULT_ENV[preset] }: PresetNames): string[] {
  if (preset !== "tuned") return [];
  return Object.values(AGENT_TUNED).flatMap((tuned) => Object.keys(tuned[env] ?? {}));
}

/** The settings that select the preset of a run. */
export type PresetNames = Partial<Pick<Settings, "preset" | "env" | "agent">>;

/**
 * The settings of a preset, an environment and an agent.
 *
 * @param names The user's choices; the rest is from the preset.
 * @returns All settings.
 */
export function presetSettings(names: PresetNames): Settings {
  const values = presetValues(names);
  const settings = { ...values, ...AGENT_KINDS[values.agent].bundle };
  return { ...settings, priorityBetaSteps: priorityBetaSteps(settings) };
}

/**
 * The same, without the options that the agent's name stands for.
 *
 * @param names The user's choices; the rest is from the preset.
 * @returns All settings.
 */
export function presetValues(names: PresetNames): Settings {
  const { preset = COMMON.preset } = names;
  const env = names.env ?? DEFAULT_ENV[preset];
  const fixed = FIXED[preset];
  const table = fixed === undefined ? TABLES[env] : undefined;
  const deep = fixed ?? TUNED[env] ?? minigridPreset(env);
  const agent = names.agent ?? (table === undefined ? deep?.agent ?? COMMON.agent : TABLE_AGENT);
  const values = { ...COMMON, preset, env, agent };
  switch (AGENT_KINDS[agent].family) {
    case "table":
      return { ...values, ...table ?? { ...deep, ...BINNED[env] }, agent };
    case "rollouts":
      return { ...values, ...deep, ...fixed === undefined ? pqnPreset(env) : { envs: 8 }, agent };
    default:
      return { ...values, ...deep, ...fixed === undefined ? AGENT_TUNED[agent]?.[env] : undefined, agent };
  }
}

/**
 * The default step at which β of prioritized replay reaches its end: the end of training (Schaul et al. 2016, section
 * 3.4), or the library's default if the budget is in episodes only. With uniform replay it is also the library's default, so that
 * an unused setting does not distinguish runs.
 *
 * @param settings Of the run.
 */
export function priorityBetaSteps({ steps, prioritized }: Pick<Settings, "steps" | "prioritized">): number {
  return prioritized && steps !== null ? steps : priorityBeta.steps;
}
