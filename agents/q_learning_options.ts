/**
 * The hyperparameters of Q-learning with a table.
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
   * The step size α: how far a value moves to what it should have been. In (0, 1], later steps in [0, 1]: where the outcome of
   * an action is random, values come to rest only if it goes down.
   *
   * @default {0.1}
   */
  learningRate?: number | Schedule;
  /**
   * The probability of a random action by step, in [0, 1].
   *
   * @default {from 1 to 0.05 over the first 50,000 steps}
   */
  epsilon?: Schedule;
}
