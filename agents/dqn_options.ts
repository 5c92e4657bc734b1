/**
 * The hyperparameters of DQN.
 *
 * @module
 */

import { type InitializerName, INITIALIZERS } from "../nn/initializers.ts";
import { KERNEL_NAMES } from "../nn/kernels/create_kernels.ts";
import type { KernelName, Loss } from "../nn/kernels/kernels.ts";
import { linearSchedule, type Schedule } from "./schedule.ts";

/** Options of {@linkcode Dqn}; every interval counts environment steps unless it says otherwise. */
export interface DqnOptions {
  /**
   * The root seed of initialisation, exploration and replay; a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * Units of the hidden layers, each a whole number from 1; empty for a linear Q-function.
   *
   * @default {[64, 64]}
   */
  hidden?: readonly number[];
  /**
   * The distribution of fresh weights.
   *
   * @default {"pytorch"}
   */
  initializer?: InitializerName;
  /**
   * The discount γ, in [0, 1].
   *
   * @default {0.99}
   */
  gamma?: number;
  /**
   * Adam's step size, above 0.
   *
   * @default {0.001}
   */
  learningRate?: number;
  /**
   * Transitions per gradient step, a whole number from 1.
   *
   * @default {128}
   */
  batchSize?: number;
  /**
   * Capacity of the replay buffer in transitions, at least the batch size.
   *
   * @default {50_000}
   */
  bufferSize?: number;
  /**
   * The step at which learning starts, a whole number from 1.
   *
   * @default {1_000}
   */
  learningStarts?: number;
  /**
   * Steps from one update to the next, a whole number from 1.
   *
   * @default {1}
   */
  trainInterval?: number;
  /**
   * Gradient steps per update, a whole number from 1.
   *
   * @default {1}
   */
  gradientSteps?: number;
  /**
   * Steps from one update of the target network to the next, a whole number from 1.
   *
   * @default {200, unless targetUpdateEpisodes is given}
   */
  targetUpdateInterval?: number | undefined;
  /**
   * Episodes from one update of the target network to the next, a whole number from 1, instead of
   * `targetUpdateInterval`. Counted as the lecture does: after the first episode and every n-th one after it.
   *
   * @default {undefined}
   */
  targetUpdateEpisodes?: number | undefined;
  /**
   * How far an update moves the target network to the online network, in (0, 1]; 1 copies it.
   *
   * @default {1}
   */
  tau?: number;
  /**
   * The probability of a random action by step, in [0, 1].
   *
   * @default {from 1 to 0.04 over the first 8,000 steps}
   */
  epsilon?: Schedule;
  /**
   * The loss of a TD error.
   *
   * @default {"mse"}
   */
  loss?: Loss;
  /**
   * The largest norm of a gradient, above 0; undefined leaves gradients alone.
   *
   * @default {undefined}
   */
  maxGradNorm?: number | undefined;
  /**
   * Whether the online network chooses the action whose value the target network tells (van Hasselt et al. 2016).
   *
   * @default {false}
   */
  double?: boolean;
  /**
   * Whether a truncated step is stored as if the task had ended, as the lecture's code does. It makes a time limit look
   * like a failure; there to reproduce the lecture.
   *
   * @default {false}
   */
  truncatedAsTerminated?: boolean;
  /**
   * Which kernels compute; they all give the same bits.
   *
   * @default {the fastest that run here}
   */
  kernel?: KernelName | undefined;
}

/** {@linkcode DqnOptions} with every default filled in. */
export type ResolvedDqnOptions = Required<DqnOptions>;

const NUMBERS = [
  "seed",
  "gamma",
  "learningRate",
  "batchSize",
  "bufferSize",
  "learningStarts",
  "trainInterval",
  "gradientSteps",
  "targetUpdateInterval",
  "targetUpdateEpisodes",
  "tau",
  "maxGradNorm",
] as const;

/**
 * Fills in defaults and checks types and ranges.
 *
 * @param options What the user gave.
 * @returns Every option; arrays are copies.
 * @throws {TypeError} If an option is of another type.
 * @throws {RangeError} If an option is out of range, or two of them contradict each other.
 *
 * @example Usage
 * ```ts
 * import { resolveDqnOptions } from "@bellman/dqn/agents";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(resolveDqnOptions({ gamma: 0.98 }).batchSize, 128);
 * assertThrows(() => resolveDqnOptions({ gamma: 1.5 }), RangeError, "gamma must be in [0, 1], got 1.5");
 * ```
 */
export function resolveDqnOptions(options: DqnOptions = {}): ResolvedDqnOptions {
  const resolved: ResolvedDqnOptions = {
    seed: options.seed ?? 0,
    hidden: options.hidden ?? [64, 64],
    initializer: options.initializer ?? "pytorch",
    gamma: options.gamma ?? 0.99,
    learningRate: options.learningRate ?? 1e-3,
    batchSize: options.batchSize ?? 128,
    bufferSize: options.bufferSize ?? 50_000,
    learningStarts: options.learningStarts ?? 1_000,
    trainInterval: options.trainInterval ?? 1,
    gradientSteps: options.gradientSteps ?? 1,
    targetUpdateInterval: options.targetUpdateInterval ??
      (options.targetUpdateEpisodes === undefined ? 200 : undefined),
    targetUpdateEpisodes: options.targetUpdateEpisodes,
    tau: options.tau ?? 1,
    epsilon: options.epsilon ?? linearSchedule(1, 0.04, 8_000),
    loss: options.loss ?? "mse",
    maxGradNorm: options.maxGradNorm,
    double: options.double ?? false,
    truncatedAsTerminated: options.truncatedAsTerminated ?? false,
    kernel: options.kernel,
  };
  const fail = (Kind: ErrorConstructor, name: keyof DqnOptions, rule: string): never => {
    const value = resolved[name];
    const got = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
    throw new Kind(`Cannot create a Dqn: ${name} must be ${rule}, got ${got}`);
  };
  const demand = (name: keyof DqnOptions, holds: boolean, rule: string) => {
    if (!holds) fail(RangeError, name, rule);
  };
  for (const name of NUMBERS) {
    if (!["number", "undefined"].includes(typeof resolved[name])) fail(TypeError, name, "a number");
  }
  for (const name of ["double", "truncatedAsTerminated"] as const) {
    if (typeof resolved[name] !== "boolean") fail(TypeError, name, "true or false");
  }
  if (!Array.isArray(resolved.hidden)) fail(TypeError, "hidden", "an array of whole numbers from 1");
  if (typeof resolved.epsilon !== "function") {
    fail(TypeError, "epsilon", "a schedule, a function of the step");
  }

  const isCount = (value: number | undefined) => Number.isSafeInteger(value) && value! >= 1;
  demand("seed", Number.isSafeInteger(resolved.seed) && resolved.seed >= 0, "a whole number from 0");
  demand("hidden", resolved.hidden.every(isCount), "whole numbers from 1");
  resolved.hidden = [...resolved.hidden];
  demand("initializer", INITIALIZERS.includes(resolved.initializer), `one of ${INITIALIZERS.join(", ")}`);
  demand("gamma", resolved.gamma >= 0 && resolved.gamma <= 1, "in [0, 1]");
  demand("learningRate", resolved.learningRate > 0 && resolved.learningRate < Infinity, "finite and above 0");
  for (
    const name of ["batchSize", "bufferSize", "learningStarts", "trainInterval", "gradientSteps"] as const
  ) {
    demand(name, isCount(resolved[name]), "a whole number from 1");
  }
  const { batchSize, targetUpdateInterval, targetUpdateEpisodes, maxGradNorm, kernel } = resolved;
  demand("bufferSize", resolved.bufferSize >= batchSize, `at least the batch size of ${batchSize}`);
  const both = targetUpdateEpisodes !== undefined && targetUpdateInterval !== undefined;
  demand("targetUpdateEpisodes", !both, "absent where targetUpdateInterval is given");
  for (const name of ["targetUpdateInterval", "targetUpdateEpisodes"] as const) {
    demand(name, resolved[name] === undefined || isCount(resolved[name]), "a whole number from 1");
  }
  demand("tau", resolved.tau > 0 && resolved.tau <= 1, "in (0, 1]");
  demand("loss", resolved.loss === "mse" || resolved.loss === "huber", "mse or huber");
  demand("maxGradNorm", maxGradNorm === undefined || maxGradNorm > 0, "above 0");
  demand(
    "kernel",
    kernel === undefined || KERNEL_NAMES.includes(kernel),
    `one of ${KERNEL_NAMES.join(", ")}`,
  );
  return resolved;
}
