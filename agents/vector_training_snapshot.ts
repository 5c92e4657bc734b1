/**
 * The state of a training loop over many environments.
 *
 * @module
 */

import type { EnvSnapshot } from "../envs/env.ts";
import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { TrainingPhase } from "./training_snapshot.ts";

/** The state of a {@linkcode VectorTrainingLoop}, including its environments, but not its agent. Lists have one element per copy. */
export interface VectorTrainingSnapshot {
  /** Environment steps taken, of all copies together. */
  step: number;
  /** Episodes ended. */
  episode: number;
  /** The next phase. */
  next: TrainingPhase;
  /** Index of the copy whose step comes next, or was last; the number of copies when all have had theirs. */
  copy: number;
  /** The observations before this turn, one row per copy; bytes if the environments' are. */
  observations: BoxArray;
  /** The actions. */
  actions: Int32Array;
  /** The rewards. */
  rewards: Float64Array;
  /** The observations after this turn, one row per copy; for episodes that ended, their last observation. */
  nextObservations: BoxArray;
  /** Which actions were allowed before this turn, one row per copy; absent without action masks. */
  actionMasks?: Uint8Array;
  /** Which actions are allowed after it; absent without action masks. */
  nextActionMasks?: Uint8Array;
  /** 1 where this turn ended the task. */
  terminated: Uint8Array;
  /** 1 where the episode was cut off from outside in this turn. */
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
  /** The environment of evaluations; undefined before the first evaluation. */
  evaluationEnv: EnvSnapshot | undefined;
  /** Returns of the current evaluation; empty otherwise. */
  evaluationReturns: number[];
}
