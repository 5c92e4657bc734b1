/**
 * Messages between the page and the worker of a policy.
 *
 * @module
 */

import type { BoxArray } from "@bellman/dqn/envs";

/** A message from the page. */
export type PolicyRequest =
  | {
    /** A model to load; the first message. */
    readonly kind: "load";
    /** The file. */
    readonly bytes: Uint8Array;
    /** The output to act by. */
    readonly output: string;
    /** Number of actions. */
    readonly actions: number;
  }
  | {
    /** An observation to decide for. */
    readonly kind: "decide";
    /** The observation. */
    readonly observation: BoxArray;
  };

/** A message from the worker; each but `started` answers one message. */
export type PolicyMessage =
  | {
    /** ONNX Runtime has started, after its download; or the model is loaded. */
    readonly kind: "started" | "ready";
  }
  | {
    /** The answer to an observation. */
    readonly kind: "values";
    /** The value of each action. */
    readonly values: Float32Array;
  }
  | {
    /** A failure. */
    readonly kind: "failed";
    /** The reason, in one sentence. */
    readonly reason: string;
  };
