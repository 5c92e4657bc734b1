/**
 * The lecture's hyperparameters, as choices.
 *
 * @module
 */

import type { Flags } from "./command_text.ts";

/** A setting of a run: its flag and value as text. */
type Values<T> = Readonly<Record<HyperparameterName, T>>;

/** The hyperparameters of the lecture's list. */
export const HYPERPARAMETERS = {
  gamma: ["0", "0.5", "0.8", "0.9", "0.95", "0.98", "0.99", "0.999"],
  learningRate: ["0.00001", "0.0001", "0.0005", "0.001", "0.005", "0.02"],
  epsilon: ["0", "0.01", "0.05", "0.1", "0.2", "0.5", "1"],
  bufferSize: ["100", "1000", "10000", "100000"],
  batchSize: ["8", "16", "32", "64", "128"],
  interval: ["1", "5", "10", "20", "50", "100"],
  hidden: ["8", "32", "128", "32,32", "128,128", "256,256"],
} as const;

/** A name of {@linkcode HYPERPARAMETERS}. */
export type HyperparameterName = keyof typeof HYPERPARAMETERS;

/** Their names, in the order of the lecture. */
export const HYPERPARAMETER_NAMES: readonly HyperparameterName[] = [
  "gamma",
  "learningRate",
  "epsilon",
  "bufferSize",
  "batchSize",
  "interval",
  "hidden",
];

/** The lecture's program. */
export const PROGRAM: Values<string> = {
  gamma: "0.98",
  learningRate: "0.0005",
  epsilon: "0.1",
  bufferSize: "10000",
  batchSize: "32",
  interval: "20",
  hidden: "128,128",
};

/** The lecture's table, which differs from its program in two rows. */
export const TABLE: Values<string> = { ...PROGRAM, epsilon: "0.05", bufferSize: "100000" };

/** The flags of a choice. As in the lecture, learning starts when the buffer holds a mini-batch. */
const FLAGS: Values<readonly string[]> = {
  gamma: ["gamma"],
  learningRate: ["learning-rate"],
  epsilon: ["epsilon-start", "epsilon-end"],
  bufferSize: ["buffer-size"],
  batchSize: ["batch-size", "learning-starts"],
  interval: ["target-update-episodes"],
  hidden: ["hidden"],
};

/** The flags of `deno task train` for a run: what it changes in the lecture's program. */
export function trainFlags(values: Values<string>, budget: { episodes: number; seed: number }): Flags {
  const changed = HYPERPARAMETER_NAMES.filter((name) => values[name] !== PROGRAM[name]);
  return {
    preset: "lecture",
    ...Object.fromEntries(changed.flatMap((name) => FLAGS[name].map((flag) => [flag, values[name]]))),
    episodes: `${budget.episodes}`,
    seed: `${budget.seed}`,
  };
}
