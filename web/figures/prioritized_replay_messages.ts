/**
 * Messages between the figure on prioritized replay and its workers.
 *
 * @module
 */

import type { PriorityRequest, PriorityStudy } from "../../scripts/replay/priority_study.ts";
import type { Flags } from "./command_text.ts";

/** What to do. */
export type PrioritizedRequest =
  | { readonly kind: "train"; readonly flags: Flags }
  | ({ readonly kind: "draw" } & PriorityRequest);

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
export type DrawnReply = { readonly kind: "drawn" } & PriorityStudy;

/** What a worker answers. */
export type PrioritizedReply = PrioritiesReply | DrawnReply;
