/**
 * The snapshot of a {@linkcode RandomAgent} from a file.
 *
 * @module
 */

import type { GeneratorSnapshot } from "../../envs/random/generator.ts";
import type { SpaceSnapshot } from "../../envs/spaces/space.ts";
import { SnapshotReader } from "./snapshot_reader.ts";
import type { RandomAgentSnapshot } from "../random_agent.ts";

/**
 * Validates the types in an untrusted snapshot of a {@linkcode RandomAgent}.
 *
 * @param value From `decodeSnapshot`.
 * @returns The snapshot; {@linkcode RandomAgent.from} checks that it fits an action space.
 * @throws {TypeError} If a part is missing or of the wrong type.
 *
 * @example Usage
 * ```ts
 * import { RandomAgent, readRandomAgentSnapshot } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const text = JSON.stringify(new RandomAgent(env, { seed: 7 }).snapshot());
 * const agent = RandomAgent.from(env, readRandomAgentSnapshot(JSON.parse(text)));
 * assertEquals(JSON.stringify(agent.snapshot()), text);
 * ```
 */
export function readRandomAgentSnapshot(value: unknown): RandomAgentSnapshot {
  const snapshot = new SnapshotReader(value);
  return {
    exploration: readSpace(snapshot, "exploration"),
    greedyExploration: readSpace(snapshot, "greedyExploration"),
    isGreedy: snapshot.boolean("isGreedy"),
  };
}

/** The stream of a space, or those of a Tuple's spaces. */
function readSpace(snapshot: SnapshotReader, name: string): SpaceSnapshot {
  const value = snapshot.value(name);
  return Array.isArray(value)
    ? value.map((item: unknown, i) => readGenerator(new SnapshotReader(item, `${name}.${i}`)))
    : readGenerator(snapshot.object(name));
}

function readGenerator(stream: SnapshotReader): GeneratorSnapshot {
  const buffered = stream.value("buffered") === null ? null : stream.number("buffered");
  return { state: stream.text("state"), increment: stream.text("increment"), buffered };
}
