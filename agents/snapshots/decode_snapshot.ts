/**
 * Snapshots from files.
 *
 * @module
 */

import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { decodeSafetensors, type TensorData } from "../../nn/safetensors.ts";
import { MAX_SNAPSHOT_DEPTH, type SnapshotValue } from "./encode_snapshot.ts";

/** The largest depth of a snapshot's JSON: the snapshot's own, and that of the objects that encode tensors and special numbers. */
const JSON_DEPTH = MAX_SNAPSHOT_DEPTH + 2;

/**
 * Reads what `encodeSnapshot` wrote.
 *
 * @param bytes The bytes of a file.
 * @returns The snapshot, for a function such as `readDqnSnapshot` to validate, and the metadata that it was written with.
 * @throws {SyntaxError} If the bytes are not a safetensors file with a snapshot.
 *
 * @example Usage
 * ```ts
 * import { decodeSnapshot, encodeSnapshot } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const snapshot = { steps: 3, reward: -0, priorities: new Float64Array([0.1, 0.2]) };
 * assertEquals(decodeSnapshot(encodeSnapshot(snapshot)).snapshot, snapshot);
 * ```
 */
export function decodeSnapshot(
  bytes: Uint8Array,
): { snapshot: SnapshotValue; metadata: Record<string, string> } {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const text = metadata["snapshot"];
  if (text === undefined) {
    throw new SyntaxError("Cannot read a snapshot: its metadata must have a snapshot, got none");
  }
  let json: unknown;
  try {
    json = parseBoundedJson(text, { depth: JSON_DEPTH, length: text.length });
  } catch {
    throw new SyntaxError(
      `Cannot read a snapshot: the snapshot in its metadata must be JSON, at most ${MAX_SNAPSHOT_DEPTH} deep`,
    );
  }
  const data = new Map(tensors.map((tensor) => [tensor.name, tensor.data]));
  return { snapshot: revive(json, data, 0), metadata };
}

function revive(json: unknown, tensors: ReadonlyMap<string, TensorData>, depth: number): SnapshotValue {
  if (depth > MAX_SNAPSHOT_DEPTH) {
    throw new SyntaxError(`Cannot read a snapshot: it must be at most ${MAX_SNAPSHOT_DEPTH} deep`);
  }
  if (json === null || typeof json === "boolean" || typeof json === "number" || typeof json === "string") {
    return json;
  }
  if (Array.isArray(json)) return json.map((item: unknown) => revive(item, tensors, depth + 1));
  const entries = Object.entries(Object(json));
  const [first] = entries;
  if (first?.[0].startsWith("$") === true) return special(first[0], first[1], tensors);
  return Object.fromEntries(entries.map(([name, item]) => [name, revive(item, tensors, depth + 1)]));
}

/** A value that JSON cannot express. */
function special(name: string, value: unknown, tensors: ReadonlyMap<string, TensorData>): SnapshotValue {
  if (name === "$number" && (value === "-0" || value === "NaN" || /^-?Infinity$/.test(String(value)))) {
    return Number(value);
  }
  const tensor = name === "$tensor" ? tensors.get(String(value)) : undefined;
  if (tensor !== undefined) return tensor;
  throw new SyntaxError(`Cannot read a snapshot: it holds no ${name} ${JSON.stringify(value)}`);
}
