import type { EnvOptions } from "../../envs/mod.ts";
import {
  type Distribution,
  DISTRIBUTIONS,
  type InitializerName,
  INITIALIZERS,
  type KernelName,
  type Loss,
} from "../../nn/mod.ts";
import {
  booleanOption,
  choiceOption,
  integerOption,
  numberOption,
  objectOption,
  type Option,
  optional,
  sizesOption,
  textOption,
} from "../cli/option.ts";

const KERNELS: readonly KernelName[] = ["simd", "reference"];

/** The agents that `--agent` knows: each a bundle of options. */
export const AGENTS = [
  "random",
  "q-learning",
  "q-network",
  "dqn",
  "double-dqn",
  "dueling-dqn",
  "prioritized-dqn",
  "rainbow",
] as const;
/** A name of {@linkcode AGENTS}. */
export type AgentName = typeof AGENTS[number];

/** The ways that `--normalize` knows. */
export const NORMALIZATIONS = ["none", "bounds", "statistics"] as const;
/** A name of {@linkcode NORMALIZATIONS}. */
export type Normalization = typeof NORMALIZATIONS[number];

/** The presets that `--preset` knows. */
export const PRESETS = ["tuned", "lecture"] as const;
/** A name of {@linkcode PRESETS}. */
export type PresetName = typeof PRESETS[number];

/** Everything that decides how a run goes; `config.json` holds just this. */
export interface Settings {
  env: string;
  envOptions: EnvOptions;
  bins: readonly number[];
  actionBins: number;
  normalize: Normalization;
  agent: AgentName;
  preset: PresetName;
  seed: number;
  steps: number | null;
  episodes: number | null;
  hidden: readonly number[];
  initializer: InitializerName;
  gamma: number;
  learningRate: number;
  learningRateEnd: number | null;
  batchSize: number;
  bufferSize: number;
  learningStarts: number;
  trainInterval: number;
  gradientSteps: number;
  targetUpdateInterval: number | null;
  targetUpdateEpisodes: number | null;
  tau: number;
  epsilonStart: number;
  epsilonEnd: number;
  epsilonDecaySteps: number;
  loss: Loss;
  maxGradNorm: number | null;
  double: boolean;
  dueling: boolean;
  noisy: boolean;
  nStep: number;
  prioritized: boolean;
  priorityAlpha: number;
  priorityBetaStart: number;
  priorityBetaEnd: number;
  priorityBetaSteps: number;
  priorityEpsilon: number;
  distribution: Distribution;
  atoms: number;
  vMin: number;
  vMax: number;
  munchausen: boolean;
  munchausenAlpha: number;
  munchausenTau: number;
  munchausenClip: number;
  actionMask: boolean | null;
  truncatedAsTerminated: boolean;
  evalInterval: number | null;
  evalEpisodes: number;
  stopAtReturn: number | null;
  kernel: KernelName | null;
}

const count = (help: string) => integerOption(1, help);
const probability = (help: string) => numberOption({ min: 0, max: 1 }, help);
const positive = (help: string) => numberOption({ min: 0, open: true }, help);

/** How each setting is read, in the order of `--help` and of `config.json`. */
export const OPTIONS: { readonly [K in keyof Settings]: Option<Settings[K]> } = {
  env: textOption("ID", "environment to learn, or a file that exports one, as ./my_env.ts"),
  envOptions: objectOption('the environment\'s own options, as in \'{"mapName":"8x8"}\''),
  bins: sizesOption(
    "bins of each element of an observation, or of all, where q-learning needs a table (of at most 4194304 values)",
  ),
  actionBins: integerOption(2, "choices in each dimension of actions that are no choices by themselves"),
  normalize: choiceOption(
    NORMALIZATIONS,
    "observations for a network: as they are, scaled by their bounds, or by mean and deviation of random play",
  ),
  agent: choiceOption(
    AGENTS,
    "how to learn: a bundle of the options below, as double-dqn is dqn with --double (default: dqn, or q-learning for FrozenLake, CliffWalking, Taxi and Blackjack)",
  ),
  preset: choiceOption(
    PRESETS,
    "whose hyperparameters to start from: ours for the environment, or the lecture's",
  ),
  seed: integerOption(0, "root of all randomness"),
  steps: optional(count("environment steps to take at most")),
  episodes: optional(count("episodes to play at most")),
  hidden: sizesOption("units of the hidden layers"),
  initializer: choiceOption(INITIALIZERS, "distribution of fresh weights"),
  gamma: probability("discount"),
  learningRate: positive("Adam's step size, or that of q-learning's table"),
  learningRateEnd: optional(
    probability("what q-learning's goes down to in a straight line, by the last of --steps"),
  ),
  batchSize: count("transitions per gradient step"),
  bufferSize: count("transitions that the replay buffer holds"),
  learningStarts: count("environment step at which learning starts"),
  trainInterval: count("environment steps from one update to the next"),
  gradientSteps: count("gradient steps per update"),
  targetUpdateInterval: optional(count("environment steps from one target network update to the next")),
  targetUpdateEpisodes: optional(count("the same in episodes, instead")),
  tau: numberOption({ min: 0, max: 1, open: true }, "how far a target network update goes; 1 copies"),
  epsilonStart: probability("probability of a random action at first"),
  epsilonEnd: probability("probability of a random action in the end"),
  epsilonDecaySteps: count("environment steps from the first to the last of the two"),
  loss: choiceOption(["mse", "huber"], "loss of a TD error"),
  maxGradNorm: optional(positive("largest norm of a gradient")),
  double: booleanOption("Double DQN targets"),
  dueling: booleanOption("streams of their own for value and advantage"),
  noisy: booleanOption("noise in the weights, which explores in place of epsilon"),
  nStep: count("steps of reward before the bootstrap"),
  prioritized: booleanOption("prioritized replay"),
  priorityAlpha: numberOption({ min: 0 }, "how much priority counts; 0 is uniform"),
  priorityBetaStart: probability("how far importance weights make up for priorities at first"),
  priorityBetaEnd: probability("the same in the end"),
  priorityBetaSteps: count("environment steps from the first to the last of the two"),
  priorityEpsilon: numberOption({ min: 0 }, "added to every priority"),
  distribution: choiceOption(
    DISTRIBUTIONS,
    "what the network tells: values, C51's atoms, QR-DQN's quantiles",
  ),
  atoms: integerOption(2, "number of atoms or quantiles"),
  vMin: numberOption({}, "return of C51's first atom"),
  vMax: numberOption({}, "return of C51's last atom"),
  munchausen: booleanOption("Munchausen targets"),
  munchausenAlpha: probability("how much of the policy's logarithm is added to the reward"),
  munchausenTau: positive("temperature of the policy"),
  munchausenClip: numberOption({ max: 0 }, "lowest value that is added"),
  actionMask: optional(booleanOption("obey the environment's action masks, none for where it offers them")),
  truncatedAsTerminated: booleanOption("store a step cut by the time limit as an end, as the lecture does"),
  evalInterval: optional(count("environment steps from one evaluation to the next")),
  evalEpisodes: count("greedy episodes per evaluation, the final one too"),
  stopAtReturn: optional(numberOption({}, "stop when an evaluation's mean return reaches this")),
  kernel: optional(choiceOption(KERNELS, "arithmetic to use, none for the fastest; the bits are the same")),
};

/** Whether a word names a setting. */
export function isSettingName(name: string): name is keyof Settings {
  return Object.hasOwn(OPTIONS, name);
}

/** The names of all settings. */
export const SETTING_NAMES: readonly (keyof Settings)[] = Object.keys(OPTIONS).filter(isSettingName);

/** The flag of a setting, as in `--learning-rate`. */
export function flagOf(name: string): string {
  return "--" + name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A setting's value as one would write it on the command line. */
export function textOf(value: Settings[keyof Settings]): string {
  if (value === null) return "none";
  return typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : String(value);
}
