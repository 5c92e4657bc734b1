import type { EpisodeRecord, EvaluationRecord, TrajectoryHash } from "../../agents/mod.ts";
import type { Tensor } from "../../nn/mod.ts";
import type { RunLoopSnapshot } from "./run_loop.ts";

/** The whole state of a run between two steps; `prepareRun` continues from it. */
export interface RunSnapshot {
  /** The training loop and its environments. */
  readonly loop: RunLoopSnapshot;
  /** The agent; each kind has its own format. */
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
  /** Whether it is complete: not if the agent's replay buffer was left out. */
  readonly isComplete: boolean;
  /** Environment steps at which the run was resumed from an incomplete snapshot. */
  readonly replayLostAt: readonly number[];
  /** Steps at which another version of this package resumed the run. @default {undefined, none} */
  readonly versionChanges?: readonly VersionChange[] | undefined;
}

/** A change of version in a resumed run, whose bits may be those of neither version. */
export interface VersionChange {
  /** The environment step of the change. */
  readonly step: number;
  /** The version before it. */
  readonly from: string;
}
