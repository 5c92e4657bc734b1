/**
 * The hyperparameters of PQN.
 *
 * @module
 */

import type { ConvolutionLayer } from "../../nn/convolution_layers.ts";
import type { DqnOptions } from "../dqn/dqn_options.ts";
import type { Schedule } from "../schedule.ts";

/** The options shared with `Dqn`, with the same defaults unless {@linkcode PqnOptions} states another. */
export type SharedPqnOptionName =
  | "seed"
  | "convolution"
  | "observationScale"
  | "hidden"
  | "layerNorm"
  | "initializer"
  | "gamma"
  | "adamEpsilon"
  | "epsilon"
  | "loss"
  | "maxGradNorm"
  | "dueling"
  | "kernel";

/** Options of `Pqn`; {@linkcode PQN_OPTIONS} has range, meaning and source of those that `Dqn` lacks. */
export interface PqnOptions extends Pick<DqnOptions, SharedPqnOptionName> {
  /**
   * Steps of each environment from one update to the next, a whole number from 1.
   *
   * @default {32}
   */
  rolloutSteps?: number;
  /**
   * Passes over the steps of a rollout per update, a whole number from 1.
   *
   * @default {4}
   */
  epochs?: number;
  /**
   * Gradient steps per pass, each on an equal part of the rollout; a whole number from 1.
   *
   * @default {4}
   */
  miniBatches?: number;
  /**
   * The share of the longer return in targets, in [0, 1]: 0 is a return of one step, 1 of the whole rollout.
   *
   * @default {0.9}
   */
  lambda?: number;
  /**
   * RAdam's step size, above 0, or a schedule, which may fall to 0; its value at the start of the rollout is used.
   *
   * @default {0.001}
   */
  learningRate?: number | Schedule;
  /**
   * Whether every hidden layer is normalised before its ReLU, which replaces a target network (Gallici et al. 2025).
   *
   * @default {true}
   */
  layerNorm?: boolean;
  /**
   * The probability of a random action as a function of the step, in [0, 1].
   *
   * @default {from 1 to 0.05 over the first 25,000 steps}
   */
  epsilon?: Schedule;
}

/** Every option of `Pqn`. */
export interface ResolvedPqnOptions extends Required<Omit<PqnOptions, "learningRate" | "convolution">> {
  /** The convolution layers, a name replaced by its layers. */
  convolution: readonly ConvolutionLayer[] | undefined;
  /** RAdam's step size as a function of the step. */
  learningRate: Schedule;
}
