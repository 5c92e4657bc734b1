/**
 * The hyperparameters of PQN.
 *
 * @module
 */

import type { DqnOptions } from "../dqn/dqn_options.ts";
import type { Schedule } from "../schedule.ts";

/** The options of `Dqn` that `Pqn` has, too, with the same defaults unless {@linkcode PqnOptions} says otherwise. */
export type SharedPqnOptionName =
  | "seed"
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

/** Options of `Pqn`; ranges, meaning and source of those that only it has are in {@linkcode PQN_OPTIONS}. */
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
   * RAdam's step size, above 0; of a schedule, which may fall to 0, the value where the rollout began.
   *
   * @default {0.001}
   */
  learningRate?: number | Schedule;
  /**
   * Whether every hidden layer is normalised before its ReLU, which stands in for a target network (Gallici et al. 2025).
   *
   * @default {true}
   */
  layerNorm?: boolean;
  /**
   * The probability of a random action by step, in [0, 1].
   *
   * @default {from 1 to 0.05 over the first 25,000 steps}
   */
  epsilon?: Schedule;
}

/** Every option of `Pqn`. */
export interface ResolvedPqnOptions extends Required<Omit<PqnOptions, "learningRate">> {
  /** RAdam's step size by step. */
  learningRate: Schedule;
}
