/**
 * Recorded transitions as plain columns.
 *
 * @module
 */

import type { DiscreteAction } from "../../envs/env.ts";
import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import type { Transition } from "../agent.ts";

/**
 * Recorded transitions, oldest first, in one array per column, the names of which are Minari's where it has them. Row r of each
 * column belongs to transition r. `ReplayBuffer.rows` gives them, and `encodeReplay` writes them.
 */
export interface ReplayRows {
  /** Shape of one observation, such as [4] or [84, 84, 4]. */
  observationShape: number[];
  /** Parts of an action that is an Int32Array; 0 for one that is a number. */
  actionParts: number;
  /** The observations before each step, one after the other: float32 or bytes. */
  observations: BoxArray;
  /** The actions, or the parts of all actions, one after the other. */
  actions: Int32Array;
  /** The rewards. */
  rewards: Float32Array;
  /** The observations after each step, also at the end of an episode. */
  nextObservations: BoxArray;
  /** 1 where the task ended, else 0. */
  terminations: Uint8Array;
  /** 1 where the episode was cut off from outside, as by a time limit, else 0. */
  truncations: Uint8Array;
  /** Environment steps that each transition spans; absent if each spans one. */
  steps?: Uint16Array;
  /** Which actions were allowed, 1 or 0 each, row by row; absent without masks. */
  actionMasks?: Uint8Array;
  /** Which actions are allowed next; absent without masks. */
  nextActionMasks?: Uint8Array;
  /** Named texts, such as `env`. */
  metadata: Record<string, string>;
}

/**
 * The transitions in rows, one at a time.
 *
 * @param rows Whose columns fit together, as those of `ReplayBuffer.rows` and `decodeReplay` do.
 * @returns A generator; the object that it yields is reused, and its observations are views.
 *
 * @example Copy the transitions of one buffer into another
 * ```ts
 * import { ReplayBuffer, replayTransitions } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const sizes = { capacity: 10, observationLength: 1 };
 * const [source, copy] = [new ReplayBuffer(sizes), new ReplayBuffer(sizes)];
 * const step = { action: 0, reward: 1, terminated: false, truncated: true };
 * source.add({ ...step, observation: Float32Array.of(0), nextObservation: Float32Array.of(1) });
 * for (const transition of replayTransitions(source.rows())) copy.add(transition);
 * assertEquals(copy.snapshot(), source.snapshot());
 * ```
 */
export function* replayTransitions(
  rows: ReplayRows,
): Generator<Transition<BoxArray, DiscreteAction> & { steps: number }, void, undefined> {
  const { observations, nextObservations, actions, actionParts, steps, actionMasks, nextActionMasks } = rows;
  const count = rows.rewards.length;
  const width = observations.length / count;
  const maskLength = (actionMasks?.length ?? 0) / count;
  const slice = <T extends { subarray(begin: number, end: number): T }>(
    array: T,
    row: number,
    size: number,
  ) => array.subarray(row * size, (row + 1) * size);
  const masks = (array: Uint8Array | undefined, row: number) =>
    array === undefined ? undefined : slice(array, row, maskLength);
  const of = (array: BoxArray, row: number): BoxArray =>
    array instanceof Uint8Array ? slice(array, row, width) : slice(array, row, width);
  const first = { observation: of(observations, 0), nextObservation: of(nextObservations, 0) };
  const transition: Transition<BoxArray, DiscreteAction> & { steps: number } = {
    ...first,
    action: 0,
    reward: 0,
    terminated: false,
    truncated: false,
    steps: 1,
  };
  for (let row = 0; row < count; row++) {
    transition.observation = of(observations, row);
    transition.action = actionParts === 0 ? actions[row]! : slice(actions, row, actionParts);
    transition.reward = rows.rewards[row]!;
    transition.nextObservation = of(nextObservations, row);
    transition.terminated = rows.terminations[row] === 1;
    transition.truncated = rows.truncations[row] === 1;
    transition.steps = steps?.[row] ?? 1;
    transition.actionMask = masks(actionMasks, row);
    transition.nextActionMask = masks(nextActionMasks, row);
    yield transition;
  }
}
