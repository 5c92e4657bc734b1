import type { Flags } from "./command_text.ts";

/** Two runs to compare: with a target network, and without. */
export interface TargetRequest {
  /** The flags of `deno task train`, one set for each run. */
  readonly runs: readonly Flags[];
}

/** The label of one transition while a run learns. */
export interface LabelCurve {
  /** The label after each of the steps since the last message. */
  readonly labels: readonly number[];
  /** The value that the label is for, after the same steps. */
  readonly values: readonly number[];
}

/** What the worker tells. */
export type TargetReply =
  | {
    /** The next steps of all runs. */
    readonly kind: "labels";
    readonly curves: readonly LabelCurve[];
  }
  | {
    /** All runs have ended. */
    readonly kind: "ended";
    /** The fingerprint of each run's weights, as `deno task train` prints it. */
    readonly weights: readonly string[];
  };
