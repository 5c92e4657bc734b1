/**
 * The snapshot of a {@linkcode Pqn} from a file.
 *
 * @module
 */

import type { PqnSnapshot } from "../pqn/pqn_snapshot.ts";
import { readArchitecture } from "./_read_architecture.ts";
import { readOptimizer } from "./_read_optimizer.ts";
import { readStream } from "./_read_stream.ts";
import { SnapshotReader } from "./snapshot_reader.ts";

/**
 * Validates the types in an untrusted snapshot of a {@linkcode Pqn}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot; {@linkcode Pqn.from} checks that it fits an agent.
 * @throws {TypeError} If a part is missing or of the wrong type.
 *
 * @example Usage
 * ```ts
 * import { decodeSnapshot, encodeSnapshot, Pqn, readPqnSnapshot } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const bytes = encodeSnapshot(new Pqn(env, { hidden: [16] }).snapshot());
 * const agent = Pqn.from(env, { hidden: [16] }, readPqnSnapshot(decodeSnapshot(bytes).snapshot));
 * assertEquals(agent.gradientSteps, 0);
 * ```
 */
export function readPqnSnapshot(value: unknown): PqnSnapshot {
  const snapshot = new SnapshotReader(value);
  const rollout = snapshot.object("rollout");
  return {
    architecture: readArchitecture(snapshot.object("architecture")),
    steps: snapshot.number("steps"),
    parameters: snapshot.float32("parameters"),
    optimizer: readOptimizer(snapshot.object("optimizer")),
    rollout: {
      observations: rollout.boxArray("observations"),
      actions: rollout.int32("actions"),
      rewards: rollout.float32("rewards"),
      terminated: rollout.uint8("terminated"),
      truncated: rollout.uint8("truncated"),
      values: rollout.float32("values"),
      nextValues: rollout.float32("nextValues"),
    },
    exploration: readStream(snapshot.object("exploration")),
    replay: readStream(snapshot.object("replay")),
  };
}
