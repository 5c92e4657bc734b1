/**
 * The table of DQN's options.
 *
 * @module
 */

import { INITIALIZERS } from "../../nn/initializers.ts";
import { KERNEL_NAMES } from "../../nn/kernels/create_kernels.ts";
import { LOSSES } from "../../nn/kernels/kernels.ts";
import { DISTRIBUTIONS } from "../../nn/network_architecture.ts";
import { linearSchedule, type Schedule } from "../schedule.ts";
import {
  convolutionLayers,
  finiteNumber,
  oneOf,
  onOrOff,
  optional,
  orSchedule,
  schedule,
  wholeNumber,
  wholeNumbers,
} from "./option_ranges.ts";
import type { DqnOption, DqnScheduleName, LinearScheduleOptions } from "./dqn_option.ts";
import type { DqnOptions, ResolvedDqnOptions } from "./dqn_options.ts";

const COUNT = wholeNumber(1);
const PROBABILITY = finiteNumber({ min: 0, max: 1 });
const POSITIVE = finiteNumber({ min: 0, isOpen: true });
const FROM_ZERO = finiteNumber({ min: 0 });

const PRIORITIZED = { name: "prioritized", values: [true] } as const;
const MUNCHAUSEN = { name: "munchausen", values: [true] } as const;

/** The default schedules as numbers. */
export const DEFAULT_SCHEDULES: { readonly [K in DqnScheduleName]: LinearScheduleOptions } = {
  epsilon: { start: 1, end: 0.04, steps: 8_000 },
  priorityBeta: { start: 0.4, end: 1, steps: 50_000 },
};

function defaultSchedule(name: DqnScheduleName): Schedule {
  const { start, end, steps } = DEFAULT_SCHEDULES[name];
  return linearSchedule(start, end, steps);
}

/**
 * Every option of {@linkcode Dqn}: its default, range, meaning and source. The defaults and
 * checks of `Dqn`, the flags and `--help` of the commands and the tables of the guide all come from it.
 *
 * @example Usage
 * ```ts
 * import { DQN_OPTIONS } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const { default: gamma, range } = DQN_OPTIONS.gamma;
 * assertEquals([gamma, range.rule], [0.99, "in [0, 1]"]);
 * assertEquals(range.accepts(1.5), false);
 * ```
 */
export const DQN_OPTIONS: { readonly [K in keyof ResolvedDqnOptions]: DqnOption<ResolvedDqnOptions[K]> } = {
  seed: { default: 0, range: wholeNumber(0), group: "run", help: "seed of all randomness" },
  convolution: {
    default: undefined,
    range: optional(convolutionLayers()),
    group: "network",
    help: "convolution layers before the hidden ones, for images; without padding, each followed by ReLU",
    source: "`minatar`: Young & Tian 2019; `nature`: Mnih et al. 2015, methods",
  },
  observationScale: {
    default: undefined,
    range: optional(POSITIVE),
    group: "network",
    help: "number by which observations of uint8 are divided (default: their upper bound, 255 for pixels)",
  },
  hidden: {
    default: [64, 64],
    range: wholeNumbers(1),
    group: "network",
    help: "units of the hidden layers, none for a linear Q-function",
  },
  layerNorm: {
    default: false,
    range: onOrOff(),
    group: "network",
    help: "layer normalisation of every hidden layer, before its ReLU",
    source: "Ba et al. 2016, eq. 4; ε = 1e-5, as PyTorch's",
    isExtension: true,
  },
  initializer: {
    default: "pytorch",
    range: oneOf(INITIALIZERS),
    group: "network",
    help: "initial distribution of the weights",
  },
  gamma: {
    default: 0.99,
    range: PROBABILITY,
    group: "learning",
    help: "discount factor",
    source: "γ of every paper here",
  },
  learningRate: {
    default: 1e-3,
    range: orSchedule(POSITIVE),
    group: "network",
    help: "Adam's step size",
    source: "Adam: Kingma & Ba 2015, algorithm 1",
  },
  adamEpsilon: {
    default: 1e-8,
    range: finiteNumber({ min: 1e-30, max: 1 }),
    group: "network",
    help: "added to the root of Adam's second moment",
    source: "Adam: Kingma & Ba 2015, algorithm 1",
  },
  batchSize: {
    default: 128,
    range: COUNT,
    group: "network",
    help: "transitions per gradient step",
    source: "Mnih et al. 2015, extended data table 1, “minibatch size”",
  },
  bufferSize: {
    default: 50_000,
    range: COUNT,
    group: "replay",
    help: "capacity of the replay buffer, in transitions",
    source: "Mnih et al. 2015, “replay memory size”",
  },
  learningStarts: {
    default: 1_000,
    range: COUNT,
    group: "learning",
    help: "environment step at which learning starts",
    source: "Mnih et al. 2015, “replay start size”",
  },
  trainInterval: {
    default: 1,
    range: COUNT,
    group: "learning",
    help: "environment steps between updates",
    source: "Mnih et al. 2015, “update frequency”",
  },
  gradientSteps: {
    default: 1,
    range: COUNT,
    group: "learning",
    help: "gradient steps per update",
    source: "more than one makes up for a longer `trainInterval`",
  },
  targetUpdateInterval: {
    default: 200,
    range: optional(COUNT),
    group: "learning",
    help: "environment steps between target network updates",
    source: "Mnih et al. 2015, “target network update frequency”, in steps",
  },
  targetUpdateEpisodes: {
    default: undefined,
    range: optional(COUNT),
    group: "learning",
    help: "episodes between target network updates, instead of steps",
    source: "the lecture's code",
  },
  tau: {
    default: 1,
    range: finiteNumber({ min: 0, max: 1, isOpen: true }),
    group: "learning",
    help: "fraction by which an update moves the target network towards the online network; 1 copies it",
    source: "Lillicrap et al. 2016, algorithm 1; 1 copies",
  },
  epsilon: {
    default: defaultSchedule("epsilon"),
    range: schedule(),
    group: "exploration",
    help: "probability of a random action",
    source: "Mnih et al. 2015, “initial exploration”, “final exploration” and its frame, in steps",
  },
  loss: {
    default: "mse",
    range: oneOf(LOSSES),
    group: "network",
    help: "loss function of the TD error",
    source: "`huber` is the error clipping of Mnih et al. 2015",
    needs: { name: "distribution", values: ["none"] },
  },
  maxGradNorm: {
    default: undefined,
    range: optional(POSITIVE),
    group: "network",
    help: "norm above which gradients are scaled down",
    source: "Pascanu et al. 2013, algorithm 1",
  },
  double: {
    default: false,
    range: onOrOff(),
    group: "learning",
    help: "Double DQN targets",
    source: "van Hasselt et al. 2016, eq. 4, with the online and the target network",
    isExtension: true,
  },
  dueling: {
    default: false,
    range: onOrOff(),
    group: "output",
    help: "separate streams for value and advantage",
    source: "Wang et al. 2016, eq. 9",
    isExtension: true,
  },
  noisy: {
    default: false,
    range: onOrOff(),
    group: "exploration",
    help: "exploration by noise in the weights instead of epsilon",
    source: "Fortunato et al. 2018, eq. 9 to 11, factorised, σ₀ = 0.5",
    isExtension: true,
  },
  nStep: {
    default: 1,
    range: wholeNumber(1, 65_535),
    group: "learning",
    help: "rewards summed before the bootstrap (n-step returns)",
    source: "Sutton 1988; Hessel et al. 2018, “Multi-step learning”",
    isExtension: true,
  },
  prioritized: {
    default: false,
    range: onOrOff(),
    group: "replay",
    help: "prioritized experience replay",
    source: "Schaul et al. 2016, algorithm 1, proportional",
    isExtension: true,
  },
  priorityAlpha: {
    default: 0.6,
    range: FROM_ZERO,
    group: "replay",
    help: "exponent of priorities; 0 samples uniformly",
    source: "Schaul et al. 2016, eq. 1; 1, and 0 for β, is the lecture's δ / Σδ",
    isExtension: true,
    needs: PRIORITIZED,
  },
  priorityBeta: {
    default: defaultSchedule("priorityBeta"),
    range: schedule(),
    group: "replay",
    help: "how far importance weights correct for priorities",
    source: "Schaul et al. 2016, section 3.4",
    isExtension: true,
    needs: PRIORITIZED,
  },
  priorityEpsilon: {
    default: 1e-6,
    range: FROM_ZERO,
    group: "replay",
    help: "constant added to every priority",
    source: "Schaul et al. 2016, section 3.3",
    isExtension: true,
    needs: PRIORITIZED,
  },
  distribution: {
    default: "none",
    range: oneOf(DISTRIBUTIONS),
    group: "output",
    help: "output of the network: values, C51's atoms or QR-DQN's quantiles",
    source: "`c51`: Bellemare et al. 2017, algorithm 1; `qr`: Dabney et al. 2018, eq. 10, κ = 1",
    isExtension: true,
  },
  atoms: {
    default: 51,
    range: wholeNumber(2),
    group: "output",
    help: "atoms or quantiles per action",
    source: "N of both",
    isExtension: true,
    needs: { name: "distribution", values: ["c51", "qr"] },
  },
  vMin: {
    default: -10,
    range: finiteNumber(),
    group: "output",
    help: "return of C51's first atom",
    source: "Bellemare et al. 2017",
    isExtension: true,
    needs: { name: "distribution", values: ["c51"] },
  },
  vMax: {
    default: 10,
    range: finiteNumber(),
    group: "output",
    help: "return of C51's last atom",
    source: "Bellemare et al. 2017",
    isExtension: true,
    needs: { name: "distribution", values: ["c51"] },
  },
  munchausen: {
    default: false,
    range: onOrOff(),
    group: "output",
    help: "Munchausen targets",
    source: "Vieillard et al. 2020, eq. 2",
    isExtension: true,
  },
  munchausenAlpha: {
    default: 0.9,
    range: PROBABILITY,
    group: "output",
    help: "weight of the policy's logarithm, which is added to the reward",
    source: "Vieillard et al. 2020, α",
    isExtension: true,
    needs: MUNCHAUSEN,
  },
  munchausenTau: {
    default: 0.03,
    range: POSITIVE,
    group: "output",
    help: "temperature of the policy",
    source: "Vieillard et al. 2020, τ",
    isExtension: true,
    needs: MUNCHAUSEN,
  },
  munchausenClip: {
    default: -1,
    range: finiteNumber({ max: 0 }),
    group: "output",
    help: "lower bound of the policy's scaled logarithm",
    source: "Vieillard et al. 2020, l₀",
    isExtension: true,
    needs: MUNCHAUSEN,
  },
  actionMask: {
    default: undefined,
    range: optional(onOrOff()),
    group: "exploration",
    help: "choose only actions that the environment's action mask allows; none does so if it offers masks",
    source: "applies to acting, exploring and targets; by default on if the environment offers masks",
  },
  truncatedAsTerminated: {
    default: false,
    range: onOrOff(),
    group: "learning",
    help: "store a step cut off by the time limit as terminal, as the lecture does",
    source: "the lecture's code",
  },
  kernel: {
    default: undefined,
    range: optional(oneOf(KERNEL_NAMES)),
    group: "run",
    help: "implementation of the arithmetic, none for the fastest; results are the same, bit for bit",
  },
};

/** Whether a word is the name of an option of {@linkcode Dqn}. */
export function isDqnOptionName(name: string): name is keyof DqnOptions {
  return Object.hasOwn(DQN_OPTIONS, name);
}

/** The names of all options of {@linkcode Dqn}, in the order of the table. */
export const DQN_OPTION_NAMES: readonly (keyof DqnOptions)[] = Object.keys(DQN_OPTIONS).filter(
  isDqnOptionName,
);
