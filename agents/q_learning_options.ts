/**
 * The hyperparameters of tabular Q-learning.
 *
 * @module
 */

import type { Schedule } from "./schedule.ts";

/** Options of `QLearning`. */
export interface QLearningOptions {
  /**
   * The root seed of exploration, a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * The discount γ, in [0, 1].
   *
   * @default {0.99}
   */
  gamma?: number;
  /**
   * The step size α: how far a value moves towards its target. In (0, 1] at the first step, in [0, 1] later. If the outcomes of
   * actions are random, values converge only if it decreases.
   *
   * @default {0.1}
   */
  learningRate?: number | Schedule;
  /**
   * The probability of a random action as a function of the step, in [0, 1].
   *
   * @default {from 1 to 0.05 over the first 50,000 steps}
   */
  epsilon?: Schedule;
}
