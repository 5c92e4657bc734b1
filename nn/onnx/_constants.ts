/**
 * The constants of an ONNX graph.
 *
 * @module
 */

import { fromFloat16 } from "../math/float16.ts";
import { FLOAT, INT64 } from "./_onnx_model.ts";
import type { OpenGraph, OpenNode, OpenTensor } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** `TensorProto.DataType.FLOAT16`. */
const FLOAT16 = 10;

/** Operators that may prepare a weight. */
const OPERATORS = ["Cast", "Constant", "Identity", "Transpose"];

/** How many of them may follow each other. */
const MAX_STEPS = 8;

/** The rule for data in other files, which PyTorch writes by default from version 2.9 on. */
export const NO_EXTERNAL =
  "must be in the file itself (torch.onnx.export has external_data=False), got external data";

/** No list of axes is longer. */
const MAX_INTEGERS = 8;

/** A matrix or a vector. */
export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The constants of a graph: its initializers, and what is made of them alone. */
export class Constants {
  readonly #tensors: ReadonlyMap<string, OpenTensor>;
  readonly #makers: ReadonlyMap<string, OpenNode>;

  constructor({ initializers }: OpenGraph, makers: ReadonlyMap<string, OpenNode>) {
    this.#tensors = new Map(initializers.map((tensor) => [tensor.name, tensor]));
    this.#makers = makers;
  }

  /** Whether a value is a constant. */
  has(name: string): boolean {
    let value = name;
    for (let step = 0; step < MAX_STEPS; step++) {
      if (this.#tensors.has(value)) return true;
      const node = this.#makers.get(value);
      if (node === undefined || node.domain !== "" || !OPERATORS.includes(node.operator)) return false;
      if (node.operator === "Constant") return true;
      value = node.inputs[0] ?? "";
    }
    return false;
  }

  /** A constant's numbers in float32, fresh. */
  get(name: string): Constant {
    if (!this.has(name)) throw unreadable(`value ${name}`, "must be a constant");
    const tensor = this.#tensors.get(name);
    if (tensor !== undefined) return numbersOf(tensor);
    const node = this.#makers.get(name)!;
    if (node.operator === "Constant") {
      const value = node.attributes.get("value")?.tensor;
      if (value === undefined) throw unreadable(`Constant ${name}`, "must have a tensor as its value");
      return numbersOf({ ...value, name });
    }
    if (node.operator === "Cast" && node.attributes.get("to")?.int !== FLOAT) {
      throw unreadable(`Cast ${name}`, "must be to float32");
    }
    const inner = this.get(node.inputs[0] ?? "");
    return node.operator === "Transpose" ? transposed(inner) : inner;
  }

  /** The numbers of a constant of int64; undefined if there is no such constant, or too many of them. */
  integers(name: string): number[] | undefined {
    const tensor = this.#tensors.get(name) ?? this.#makers.get(name)?.attributes.get("value")?.tensor;
    if (tensor === undefined || tensor.type !== INT64 || tensor.isExternal) return undefined;
    const { data } = tensor;
    if (data.length % 8 !== 0 || data.length > 8 * MAX_INTEGERS) return undefined;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return Array.from({ length: data.length / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
  }
}

/** The numbers of a tensor, finite. */
function numbersOf({ name, dims, type, data, isExternal }: OpenTensor): Constant {
  const where = `initializer ${name}`;
  if (isExternal) throw unreadable(where, NO_EXTERNAL);
  if (type !== FLOAT && type !== FLOAT16) {
    throw unreadable(where, `must be float32 or float16, got type ${type}`);
  }
  const width = type === FLOAT ? 4 : 2;
  const size = dims.reduce((product, dim) => product * dim, width);
  if (data.length !== size || dims.some((dim) => dim < 0)) {
    throw unreadable(where, `must be ${size} bytes for dims (${dims.join(", ")}), got ${data.length}`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = Float32Array.from(
    { length: size / width },
    (_, i) => type === FLOAT ? view.getFloat32(4 * i, true) : fromFloat16(view.getUint16(2 * i, true)),
  );
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at !== -1) throw unreadable(where, `must be finite, got ${values[at]} at index ${at}`);
  return { shape: dims, data: values };
}

/** The transpose of a matrix; a vector stays as it is. */
export function transposed({ shape, data }: Constant): Constant {
  if (shape.length < 2) return { shape, data };
  const [rows, columns] = [shape[0]!, shape[1]!];
  if (shape.length > 2) throw unreadable("Transpose", `must be of a matrix, got (${shape.join(", ")})`);
  const turned = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) turned[c * rows + r] = data[r * columns + c]!;
  }
  return { shape: [columns, rows], data: turned };
}
