/**
 * Mini-batches.
 *
 * @module
 */

import type { Matrix } from "../../nn/matrix.ts";

/** Transitions by column; row r of each column belongs to transition r. */
export interface Batch {
  /** Shape (rows, observation length). */
  readonly observations: Matrix;
  /** One action per row, or its parts one after the other. */
  readonly actions: Int32Array;
  /** One reward per row, rounded to float32. */
  readonly rewards: Float32Array;
  /** Shape (rows, observation length). */
  readonly nextObservations: Matrix;
  /** 1 where the task ended, else 0; a truncated step counts as 0. */
  readonly terminated: Uint8Array;
  /** Environment steps that each row spans; 1 without n-step returns. */
  readonly steps: Uint16Array;
  /** Which actions were allowed, row by row; empty if the buffer has no masks. */
  readonly actionMasks: Uint8Array;
  /** Which actions are allowed next, row by row; empty if the buffer has no masks. */
  readonly nextActionMasks: Uint8Array;
}

/**
 * Allocates a batch around the two matrices of its observations.
 *
 * @param observations Shape (rows, observation length).
 * @param nextObservations The same shape.
 * @param maskLength Length of an action mask; 0 without masks.
 * @param actionParts Parts of an action that is an Int32Array; 0 for one that is a number.
 * @returns All zeros.
 *
 * @example Usage
 * ```ts
 * import { createBatch } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(createBatch(createMatrix(32, 4), createMatrix(32, 4)).actions.length, 32);
 * ```
 */
export function createBatch(
  observations: Matrix,
  nextObservations: Matrix,
  maskLength = 0,
  actionParts = 0,
): Batch {
  const { rows } = observations;
  return {
    observations,
    actions: new Int32Array(rows * Math.max(1, actionParts)),
    rewards: new Float32Array(rows),
    nextObservations,
    terminated: new Uint8Array(rows),
    steps: new Uint16Array(rows),
    actionMasks: new Uint8Array(rows * maskLength),
    nextActionMasks: new Uint8Array(rows * maskLength),
  };
}
