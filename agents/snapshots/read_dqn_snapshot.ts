/**
 * The snapshot of a {@linkcode Dqn} from a file.
 *
 * @module
 */

import { readArchitecture } from "./_read_architecture.ts";
import { readOptimizer } from "./_read_optimizer.ts";
import { readStream } from "./_read_stream.ts";
import { SnapshotReader } from "./snapshot_reader.ts";
import type { DqnSnapshot } from "../dqn/dqn_snapshot.ts";
import type { NStepSnapshot } from "../replay/n_step.ts";

/**
 * Validates the types in an untrusted snapshot of a {@linkcode Dqn}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot; {@linkcode Dqn.from} checks that it fits an agent.
 * @throws {TypeError} If a part is missing or of the wrong type.
 *
 * @example Usage
 * ```ts
 * import { decodeSnapshot, Dqn, encodeSnapshot, readDqnSnapshot } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const options = { hidden: [16], prioritized: true };
 * const bytes = encodeSnapshot(new Dqn(env, options).snapshot());
 * const agent = Dqn.from(env, options, readDqnSnapshot(decodeSnapshot(bytes).snapshot));
 * assertEquals(agent.gradientSteps, 0);
 * ```
 */
export function readDqnSnapshot(value: unknown): DqnSnapshot {
  const snapshot = new SnapshotReader(value);
  const replayBuffer = snapshot.object("replayBuffer");
  const columns = replayBuffer.object("columns");
  const priorities = snapshot.has("priorities") ? snapshot.object("priorities") : undefined;
  return {
    architecture: readArchitecture(snapshot.object("architecture")),
    steps: snapshot.number("steps"),
    episodes: snapshot.number("episodes"),
    onlineParameters: snapshot.float32("onlineParameters"),
    targetParameters: snapshot.float32("targetParameters"),
    optimizer: readOptimizer(snapshot.object("optimizer")),
    replayBuffer: {
      capacity: replayBuffer.number("capacity"),
      observationLength: replayBuffer.number("observationLength"),
      maskLength: replayBuffer.number("maskLength"),
      ...(replayBuffer.has("actionParts") ? { actionParts: replayBuffer.number("actionParts") } : {}),
      added: replayBuffer.number("added"),
      columns: {
        observations: columns.float32("observations"),
        actions: columns.int32("actions"),
        rewards: columns.float32("rewards"),
        nextObservations: columns.float32("nextObservations"),
        terminated: columns.uint8("terminated"),
        truncated: columns.uint8("truncated"),
        steps: columns.uint16("steps"),
        actionMasks: columns.uint8("actionMasks"),
        nextActionMasks: columns.uint8("nextActionMasks"),
      },
      ...readBytes(replayBuffer),
    },
    nStep: readNStep(snapshot.object("nStep")),
    ...(snapshot.has("otherNSteps") ? { otherNSteps: snapshot.objects("otherNSteps").map(readNStep) } : {}),
    priorities: priorities === undefined ? undefined : {
      priorities: priorities.float64("priorities"),
      largest: priorities.number("largest"),
    },
    exploration: readStream(snapshot.object("exploration")),
    replay: readStream(snapshot.object("replay")),
    noise: readStream(snapshot.object("noise")),
  };
}

/** The parts of a replay buffer for observations of bytes, if it is one. */
function readBytes(
  replayBuffer: SnapshotReader,
): Pick<DqnSnapshot["replayBuffer"], "bytes" | "byteObservations"> {
  if (!replayBuffer.has("bytes")) return {};
  const bytes = replayBuffer.object("bytes"), observations = replayBuffer.object("byteObservations");
  return {
    bytes: { channels: bytes.number("channels"), scale: bytes.number("scale") },
    byteObservations: {
      firstPlane: observations.number("firstPlane"),
      planes: observations.uint8s("planes"),
      observations: observations.int32("observations"),
      nextObservations: observations.int32("nextObservations"),
    },
  };
}

function readNStep(nStep: SnapshotReader): NStepSnapshot {
  return {
    observations: nStep.boxArray("observations"),
    actions: nStep.numbers("actions"),
    rewards: nStep.numbers("rewards"),
    actionMasks: nStep.uint8("actionMasks"),
  };
}
