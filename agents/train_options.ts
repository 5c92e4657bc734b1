/**
 * For how long to train, and how to evaluate.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import type { TrainingSnapshot } from "./training_snapshot.ts";

/** Evaluations during training. */
export interface TrainEvaluationOptions<O extends Observation = Observation, A extends Action = Action> {
  /** An environment of its own. */
  env: Env<O, A>;
  /** Environment steps from one evaluation to the next, a whole number from 1. */
  interval: number;
  /** Episodes per evaluation, a whole number from 1. */
  episodes: number;
  /** Seeds the environment before each evaluation, so that all of them play the same episodes. */
  seed: number;
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
   * Environment steps to take at most, a whole number from 1.
   *
   * @default {Infinity}
   */
  steps?: number | undefined;
  /**
   * Episodes to play at most, a whole number from 1.
   *
   * @default {Infinity}
   */
  episodes?: number | undefined;
  /**
   * Evaluates the policy now and then; training is the same, bit for bit, with and without.
   *
   * @default {undefined}
   */
  evaluation?: TrainEvaluationOptions<O, A> | undefined;
  /**
   * Continues what a {@linkcode TrainingLoop} has begun, with the other options as they were, but for a larger budget: what
   * follows is what would have followed, bit for bit. The agent must have been restored, too.
   *
   * @default {undefined}
   */
  resume?: TrainingSnapshot<O> | undefined;
}
