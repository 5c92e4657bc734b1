/**
 * The columns of a mini-batch as text.
 *
 * @module
 */

import type { ReplayRows } from "../../agents/mod.ts";
import { arrayText } from "../values/array_text.ts";

/** A column of a mini-batch. */
export interface BatchColumn {
  /** Its name here, and the lecture's. */
  readonly name: string;
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its first row as text. */
  readonly first: string;
}

/**
 * The columns whose shapes the lecture's lab 1 prints.
 *
 * @param rows The transitions.
 * @param drawn The rows of the mini-batch.
 */
export function batchColumns(rows: ReplayRows, drawn: Int32Array): BatchColumn[] {
  const { observationShape, actionParts } = rows;
  const count = rows.rewards.length;
  const column = (name: string, values: ArrayLike<number>, shape: readonly number[]): BatchColumn => {
    const width = values.length / count;
    const first = Array.from({ length: width }, (_, i) => values[drawn[0]! * width + i]!);
    return {
      name,
      shape: [drawn.length, ...shape],
      first: shape.length === 0 ? String(first[0]) : arrayText(first),
    };
  };
  return [
    column("observations (state)", rows.observations, observationShape),
    column("actions (action)", rows.actions, actionParts === 0 ? [] : [actionParts]),
    column("rewards (reward)", rows.rewards, []),
    column("nextObservations (next_state)", rows.nextObservations, observationShape),
    column("terminated (done)", rows.terminations, []),
  ];
}

/** A shape as NumPy writes it, such as `(32, 4)` or `(32,)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
