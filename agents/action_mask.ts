/**
 * Action masks: which actions are allowed in a state.
 *
 * @module
 */

import type { Matrix } from "../nn/matrix.ts";

/**
 * Sets the values of actions that are not allowed to −∞, so that no maximum finds them. A row that allows none is left
 * unchanged: a terminal state may have no sensible action. With actions of several parts the same holds for each part.
 *
 * @param values Q-values, shape (rows, actions); changed in place.
 * @param masks 1 where an action is allowed, else 0; row by row without padding.
 * @param parts Number of values of each part of an action; one part by default.
 * @throws {TypeError} If the masks and the values differ in length.
 *
 * @example Usage
 * ```ts
 * import { maskActions } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const values = createMatrix(1, 4);
 * values.data.set([1, 2, 3, 4]);
 * maskActions(values, new Uint8Array([1, 1, 0, 0]));
 * assertEquals([...values.data], [1, 2, -Infinity, -Infinity]);
 * ```
 */
export function maskActions(
  values: Matrix,
  masks: Uint8Array,
  parts: readonly number[] = [values.columns],
): void {
  const { data, rows, columns, stride } = values;
  if (masks.length !== rows * columns) {
    throw new TypeError(
      `Cannot mask actions: the masks must have ${rows * columns} elements, got ${masks.length}`,
    );
  }
  for (let r = 0; r < rows; r++) {
    let first = 0;
    for (const count of parts) {
      const end = first + count;
      let allowed = 0;
      for (let a = first; a < end; a++) allowed += masks[r * columns + a]!;
      for (let a = first; a < end && allowed > 0; a++) {
        if (masks[r * columns + a] === 0) data[r * stride + a] = -Infinity;
      }
      first = end;
    }
  }
}

/**
 * The k-th allowed action.
 *
 * @param mask 1 where an action is allowed, else 0.
 * @param k Number of allowed actions before it, from 0.
 * @returns Its index; k itself if no more than k actions are allowed.
 *
 * @example Usage
 * ```ts
 * import { allowedAction } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(allowedAction(new Uint8Array([0, 1, 0, 1]), 1), 3);
 * ```
 */
export function allowedAction(mask: Uint8Array, k: number): number {
  let left = k;
  for (let a = 0; a < mask.length; a++) {
    if (mask[a] === 0) continue;
    if (left === 0) return a;
    left--;
  }
  return k;
}

/**
 * Number of allowed actions.
 *
 * @param mask 1 where an action is allowed, else 0.
 * @returns Their number; an all-zero mask allows every action.
 *
 * @example Usage
 * ```ts
 * import { countAllowed } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(countAllowed(new Uint8Array([0, 1, 0, 1])), 2);
 * assertEquals(countAllowed(new Uint8Array(4)), 4);
 * ```
 */
export function countAllowed(mask: Uint8Array): number {
  let count = 0;
  for (let a = 0; a < mask.length; a++) if (mask[a] !== 0) count++;
  return count === 0 ? mask.length : count;
}
