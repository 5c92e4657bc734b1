/**
 * Recorded transitions from a file.
 *
 * @module
 */

import { decodeSafetensors, type TensorData, type TypedTensor } from "../../nn/safetensors.ts";
import { checkReplayRows } from "./_check_replay_rows.ts";
import type { ReplayRows } from "./replay_rows.ts";

const ACTION = "read a replay file";

/**
 * Reads recorded transitions from a safetensors file, whoever wrote it: every type, shape and value is checked. Tensors of other
 * names are ignored.
 *
 * @param bytes The bytes of a file as {@linkcode encodeReplay} describes it.
 * @returns The transitions; copies.
 * @throws {SyntaxError} If the bytes are not a safetensors file.
 * @throws {TypeError} If a column is missing, of the wrong type, or of a shape that does not fit the others.
 * @throws {RangeError} If there is no transition, or a column holds a value out of range, such as NaN.
 *
 * @example Usage
 * ```ts
 * import { decodeReplay } from "@bellman/dqn/agents";
 * import { encodeSafetensors } from "@bellman/dqn/nn";
 * import { assertThrows } from "@std/assert";
 *
 * const file = encodeSafetensors({ metadata: {}, tensors: [] });
 * assertThrows(() => decodeReplay(file), TypeError, "it must have a tensor observations, got none");
 * ```
 */
export function decodeReplay(bytes: Uint8Array): ReplayRows {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const wrong = (rule: string): never => {
    throw new TypeError(`Cannot ${ACTION}: ${rule}`);
  };
  const find = (name: string): TypedTensor =>
    byName.get(name) ??
      wrong(`it must have a tensor ${name}, got ${[...byName.keys()].join(", ") || "none"}`);
  const observations = find("observations");
  const [count = 0, ...observationShape] = observations.shape;
  if (observationShape.length === 0) {
    wrong(`observations must be of shape (rows, …observation), got (${observations.shape.join(", ")})`);
  }
  /** The data of a tensor of a shape and one of some types. */
  const take = <T extends TensorData>(
    name: string,
    shape: readonly number[],
    types: readonly ArrayType<T>[],
  ): T => {
    const tensor = find(name);
    if (tensor.shape.length !== shape.length || shape.some((axis, i) => tensor.shape[i] !== axis)) {
      wrong(`${name} must be of shape (${shape.join(", ")}), got (${tensor.shape.join(", ")})`);
    }
    for (const { isType } of types) if (isType(tensor.data)) return tensor.data;
    return wrong(
      `${name} must be of ${types.map((type) => type.name).join(" or ")}, got ${nameOf(tensor.data)}`,
    );
  };
  const vector = <T extends TensorData>(name: string, type: ArrayType<T>) => take(name, [count], [type]);
  const matrix = <T extends TensorData>(name: string, type: ArrayType<T>) =>
    take(name, [count, columnsOf(find(name), wrong)], [type]);
  const [, ...parts] = find("actions").shape;
  if (parts[0] === 0) wrong("actions must have at least one part, got none");
  const hasMasks = byName.has("action_masks") || byName.has("next_action_masks");
  const rows: ReplayRows = {
    observationShape,
    actionParts: parts.length === 0 ? 0 : columnsOf(find("actions"), wrong),
    observations: take<Float32Array | Uint8Array>("observations", observations.shape, [FLOAT32, UINT8]),
    actions: take("actions", [count, ...parts], [INT32]),
    rewards: vector("rewards", FLOAT32),
    nextObservations: take<Float32Array | Uint8Array>("next_observations", observations.shape, [
      FLOAT32,
      UINT8,
    ]),
    terminations: vector("terminations", UINT8),
    truncations: vector("truncations", UINT8),
    ...(byName.has("steps") ? { steps: vector("steps", UINT16) } : {}),
    ...(hasMasks
      ? { actionMasks: matrix("action_masks", UINT8), nextActionMasks: matrix("next_action_masks", UINT8) }
      : {}),
    metadata,
  };
  checkReplayRows(ACTION, rows);
  return rows;
}

/** A type of arrays, by NumPy's name. */
interface ArrayType<T extends TensorData> {
  readonly name: string;
  readonly isType: (data: TensorData) => data is T;
}

const FLOAT32: ArrayType<Float32Array> = { name: "float32", isType: (data) => data instanceof Float32Array };
const UINT8: ArrayType<Uint8Array> = { name: "uint8", isType: (data) => data instanceof Uint8Array };
const UINT16: ArrayType<Uint16Array> = { name: "uint16", isType: (data) => data instanceof Uint16Array };
const INT32: ArrayType<Int32Array> = { name: "int32", isType: (data) => data instanceof Int32Array };

/** NumPy's name of an array's type. */
function nameOf(data: TensorData): string {
  return data.constructor.name.replace("Array", "").toLowerCase();
}

/** The columns of a tensor with two axes. */
function columnsOf({ name, shape }: TypedTensor, wrong: (rule: string) => never): number {
  const [, columns] = shape;
  if (shape.length === 2 && columns !== undefined) return columns;
  return wrong(`${name} must have two axes, got shape (${shape.join(", ")})`);
}
