import type { EpisodeRecord, EvaluationRecord, TrainingSnapshot, TrajectoryHash } from "../../agents/mod.ts";
import type { Tensor } from "../../nn/mod.ts";

/** All that a run is made of between two steps; `prepareRun` continues from it. */
export interface RunSnapshot {
  /** The training loop and its environments. */
  readonly loop: TrainingSnapshot;
  /** The agent; each kind has its own form. */
  readonly agent: unknown;
  /** The fingerprint of all steps so far. */
  readonly trajectory: ReturnType<TrajectoryHash["snapshot"]>;
  /** Every episode that ended. */
  readonly episodes: readonly EpisodeRecord[];
  /** Every evaluation. */
  readonly evaluations: readonly EvaluationRecord[];
  /** The best policy evaluated; undefined before the first evaluation, and for agents without one. */
  readonly policy:
    | { readonly step: number; readonly mean: number; readonly tensors: Tensor[] }
    | undefined;
  /** Whether it is really all: not if the agent's replay buffer has been left out. */
  readonly isComplete: boolean;
  /** Environment steps at which the run was continued from a snapshot that was not complete. */
  readonly replayLostAt: readonly number[];
  /** Where another version of this package went on with the run. @default {undefined, nowhere} */
  readonly versionChanges?: readonly VersionChange[] | undefined;
}

/** A run that another version of this package went on with: its bits may not be those of either. */
export interface VersionChange {
  /** Environment steps at which it did. */
  readonly step: number;
  /** The version until then. */
  readonly from: string;
}
