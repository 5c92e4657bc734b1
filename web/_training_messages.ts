/**
 * What the page and its training worker say to each other.
 *
 * @module
 */

/** From the page. */
export type TrainingRequest =
  | {
    /** To train. */
    readonly kind: "start";
    /** Flags of `deno task train`, without dashes. */
    readonly flags: Readonly<Record<string, string>>;
  }
  | {
    /** To end the training that goes on, and to keep what it has come to. */
    readonly kind: "stop";
  };

/** From the worker. */
export type TrainingMessage =
  | {
    /** Where training stands. */
    readonly kind: "progress";
    /** Environment steps taken. */
    readonly step: number;
    /** The part of the budget that is used, in [0, 1]. */
    readonly done: number;
    /** Returns of the episodes that ended since the last message. */
    readonly returns: readonly number[];
    /** Mean return of the last evaluation; undefined before the first. */
    readonly evaluated: number | undefined;
  }
  | {
    /** What training has come to. */
    readonly kind: "done";
    /** The environment. */
    readonly env: string;
    /** Environment steps taken. */
    readonly step: number;
    /** Why it ended. */
    readonly stopReason: string;
    /** How long it took. */
    readonly seconds: number;
    /** Mean return of the final evaluation; undefined if it was stopped before. */
    readonly mean: number | undefined;
    /** Episodes of the final evaluation. */
    readonly episodes: number | undefined;
    /** SHA-256 of the weights at the end of training. */
    readonly weightsHash: string;
    /** The best policy. */
    readonly onnx: Uint8Array<ArrayBuffer>;
  }
  | {
    /** Why there is nothing. */
    readonly kind: "failed";
    /** In one sentence. */
    readonly reason: string;
  };
