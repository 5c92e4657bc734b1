/**
 * The safetensors format: a JSON header and raw little-endian tensors (https://github.com/huggingface/safetensors).
 *
 * @module
 */

import { parseBoundedJson } from "./bounded_json.ts";
import type { Tensor } from "./tensor.ts";

/** The elements of a tensor; their type determines the type in the file, `F32` for a Float32Array and so on. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A tensor of any type. */
export interface TypedTensor {
  /** Its name, such as `layers.0.weight`. */
  name: string;
  /** Length of each dimension. */
  shape: number[];
  /** The elements in row-major order. */
  data: TensorData;
}

/** The content of a file. */
export interface Safetensors {
  /** The tensors, in the order of their bytes. */
  tensors: TypedTensor[];
  /** Named texts. */
  metadata: Record<string, string>;
}

/** The longest header; the format's own implementation accepts ten times as much. */
const MAX_HEADER_BYTES = 10_000_000;
/** The most tensors of a file. */
const MAX_TENSORS = 65_536;
/** The depth of the header: its object, the tensors' objects, and the lists in them. */
const HEADER_DEPTH = 3;

const DTYPES = ["F32", "F64", "I8", "U8", "I16", "U16", "I32", "U32"] as const;
type Dtype = typeof DTYPES[number];

const ARRAYS = {
  F32: Float32Array,
  F64: Float64Array,
  I8: Int8Array,
  U8: Uint8Array,
  I16: Int16Array,
  U16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
} as const;

/** Whether this machine stores numbers in the format's byte order; all that run Deno or a browser do today. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Writes tensors.
 *
 * @param content Tensors with distinct names, and metadata.
 * @returns The bytes of the file; equal content gives equal bytes.
 * @throws {TypeError} If two tensors share a name, or the number of a tensor's elements does not match its shape.
 * @throws {RangeError} If there are more than 65,536 tensors, or 10 MB of names, shapes and metadata: the reader would refuse them.
 *
 * @example Usage
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const content = {
 *   tensors: [
 *     { name: "layers.0.bias", shape: [2], data: new Float32Array([1, 2]) },
 *     { name: "actions", shape: [3], data: new Int32Array([0, 1, 1]) },
 *   ],
 *   metadata: { env: "CartPole-v1" },
 * };
 * assertEquals(decodeSafetensors(encodeSafetensors(content)), content);
 * ```
 */
export function encodeSafetensors(content: Safetensors): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [["__metadata__", content.metadata]];
  const names = new Set(["__metadata__"]);
  let size = 0;
  for (const { name, shape, data } of content.tensors) {
    const elements = shape.reduce((product, axis) => product * axis, 1);
    if (elements !== data.length) {
      throw new TypeError(
        `Cannot write safetensors: tensor ${name} of shape (${
          shape.join(", ")
        }) must have ${elements} elements, got ${data.length}`,
      );
    }
    if (names.has(name)) {
      throw new TypeError(`Cannot write safetensors: names of tensors must differ, got ${name} twice`);
    }
    names.add(name);
    entries.push([name, { dtype: dtypeOf(data), shape, data_offsets: [size, size + data.byteLength] }]);
    size += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  if (content.tensors.length > MAX_TENSORS || json.length > MAX_HEADER_BYTES) {
    throw new RangeError(
      `Cannot write safetensors: there must be at most ${MAX_TENSORS} tensors and ${MAX_HEADER_BYTES} bytes of header, got ${content.tensors.length} and ${json.length}`,
    );
  }
  const headerSize = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerSize + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerSize), true);
  bytes.fill(0x20, 8, 8 + headerSize);
  bytes.set(json, 8);
  let at = 8 + headerSize;
  for (const { data } of content.tensors) {
    const target = bytes.subarray(at, at + data.byteLength);
    target.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    toLittleEndian(target, data.BYTES_PER_ELEMENT);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads tensors. Sizes and offsets are checked before anything is allocated for them; a header of more than 10 MB, or with more than
 * 65,536 tensors, is refused.
 *
 * @param bytes The bytes of a file.
 * @returns Its content; copies.
 * @throws {SyntaxError} If the bytes are not a safetensors file, or have elements without a typed array, such as BF16.
 *
 * @example Usage
 * ```ts
 * import { decodeSafetensors } from "@bellman/dqn/nn";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => decodeSafetensors(new Uint8Array(3)), SyntaxError, "at least 8 bytes");
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const demand = (holds: boolean, rule: string): void => {
    if (!holds) throw new SyntaxError(`Cannot read safetensors: ${rule}`);
  };
  // Not `length`: V8 15 wraps it at 32 bits where optimised code compares it.
  const { byteLength: size } = bytes;
  demand(size >= 8, `the file must have at least 8 bytes, got ${size}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const headerSize = Number(view.getBigUint64(0, true));
  demand(
    headerSize <= size - 8,
    `the header must fit into the file of ${size} bytes, got ${headerSize} bytes`,
  );
  demand(
    headerSize <= MAX_HEADER_BYTES,
    `the header must have at most ${MAX_HEADER_BYTES} bytes, got ${headerSize}`,
  );
  const header = parseHeader(bytes.subarray(8, 8 + headerSize));
  const content: Safetensors = { tensors: [], metadata: {} };
  const start = 8 + headerSize;
  const body = size - start;
  let expected = 0;
  const { __metadata__: metadata = {}, ...rest } = header;
  demand(isRecord(metadata), "the metadata must be an object of texts");
  const texts = Object.entries(isRecord(metadata) ? metadata : {}).map(([key, value]) => {
    demand(typeof value === "string", `the metadata must be an object of texts, got ${key}: ${value}`);
    return [key, String(value)] as const;
  });
  content.metadata = Object.fromEntries(texts);
  const count = Object.keys(rest).length;
  demand(count <= MAX_TENSORS, `there must be at most ${MAX_TENSORS} tensors, got ${count}`);
  const entries = Object.entries(rest).map(([name, entry]) => ({ name, ...readEntry(name, entry) }));
  // An empty tensor has the same offset as the next one.
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  for (const { name, dtype, shape, begin, end } of entries) {
    const { BYTES_PER_ELEMENT: width } = ARRAYS[dtype];
    const length = width * shape.reduce((product, axis) => product * axis, 1);
    demand(
      begin === expected && end === begin + length && end <= body,
      `tensor ${name} must lie in bytes ${expected} to ${
        expected + length
      } of ${body}, got ${begin} to ${end}`,
    );
    const own = bytes.slice(start + begin, start + end);
    toLittleEndian(own, width);
    content.tensors.push({ name, shape, data: new ARRAYS[dtype](own.buffer) });
    expected = end;
  }
  demand(expected === body, `the tensors must fill the ${body} bytes after the header, got ${expected}`);
  return content;
}

/**
 * The tensors of a file that must all be float32, as a network's parameters are.
 *
 * @param content A file's content.
 * @returns Its tensors.
 * @throws {SyntaxError} If one has elements of another type.
 *
 * @example Usage
 * ```ts
 * import { float32Tensors } from "@bellman/dqn/nn";
 * import { assertThrows } from "@std/assert";
 *
 * const tensors = [{ name: "actions", shape: [1], data: new Int32Array(1) }];
 * assertThrows(() => float32Tensors({ tensors, metadata: {} }), SyntaxError, "must have dtype F32, got I32");
 * ```
 */
export function float32Tensors(content: Safetensors): Tensor[] {
  return content.tensors.map(({ name, shape, data }) => {
    if (data instanceof Float32Array) return { name, shape, data };
    throw new SyntaxError(
      `Cannot read safetensors: tensor ${name} must have dtype F32, got ${dtypeOf(data)}`,
    );
  });
}

function dtypeOf(data: TensorData): Dtype {
  return DTYPES.find((dtype) => data instanceof ARRAYS[dtype])!;
}

/** Reverses the bytes of elements on machines of the other byte order. */
function toLittleEndian(bytes: Uint8Array, width: number): void {
  if (IS_LITTLE_ENDIAN) return;
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const header = parseBoundedJson(text, { depth: HEADER_DEPTH, length: MAX_HEADER_BYTES });
    if (isRecord(header)) return header;
  } catch {
    // Reported below, in the terms of the format rather than the JSON parser.
  }
  throw new SyntaxError("Cannot read safetensors: the header must be a JSON object");
}

function readEntry(
  name: string,
  entry: unknown,
): { dtype: Dtype; shape: number[]; begin: number; end: number } {
  const { dtype: text, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const dtype = DTYPES.find((known) => known === text);
  if (dtype === undefined) {
    throw new SyntaxError(
      `Cannot read safetensors: tensor ${name} must have dtype ${DTYPES.join(", ")}, got ${text}`,
    );
  }
  const [begin = NaN, end = NaN, ...more] = readSizes(offsets);
  return { dtype, shape: readSizes(shape), begin, end: more.length > 0 ? NaN : end };
}

function readSizes(value: unknown): number[] {
  const sizes: number[] = [];
  for (const size of Array.isArray(value) ? value : [NaN]) {
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
      throw new SyntaxError(
        `Cannot read safetensors: shapes and offsets must be whole numbers from 0, got ${
          JSON.stringify(value)
        }`,
      );
    }
    sizes.push(size);
  }
  return sizes;
}
