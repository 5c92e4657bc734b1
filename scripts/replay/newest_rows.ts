/**
 * The last transitions of many.
 *
 * @module
 */

import type { ReplayRows } from "../../agents/mod.ts";

/**
 * The newest transitions, as a smaller replay buffer would hold them.
 *
 * @param rows The transitions, oldest first.
 * @param most How many to keep at most.
 * @returns Views, without masks and steps.
 */
export function newestRows(rows: ReplayRows, most: number): ReplayRows {
  const count = rows.rewards.length;
  const last = <T extends { length: number; subarray(begin: number): T }>(column: T): T =>
    column.subarray(Math.max(0, count - most) * (column.length / count));
  const observations = (column: ReplayRows["observations"]) =>
    column instanceof Uint8Array ? last(column) : last(column);
  const { observationShape, actionParts, metadata } = rows;
  return {
    observationShape,
    actionParts,
    metadata,
    observations: observations(rows.observations),
    actions: last(rows.actions),
    rewards: last(rows.rewards),
    nextObservations: observations(rows.nextObservations),
    terminations: last(rows.terminations),
    truncations: last(rows.truncations),
  };
}
