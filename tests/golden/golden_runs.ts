import "../../envs/minigrid/mod.ts";
import { Sha256 } from "../../agents/mod.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { prepareRun } from "../../scripts/run/run.ts";
import { episodesCsv, evaluationsCsv } from "../../scripts/run_folder/run_files.ts";
import type { Settings } from "../../scripts/settings/settings.ts";

/** What is pinned of a run: everything a user could compare between two machines. */
export interface GoldenRun {
  env_steps: number;
  gradient_steps: number;
  trajectory_sha256: string;
  weights_sha256: string;
  policy_sha256: string;
  episodes_csv_sha256: string;
  evaluations_csv_sha256: string;
  final_mean: number;
}

const SHORT = { steps: 600, evalInterval: 300, evalEpisodes: 2, stopAtReturn: null };

/** Short runs that between them use every setting, the time limit stored as an end included. */
export const GOLDEN_RUNS: Readonly<Record<string, Settings>> = {
  "cartpole tuned": {
    ...presetSettings({ env: "./my_env.ts", agent: "dqn" }),
    env: "CartPole-v1",
    normalize: "bounds",
    layerNorm: true,
    gamma: 0.995,
    bufferSize: 5_000,
    nStep: 20,
    targetUpdateInterval: 50,
    epsilonDecaySteps: 3_000,
    loss: "huber",
    steps: 2_000,
    evalInterval: 500,
    evalEpisodes: 5,
    stopAtReturn: 500,
  },
  "cartpole, munchausen, 10-step, a step size that falls over steps of its own": {
    ...presetSettings({ env: "./my_env.ts", agent: "dqn" }),
    ...SHORT,
    env: "CartPole-v1",
    learningStarts: 100,
    learningRate: 2e-3,
    learningRateEnd: 1e-4,
    learningRateSteps: 400,
    nStep: 10,
    munchausen: true,
    munchausenTau: 0.1,
  },
  "cartpole lecture": { ...presetSettings({ preset: "lecture" }), episodes: 25 },
  "mountain car lecture": {
    ...presetSettings({ preset: "lecture", env: "MountainCar-v0" }),
    seed: 7,
    episodes: 4,
    hidden: [20],
    initializer: "glorot",
    trainInterval: 3,
    gradientSteps: 2,
  },
  "mountain car, double, huber, clipped, soft target": {
    ...presetSettings({ env: "MountainCar-v0", agent: "double-dqn" }),
    seed: 42,
    steps: 2_000,
    normalize: "none",
    nStep: 1,
    gamma: 0.98,
    learningRate: 4e-3,
    batchSize: 128,
    bufferSize: 10_000,
    learningStarts: 1_000,
    trainInterval: 16,
    gradientSteps: 8,
    epsilonStart: 1,
    epsilonEnd: 0.07,
    epsilonDecaySteps: 24_000,
    hidden: [33, 17],
    initializer: "he",
    loss: "huber",
    maxGradNorm: 0.5,
    tau: 0.01,
    targetUpdateInterval: 1,
    evalInterval: 1_000,
    evalEpisodes: 2,
  },
  "cartpole rainbow": {
    ...presetSettings({ agent: "rainbow" }),
    ...SHORT,
    hidden: [20, 12],
    learningStarts: 200,
    atoms: 11,
    vMin: 0,
    vMax: 50,
  },
  "cartpole, quantiles, munchausen, dueling": {
    ...presetSettings({ agent: "dueling-dqn" }),
    ...SHORT,
    hidden: [16],
    distribution: "qr",
    atoms: 7,
    munchausen: true,
    maxGradNorm: 10,
    learningStarts: 200,
  },
  "cartpole, layer norm": {
    ...presetSettings({ agent: "double-dqn" }),
    ...SHORT,
    hidden: [20, 12],
    layerNorm: true,
    maxGradNorm: 10,
    learningStarts: 200,
  },
  "cartpole, layer norm, dueling, noisy, quantiles": {
    ...presetSettings({ agent: "dueling-dqn" }),
    ...SHORT,
    hidden: [20, 12],
    layerNorm: true,
    noisy: true,
    epsilonStart: 0,
    epsilonEnd: 0,
    distribution: "qr",
    atoms: 7,
    learningStarts: 200,
  },
  "cartpole, five environments, 3-step, prioritized": {
    ...presetSettings({ agent: "prioritized-dqn" }),
    ...SHORT,
    envs: 5,
    hidden: [16],
    nStep: 3,
    trainInterval: 2,
    learningStarts: 200,
    normalize: "bounds",
  },
  "cartpole pqn": {
    ...presetSettings({ agent: "pqn" }),
    ...SHORT,
    steps: 1_024,
    hidden: [20, 12],
    envs: 4,
    epsilonDecaySteps: 500,
  },
  "mountain car pqn, one environment, dueling, huber": {
    ...presetSettings({ env: "MountainCar-v0", agent: "pqn" }),
    ...SHORT,
    hidden: [16],
    envs: 1,
    rolloutSteps: 20,
    miniBatches: 2,
    epochs: 3,
    lambda: 0.65,
    dueling: true,
    loss: "huber",
    normalize: "bounds",
    learningRateEnd: null,
    epsilonDecaySteps: 75_000,
  },
  "grid, convolution, 3-step, double": {
    ...presetSettings({ env: "./my_env.ts", agent: "double-dqn" }),
    ...SHORT,
    env: "MiniGrid-Empty-5x5-v0",
    convolution: [{ filters: 10, kernel: 3, stride: 1 }, { filters: 8, kernel: 2, stride: 2 }],
    observationScale: null,
    hidden: [16],
    nStep: 3,
    bufferSize: 400,
    batchSize: 16,
    learningStarts: 100,
  },
  "grid, convolution, pqn, four environments": {
    ...presetSettings({ env: "./my_env.ts", agent: "pqn" }),
    ...SHORT,
    env: "MiniGrid-Empty-5x5-v0",
    steps: 768,
    envs: 4,
    convolution: [{ filters: 16, kernel: 3, stride: 1 }],
    hidden: [16],
    normalize: "none",
    observationScale: 3,
  },
  "cartpole, pixels, stacked, convolution": {
    ...presetSettings({ env: "./my_env.ts", agent: "double-dqn" }),
    ...SHORT,
    env: "CartPole-v1",
    pixels: "24x32",
    frameStack: 4,
    convolution: [{ filters: 8, kernel: 4, stride: 2 }, { filters: 8, kernel: 3, stride: 2 }],
    observationScale: null,
    hidden: [16],
    bufferSize: 400,
    batchSize: 16,
    learningStarts: 100,
  },
  "cartpole, pixels on black, munchausen": {
    ...presetSettings({ env: "./my_env.ts", agent: "dqn" }),
    ...SHORT,
    env: "CartPole-v1",
    pixels: "24x32",
    blackBackground: true,
    frameStack: 2,
    munchausen: true,
    convolution: [{ filters: 8, kernel: 4, stride: 2 }, { filters: 8, kernel: 3, stride: 2 }],
    observationScale: null,
    layerNorm: true,
    hidden: [16],
    bufferSize: 400,
    batchSize: 16,
    learningStarts: 100,
  },
  "cartpole q-network": { ...presetSettings({ agent: "q-network" }), ...SHORT, hidden: [16] },
  "cartpole q-learning": {
    ...presetSettings({ agent: "q-learning" }),
    ...SHORT,
    bins: [10],
    learningRate: 1e-3,
  },
  "frozen lake q-learning": {
    ...presetSettings({ env: "FrozenLake-v1", agent: "q-learning" }),
    ...SHORT,
    envOptions: { mapName: "8x8" },
    gamma: 0.99,
    learningRate: 0.1,
    epsilonStart: 1,
    epsilonEnd: 0.04,
    epsilonDecaySteps: 8_000,
    steps: 5_000,
  },
  "taxi, action masks": {
    ...presetSettings({ env: "Taxi-v4", agent: "prioritized-dqn" }),
    ...SHORT,
    hidden: [16],
    learningStarts: 100,
  },
  "taxi, five environments, action masks": {
    ...presetSettings({ env: "Taxi-v4", agent: "double-dqn" }),
    ...SHORT,
    envs: 5,
    hidden: [16],
    nStep: 2,
    learningStarts: 100,
  },
  "pendulum, five choices, normalised by statistics": {
    ...presetSettings({ env: "Pendulum-v1", agent: "double-dqn" }),
    ...SHORT,
    hidden: [16],
    nStep: 4,
    normalize: "statistics",
    actionBins: 5,
    gamma: 0.99,
    trainInterval: 1,
    gradientSteps: 1,
    epsilonEnd: 0.04,
    learningStarts: 100,
  },
};

/** Where the pinned values lie. */
export const GOLDEN_FILE: URL = new URL("runs.json", import.meta.url);

function hashOf(text: string): string {
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(text));
  return hash.digest();
}

/** Makes a run and takes its fingerprints. */
export async function fingerprint(settings: Settings): Promise<GoldenRun> {
  const run = await prepareRun(settings).start();
  return {
    env_steps: run.step,
    gradient_steps: run.gradientSteps,
    trajectory_sha256: run.trajectoryHash,
    weights_sha256: run.weightsHash ?? "",
    policy_sha256: run.policy?.hash ?? "",
    episodes_csv_sha256: hashOf(episodesCsv(run)),
    evaluations_csv_sha256: hashOf(evaluationsCsv(run)),
    final_mean: run.evaluation?.mean ?? NaN,
  };
}
