/**
 * Recorded transitions as a file.
 *
 * @module
 */

import { encodeSafetensors, type TensorData, type TypedTensor } from "../../nn/safetensors.ts";
import { checkReplayRows } from "./_check_replay_rows.ts";
import type { ReplayRows } from "./replay_rows.ts";

/**
 * Writes recorded transitions as a safetensors file, which NumPy reads in a few lines: a tensor per column, with the names of Minari
 * where it has them.
 *
 * | tensor | type | shape |
 * |---|---|---|
 * | `observations`, `next_observations` | F32 or U8 | (rows, …observation) |
 * | `actions` | I32 | (rows), or (rows, parts) |
 * | `rewards` | F32 | (rows) |
 * | `terminations`, `truncations` | U8, 0 or 1 | (rows) |
 * | `steps`, if a row spans several | U16 | (rows) |
 * | `action_masks`, `next_action_masks`, if there are masks | U8, 0 or 1 | (rows, actions) |
 *
 * @param rows At least one.
 * @returns The bytes of the file; equal rows give equal bytes.
 * @throws {TypeError} If the columns do not fit together.
 * @throws {RangeError} If there is no row, or a column holds a value that {@linkcode decodeReplay} refuses.
 *
 * @example Save a replay buffer, and load it elsewhere
 * ```ts
 * import { decodeReplay, encodeReplay, ReplayBuffer, replayTransitions } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const buffer = new ReplayBuffer({ capacity: 100, observationLength: 4 });
 * let { observation } = env.reset({ seed: 0 });
 * for (let step = 0; step < 8; step++) {
 *   const action = step % 2;
 *   const { observation: nextObservation, ...result } = env.step(action);
 *   buffer.add({ observation, action, nextObservation, ...result });
 *   observation = nextObservation;
 * }
 * const bytes = encodeReplay({ ...buffer.rows(), metadata: { env: env.id } });
 *
 * const copy = new ReplayBuffer({ capacity: 100, observationLength: 4 });
 * for (const transition of replayTransitions(decodeReplay(bytes))) copy.add(transition);
 * assertEquals(copy.snapshot(), buffer.snapshot());
 * ```
 */
export function encodeReplay(rows: ReplayRows): Uint8Array<ArrayBuffer> {
  checkReplayRows("write a replay file", rows);
  const count = rows.rewards.length;
  const { observationShape, actionParts, steps, actionMasks, nextActionMasks } = rows;
  const tensors: TypedTensor[] = [];
  const add = (name: string, data: TensorData, ...shape: readonly number[]) =>
    void tensors.push({ name, shape: [count, ...shape], data });
  add("observations", rows.observations, ...observationShape);
  add("actions", rows.actions, ...(actionParts === 0 ? [] : [actionParts]));
  add("rewards", rows.rewards);
  add("next_observations", rows.nextObservations, ...observationShape);
  add("terminations", rows.terminations);
  add("truncations", rows.truncations);
  if (steps !== undefined) add("steps", steps);
  if (actionMasks !== undefined && nextActionMasks !== undefined) {
    add("action_masks", actionMasks, actionMasks.length / count);
    add("next_action_masks", nextActionMasks, nextActionMasks.length / count);
  }
  return encodeSafetensors({ metadata: { ...rows.metadata }, tensors });
}
