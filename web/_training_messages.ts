/**
 * Messages between the page and its training worker.
 *
 * @module
 */

/** A message from the page. */
export type TrainingRequest =
  | {
    /** Starts training. */
    readonly kind: "start";
    /** Flags of `deno task train`, without dashes. */
    readonly flags: Readonly<Record<string, string>>;
  }
  | {
    /** Ends the current training, and keeps its result. */
    readonly kind: "stop";
  };

/** A message from the worker. */
export type TrainingMessage =
  | {
    /** The progress of training. */
    readonly kind: "progress";
    /** Environment steps taken. */
    readonly step: number;
    /** The used part of the budget, in [0, 1]. */
    readonly done: number;
    /** Returns of the episodes that ended since the last message. */
    readonly returns: readonly number[];
    /** Mean return of the last evaluation; undefined before the first. */
    readonly evaluated: number | undefined;
  }
  | {
    /** The result of training. */
    readonly kind: "done";
    /** The environment. */
    readonly env: string;
    /** Environment steps taken. */
    readonly step: number;
    /** Why it ended. */
    readonly stopReason: string;
    /** Its duration. */
    readonly seconds: number;
    /** Mean return of the final evaluation; undefined if training was stopped before it. */
    readonly mean: number | undefined;
    /** Episodes of the final evaluation. */
    readonly episodes: number | undefined;
    /** SHA-256 of the weights at the end of training. */
    readonly weightsHash: string;
    /** The best policy. */
    readonly onnx: Uint8Array<ArrayBuffer>;
  }
  | {
    /** A failure of training. */
    readonly kind: "failed";
    /** The reason, in one sentence. */
    readonly reason: string;
  };
