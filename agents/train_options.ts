/**
 * How long to train, and how to evaluate.
 *
 * @module
 */

import type { Action, DiscreteAction, Env, Observation } from "../envs/env.ts";
import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { TrainingSnapshot } from "./training_snapshot.ts";
import type { VectorTrainingSnapshot } from "./vector_training_snapshot.ts";

/** Evaluations during training. */
export interface TrainEvaluationOptions<O extends Observation = Observation, A extends Action = Action> {
  /** An environment used only for evaluations. */
  env: Env<O, A>;
  /** Environment steps from one evaluation to the next, a whole number from 1. */
  interval: number;
  /** Episodes per evaluation, a whole number from 1. */
  episodes: number;
  /** Seeds the environment before each evaluation, so that all of them play the same episodes. */
  seed: number;
}

/**
 * Options of {@linkcode train} over a `VectorEnv`.
 *
 * @typeParam A The type of an action.
 */
export interface VectorTrainOptions<A extends DiscreteAction = number>
  extends Omit<TrainOptions<BoxArray, A>, "resume"> {
  /**
   * Continues what a {@linkcode VectorTrainingLoop} has begun, as {@linkcode TrainOptions.resume} does for one environment.
   *
   * @default {undefined}
   */
  resume?: VectorTrainingSnapshot | undefined;
}

/** Options of {@linkcode train}. */
export interface TrainOptions<O extends Observation = Observation, A extends Action = Action> {
  /**
   * Seeds the environment before the first episode, a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * The largest number of environment steps, a whole number from 1.
   *
   * @default {Infinity}
   */
  steps?: number | undefined;
  /**
   * The largest number of episodes, a whole number from 1.
   *
   * @default {Infinity}
   */
  episodes?: number | undefined;
  /**
   * Evaluates the policy at intervals; training has the same bits with and without evaluations.
   *
   * @default {undefined}
   */
  evaluation?: TrainEvaluationOptions<O, A> | undefined;
  /**
   * Resumes from the snapshot of a {@linkcode TrainingLoop}. The other options must be as before; only the budget may be larger. The
   * records have the same bits as without the interruption. Restore the agent, too.
   *
   * @default {undefined}
   */
  resume?: TrainingSnapshot<O> | undefined;
}
