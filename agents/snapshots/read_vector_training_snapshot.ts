/**
 * The snapshot of a training loop over many environments, from a file.
 *
 * @module
 */

import { TRAINING_PHASES } from "../training_snapshot.ts";
import type { VectorTrainingSnapshot } from "../vector_training_snapshot.ts";
import { SnapshotReader } from "./snapshot_reader.ts";

/**
 * Validates the types in an untrusted snapshot of a {@linkcode VectorTrainingLoop}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot; the loop checks that it fits the environments.
 * @throws {TypeError} If a part is missing or of the wrong type.
 *
 * @example Usage
 * ```ts
 * import { readVectorTrainingSnapshot } from "@bellman/dqn/agents";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readVectorTrainingSnapshot({ step: "1" }), TypeError, "step must be a number");
 * ```
 */
export function readVectorTrainingSnapshot(value: unknown): VectorTrainingSnapshot {
  const snapshot = new SnapshotReader(value);
  return {
    step: snapshot.number("step"),
    episode: snapshot.number("episode"),
    next: snapshot.choice("next", TRAINING_PHASES),
    copy: snapshot.number("copy"),
    observations: snapshot.boxArray("observations"),
    actions: snapshot.int32("actions"),
    rewards: snapshot.float64("rewards"),
    nextObservations: snapshot.boxArray("nextObservations"),
    ...(snapshot.has("actionMasks")
      ? {
        actionMasks: snapshot.uint8("actionMasks"),
        nextActionMasks: snapshot.uint8("nextActionMasks"),
      }
      : {}),
    terminated: snapshot.uint8("terminated"),
    truncated: snapshot.uint8("truncated"),
    episodeReturns: snapshot.float64("episodeReturns"),
    lengths: snapshot.float64("lengths"),
    updates: snapshot.float64("updates"),
    lossSums: snapshot.float64("lossSums"),
    meanQSums: snapshot.float64("meanQSums"),
    envs: snapshot.env("envs"),
    evaluationEnv: snapshot.has("evaluationEnv") ? snapshot.env("evaluationEnv") : undefined,
    evaluationReturns: snapshot.numbers("evaluationReturns"),
  };
}
