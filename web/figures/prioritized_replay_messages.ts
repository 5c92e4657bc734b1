/**
 * Messages between the figure on prioritized replay and its workers.
 *
 * @module
 */

import type { Flags } from "./command_text.ts";

/** How to draw from a buffer. */
export interface DrawRequest {
  /** |δ| of each slot, with a little added. */
  readonly priorities: readonly number[];
  /** α. */
  readonly alpha: number;
  /** β. */
  readonly beta: number;
  /** How many slots to draw. */
  readonly draws: number;
  /** Seeds the draws. */
  readonly seed: number;
}

/** What to do. */
export type PrioritizedRequest =
  | { readonly kind: "train"; readonly flags: Flags }
  | ({ readonly kind: "draw" } & DrawRequest);

/** A run so far. */
export interface PrioritiesReply {
  readonly kind: "priorities";
  /** Its hyperparameters as text. */
  readonly settings: readonly string[];
  /** Environment steps taken. */
  readonly step: number;
  /** Episodes ended. */
  readonly episodes: number;
  /** The priority of each slot in use, before the power of α. */
  readonly priorities: readonly number[];
  /** Fingerprints at the end; undefined before. */
  readonly result: { readonly weights: string; readonly trajectory: string } | undefined;
}

/** What was drawn. */
export interface DrawnReply {
  readonly kind: "drawn";
  /** How often each slot was drawn. */
  readonly counts: readonly number[];
  /** Means of the priorities. */
  readonly means: {
    /** With every slot once. */
    readonly uniform: number;
    /** Of the slots drawn. */
    readonly drawn: number;
    /** Of the slots drawn, each with its importance weight. */
    readonly weighted: number;
  };
  /** The least and the largest importance weight. */
  readonly weights: readonly [number, number];
}

/** What a worker answers. */
export type PrioritizedReply = PrioritiesReply | DrawnReply;
