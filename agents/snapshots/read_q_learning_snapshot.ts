/**
 * The snapshot of a {@linkcode QLearning} from a file.
 *
 * @module
 */

import { readStream } from "./_read_stream.ts";
import { SnapshotReader } from "./snapshot_reader.ts";
import type { QLearningSnapshot } from "../q_learning_snapshot.ts";

/**
 * Looks through the snapshot of a {@linkcode QLearning} that may come from anywhere.
 *
 * @param value From `decodeSnapshot`.
 * @returns The same; whether it fits an agent, {@linkcode QLearning.from} finds out.
 * @throws {TypeError} If a part is missing or of another type.
 *
 * @example Usage
 * ```ts
 * import { readQLearningSnapshot } from "@bellman/dqn/agents";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readQLearningSnapshot({ steps: "3" }), TypeError, 'steps must be a number, got "3"');
 * ```
 */
export function readQLearningSnapshot(value: unknown): QLearningSnapshot {
  const snapshot = new SnapshotReader(value);
  return {
    steps: snapshot.number("steps"),
    table: snapshot.float32("table"),
    exploration: readStream(snapshot.object("exploration")),
  };
}
