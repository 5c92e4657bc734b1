/**
 * The state of a Q-learning agent as plain data.
 *
 * @module
 */

import type { Pcg32Snapshot } from "./pcg32.ts";

/** The state of a `QLearning`. */
export interface QLearningSnapshot {
  /** Steps observed. */
  steps: number;
  /** The table, state by state. */
  table: Float32Array;
  /** The stream of random actions. */
  exploration: Pcg32Snapshot;
}
