/**
 * The state of a training loop over many environments.
 *
 * @module
 */

import type { EnvSnapshot } from "../envs/env.ts";
import type { TrainingPhase } from "./training_snapshot.ts";

/** The state of a {@linkcode VectorTrainingLoop}, its environments included, its agent not. Lists have one element per copy. */
export interface VectorTrainingSnapshot {
  /** Environment steps taken, of all copies together. */
  step: number;
  /** Episodes ended. */
  episode: number;
  /** What comes next. */
  next: TrainingPhase;
  /** Index of the copy whose step comes next, or was last; the number of copies when all have had theirs. */
  copy: number;
  /** What the agent saw in this turn, one row per copy. */
  observations: Float32Array;
  /** What it did. */
  actions: Int32Array;
  /** What it got. */
  rewards: Float64Array;
  /** What it saw then, one row per copy; of episodes that ended, the last they showed. */
  nextObservations: Float32Array;
  /** 1 where this turn ended the task. */
  terminated: Uint8Array;
  /** 1 where this turn was cut from outside. */
  truncated: Uint8Array;
  /** Sums of the rewards of the current episodes. */
  episodeReturns: Float64Array;
  /** Numbers of their steps. */
  lengths: Float64Array;
  /** Numbers of updates made during them. */
  updates: Float64Array;
  /** Sums of the losses of these updates. */
  lossSums: Float64Array;
  /** Sums of their mean Q-values. */
  meanQSums: Float64Array;
  /** The `VectorEnv`. */
  envs: EnvSnapshot;
  /** The environment of evaluations; undefined while there has been none. */
  evaluationEnv: EnvSnapshot | undefined;
  /** Returns of the current evaluation; none otherwise. */
  evaluationReturns: number[];
}
