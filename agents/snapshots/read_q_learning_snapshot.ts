/**
 * The snapshot of a {@linkcode QLearning} from a file.
 *
 * @module
 */

import { readStream } from "./_read_stream.ts";
import { SnapshotReader } from "./snapshot_reader.ts";
import type { QLearningSnapshot } from "../q_learning_snapshot.ts";

/**
 * Validates the types in an untrusted snapshot of a {@linkcode QLearning}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot; {@linkcode QLearning.from} checks that it fits an agent.
 * @throws {TypeError} If a part is missing or of the wrong type.
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
