/**
 * The columns of a mini-batch as text.
 *
 * @module
 */

import type { Batch } from "@bellman/dqn/agents";
import { arrayText } from "./returned_text.ts";

/** A column of a mini-batch. */
export interface ColumnText {
  /** Its name here, and the lecture's. */
  readonly name: string;
  /** Its shape, as NumPy writes it. */
  readonly shape: string;
  /** Its first row. */
  readonly first: string;
}

/** The shapes that the lecture's lab 1 prints, and the first row of each column. */
export function columnTexts(
  { observations, actions, rewards, nextObservations, terminated }: Batch,
): ColumnText[] {
  const matrix = ({ rows, columns, data }: Batch["observations"]) => ({
    shape: `(${rows}, ${columns})`,
    first: arrayText(data.subarray(0, columns)),
  });
  const list = ({ length, 0: first }: ArrayLike<number>) => ({ shape: `(${length},)`, first: String(first) });
  return [
    { name: "observations (state)", ...matrix(observations) },
    { name: "actions (action)", ...list(actions) },
    { name: "rewards (reward)", ...list(rewards) },
    { name: "nextObservations (next_state)", ...matrix(nextObservations) },
    { name: "terminated (done)", ...list(terminated) },
  ];
}
