/**
 * The state of a training loop.
 *
 * @module
 */

import type { EnvSnapshot, Observation } from "../envs/env.ts";

/** The next action of a {@linkcode TrainingLoop}; it may turn out not to be due. */
export const TRAINING_PHASES = ["step", "episode", "evaluation", "reset"] as const;
/** One of {@linkcode TRAINING_PHASES}. */
export type TrainingPhase = typeof TRAINING_PHASES[number];

/** The state of a {@linkcode TrainingLoop}, its environments included, its agent not. */
export interface TrainingSnapshot<O extends Observation = Observation> {
  /** Environment steps taken. */
  step: number;
  /** Episodes ended. */
  episode: number;
  /** The next phase. */
  next: TrainingPhase;
  /** The current observation. */
  observation: O;
  /** Which actions are allowed now; undefined if the environment has no masks. */
  actionMask: Uint8Array | undefined;
  /** Whether the last step ended the task. */
  terminated: boolean;
  /** Whether the last step was cut off from outside, as by a time limit. */
  truncated: boolean;
  /** Sum of the rewards of the current episode. */
  episodeReturn: number;
  /** Number of its steps. */
  length: number;
  /** Number of its updates. */
  updates: number;
  /** Sum of their losses. */
  lossSum: number;
  /** Sum of their mean Q-values. */
  meanQSum: number;
  /** The training environment. */
  env: EnvSnapshot;
  /** The environment of evaluations; undefined before the first evaluation. */
  evaluationEnv: EnvSnapshot | undefined;
  /** Returns of the current evaluation; empty otherwise. */
  evaluationReturns: number[];
}
