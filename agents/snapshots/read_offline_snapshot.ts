/**
 * The snapshot of an {@linkcode OfflineTraining} from a file.
 *
 * @module
 */

import { SnapshotReader } from "./snapshot_reader.ts";
import { OFFLINE_PHASES, type OfflineSnapshot } from "../offline_snapshot.ts";

/**
 * Validates the types in an untrusted snapshot of an {@linkcode OfflineTraining}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot.
 * @throws {TypeError} If a part is missing or of the wrong type.
 *
 * @example Usage
 * ```ts
 * import { readOfflineSnapshot } from "@bellman/dqn/agents";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readOfflineSnapshot({}), TypeError, "step must be a number, got undefined");
 * ```
 */
export function readOfflineSnapshot(value: unknown): OfflineSnapshot {
  const snapshot = new SnapshotReader(value);
  return {
    step: snapshot.number("step"),
    next: snapshot.choice("next", OFFLINE_PHASES),
    evaluationEnv: snapshot.has("evaluationEnv") ? snapshot.env("evaluationEnv") : undefined,
    evaluationReturns: snapshot.numbers("evaluationReturns"),
  };
}
