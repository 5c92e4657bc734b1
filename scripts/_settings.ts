import { type InitializerName, INITIALIZERS, type KernelName, type Loss } from "../nn/mod.ts";
import {
  booleanOption,
  choiceOption,
  integerOption,
  numberOption,
  type Option,
  optional,
  sizesOption,
  textOption,
} from "./_option.ts";

const KERNELS: readonly KernelName[] = ["simd", "reference"];

/** The agents that `--agent` knows: each a bundle of options. */
export const AGENTS = ["random", "dqn", "double-dqn"] as const;
/** A name of {@linkcode AGENTS}. */
export type AgentName = typeof AGENTS[number];

/** The presets that `--preset` knows. */
export const PRESETS = ["tuned", "lecture"] as const;
/** A name of {@linkcode PRESETS}. */
export type PresetName = typeof PRESETS[number];

/** Everything that decides how a run goes; `config.json` holds just this. */
export interface Settings {
  env: string;
  agent: AgentName;
  preset: PresetName;
  seed: number;
  steps: number | null;
  episodes: number | null;
  hidden: readonly number[];
  initializer: InitializerName;
  gamma: number;
  learningRate: number;
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
  agent: choiceOption(AGENTS, "how to learn; double-dqn is dqn with --double"),
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
  learningRate: positive("Adam's step size"),
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
  return value === null ? "none" : String(value);
}
