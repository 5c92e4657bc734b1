/**
 * The snapshot of a {@linkcode TrainingLoop} from a file.
 *
 * @module
 */

import { SnapshotReader } from "./snapshot_reader.ts";
import type { Observation } from "../../envs/env.ts";
import { TRAINING_PHASES, type TrainingSnapshot } from "../training_snapshot.ts";

/**
 * Validates the types in an untrusted snapshot of a {@linkcode TrainingLoop}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot; the loop checks that it fits the environments.
 * @throws {TypeError} If a part is missing or of the wrong type.
 *
 * @example Usage
 * ```ts
 * import { readTrainingSnapshot } from "@bellman/dqn/agents";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readTrainingSnapshot({}), TypeError, "step must be a number, got undefined");
 * ```
 */
export function readTrainingSnapshot(value: unknown): TrainingSnapshot {
  const snapshot = new SnapshotReader(value);
  return {
    step: snapshot.number("step"),
    episode: snapshot.number("episode"),
    next: snapshot.choice("next", TRAINING_PHASES),
    observation: readObservation(snapshot),
    actionMask: snapshot.has("actionMask") ? snapshot.uint8("actionMask") : undefined,
    terminated: snapshot.boolean("terminated"),
    truncated: snapshot.boolean("truncated"),
    episodeReturn: snapshot.number("episodeReturn"),
    length: snapshot.number("length"),
    updates: snapshot.number("updates"),
    lossSum: snapshot.number("lossSum"),
    meanQSum: snapshot.number("meanQSum"),
    env: snapshot.env("env"),
    evaluationEnv: snapshot.has("evaluationEnv") ? snapshot.env("evaluationEnv") : undefined,
    evaluationReturns: snapshot.numbers("evaluationReturns"),
  };
}

function readObservation(snapshot: SnapshotReader): Observation {
  const value = snapshot.value("observation");
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return snapshot.numbers("observation");
  return value instanceof Uint8Array ? snapshot.uint8("observation") : snapshot.float32("observation");
}
