import {
  DQN_OPTION_NAMES,
  type DqnOptions,
  type DqnScheduleName,
  OWN_PQN_OPTION_NAMES,
} from "../../agents/mod.ts";
import type { EnvOptions } from "../../envs/mod.ts";
import { type ConvolutionLayer, convolutionText } from "../../nn/mod.ts";
import {
  booleanOption,
  choiceOption,
  integerOption,
  numberOption,
  objectOption,
  type Option,
  optional,
  pixelsOption,
  sha256Option,
  sizesOption,
  textOption,
} from "../cli/option.ts";
import { dqnSettingOptions, type DqnSettings } from "./dqn_settings.ts";
import { pqnSettingOptions, type PqnSettings } from "./pqn_settings.ts";

/** The values of `--agent`: each a bundle of options. */
export const AGENTS = [
  "random",
  "q-learning",
  "q-network",
  "dqn",
  "double-dqn",
  "dueling-dqn",
  "prioritized-dqn",
  "munchausen-dqn",
  "rainbow",
  "pqn",
] as const;
/** A name of {@linkcode AGENTS}. */
export type AgentName = typeof AGENTS[number];

/** The values of `--normalize`. */
export const NORMALIZATIONS = ["none", "bounds", "statistics"] as const;
/** A name of {@linkcode NORMALIZATIONS}. */
export type Normalization = typeof NORMALIZATIONS[number];

/** The values of `--preset`. */
export const PRESETS = ["tuned", "lecture", "pixels"] as const;
/** A name of {@linkcode PRESETS}. */
export type PresetName = typeof PRESETS[number];

/** The largest value of `--frame-stack`. */
const MOST_FRAMES = 64;

/** The largest value of `--envs`. */
const MOST_ENVS = 4_096;

/** The settings of a run, which are the content of `config.json`. The options of `Dqn` and `Pqn` are settings of the same names. */
export interface Settings extends DqnSettings, PqnSettings {
  env: string;
  envSha256: string | null;
  envOptions: EnvOptions;
  bins: readonly number[];
  actionBins: number;
  actionParts: boolean;
  normalize: Normalization;
  pixels: string | null;
  blackBackground: boolean;
  frameStack: number;
  envs: number;
  agent: AgentName;
  preset: PresetName;
  initWeightsSha256: string | null;
  bufferSha256: string | null;
  steps: number | null;
  episodes: number | null;
  learningRateEnd: number | null;
  learningRateSteps: number | null;
  epsilonStart: number;
  epsilonEnd: number;
  epsilonDecaySteps: number;
  priorityBetaStart: number;
  priorityBetaEnd: number;
  priorityBetaSteps: number;
  evalInterval: number | null;
  evalEpisodes: number;
  stopAtReturn: number | null;
}

const count = (help: string) => integerOption(1, help);
const probability = (help: string) => numberOption({ min: 0, max: 1 }, help);
const ofDqn = dqnSettingOptions();

/** How each setting is read. */
export const OPTIONS: { readonly [K in keyof Settings]: Option<Settings[K]> } = {
  ...ofDqn,
  ...pqnSettingOptions(),
  env: textOption("ID", "environment to learn, or a file that exports one, such as ./my_env.ts"),
  envSha256: optional(
    sha256Option("SHA-256 that --env must have, if it is a file (default: any; a run stores it)"),
  ),
  envOptions: objectOption('the environment\'s own options, such as \'{"mapName":"8x8"}\''),
  bins: sizesOption(
    "bins per element of an observation for q-learning's table, one number for all or one for each (at most 4194304 values in all)",
  ),
  actionBins: integerOption(2, "bins per dimension of continuous actions"),
  actionParts: booleanOption(
    "one choice per dimension of continuous actions: a network has an output per bin instead of one per combination",
  ),
  normalize: choiceOption(
    NORMALIZATIONS,
    "how to scale observations for a network: not at all, by their bounds, or by the mean and deviation of random play",
  ),
  pixels: optional(
    pixelsOption(
      "learn from pictures of the environment instead of its observations: rows and columns of gray images, or with x3 in colour",
    ),
  ),
  blackBackground: booleanOption(
    "subtract the background from the pictures of --pixels, so that empty places are 0: easier and faster to learn from",
  ),
  frameStack: integerOption(1, "pictures of --pixels to stack as channels, the last so many", MOST_FRAMES),
  envs: integerOption(
    1,
    "environments to act in at once, each with its own seed; every interval counts the steps of all of them",
    MOST_ENVS,
  ),
  agent: {
    ...choiceOption(
      AGENTS,
      `how to learn: ${
        AGENTS.join(", ")
      }, each a bundle of the options below; double-dqn is dqn with --double, for example (default: dqn, q-learning for FrozenLake, CliffWalking, Taxi and Blackjack, or pqn for MiniGrid)`,
    ),
    placeholder: "NAME", // a line has no room for all of them
  },
  preset: choiceOption(
    PRESETS,
    "hyperparameters to start from: tuned for the environment, the lecture's, or those for learning from pictures of CartPole",
  ),
  initWeightsSha256: optional(
    sha256Option("SHA-256 that --init-weights must have (default: any; a run stores it)"),
  ),
  bufferSha256: optional(
    sha256Option("SHA-256 that --from-buffer must have (default: any; a run stores it)"),
  ),
  steps: optional(count("environment steps at most")),
  episodes: optional(count("episodes at most")),
  learningRate: {
    ...ofDqn.learningRate,
    help: "step size of Adam, of pqn's RAdam, or of q-learning's table",
  },
  learningRateEnd: optional(
    probability("step size that --learning-rate decays to linearly"),
  ),
  learningRateSteps: optional(
    count("environment steps over which --learning-rate decays to --learning-rate-end; none for --steps"),
  ),
  epsilonStart: probability("probability of a random action at the start"),
  epsilonEnd: probability("probability of a random action after the decay"),
  epsilonDecaySteps: count("environment steps over which epsilon decays"),
  priorityBetaStart: probability("how far importance weights correct for priorities at the start"),
  priorityBetaEnd: probability("how far importance weights correct for priorities at the end"),
  priorityBetaSteps: count(
    "environment steps over which beta changes (default: --steps, or 50000 without it)",
  ),
  evalInterval: optional(count("environment steps between evaluations")),
  evalEpisodes: count("greedy episodes per evaluation, including the final one"),
  stopAtReturn: optional(numberOption({}, "stop when an evaluation's mean return reaches this value")),
};

/** The settings listed before the options of `Dqn`. */
const FIRST: readonly (keyof Settings)[] = [
  "env",
  "envSha256",
  "envOptions",
  "bins",
  "actionBins",
  "actionParts",
  "normalize",
  "pixels",
  "blackBackground",
  "frameStack",
  "envs",
  "agent",
  "preset",
];

/** The settings that make up each schedule of `Dqn`. */
const SCHEDULES: { readonly [K in DqnScheduleName]: readonly (keyof Settings)[] } = {
  epsilon: ["epsilonStart", "epsilonEnd", "epsilonDecaySteps"],
  priorityBeta: ["priorityBetaStart", "priorityBetaEnd", "priorityBetaSteps"],
};

/** Other settings that are listed next to an option of `Dqn`. */
const BESIDE: { readonly [K in keyof DqnOptions]?: readonly (keyof Settings)[] } = {
  seed: ["seed", "steps", "episodes"],
  learningRate: ["learningRate", "learningRateEnd", "learningRateSteps"],
  initializer: ["initializer", "initWeightsSha256"],
  bufferSize: ["bufferSize", "bufferSha256"],
  kernel: ["evalInterval", "evalEpisodes", "stopAtReturn", "kernel"],
};

/** Whether a word is the name of a setting. */
export function isSettingName(name: string): name is keyof Settings {
  return Object.hasOwn(OPTIONS, name);
}

/** The settings of an option of `Dqn`: the option itself, or the parts of a schedule. */
function settingsOf(option: keyof DqnOptions): readonly (keyof Settings)[] {
  if (option === "epsilon" || option === "priorityBeta") return SCHEDULES[option];
  return [option];
}

/** The names of all settings, in the order of `--help` and of `config.json`. */
export const SETTING_NAMES: readonly (keyof Settings)[] = [
  ...FIRST,
  ...DQN_OPTION_NAMES.flatMap((name) => BESIDE[name] ?? settingsOf(name)),
  ...OWN_PQN_OPTION_NAMES,
];

/** The option of `Dqn` that a setting belongs to; undefined for other settings. */
export function dqnOptionOf(setting: keyof Settings): keyof DqnOptions | undefined {
  return DQN_OPTION_NAMES.find((name) => settingsOf(name).includes(setting));
}

/** The name of a setting's flag without dashes, such as `learning-rate`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The flag of a setting, such as `--learning-rate`. */
export function flagOf(name: string): string {
  return `--${flagName(name)}`;
}

/** A setting's value as written on the command line. */
export function textOf(value: Settings[keyof Settings]): string {
  if (value === null || Array.isArray(value) && value.length === 0) return "none";
  if (isLayers(value)) return convolutionText(value);
  return typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : String(value);
}

function isLayers(value: Settings[keyof Settings]): value is readonly ConvolutionLayer[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "object");
}
