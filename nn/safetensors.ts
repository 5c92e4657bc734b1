/**
 * The safetensors format: a JSON header and raw little-endian tensors (https://github.com/huggingface/safetensors).
 *
 * @module
 */

import type { Tensor } from "./mlp.ts";

/** What a file holds. */
export interface Safetensors {
  /** The tensors, in the order of their bytes. */
  tensors: Tensor[];
  /** Free text by name. */
  metadata: Record<string, string>;
}

/** The longest header that is read, as in the format's own implementation. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Writes float32 tensors.
 *
 * @param content Tensors with distinct names, and metadata.
 * @returns The bytes of the file; equal content gives equal bytes.
 * @throws {TypeError} If two tensors share a name, or one has not as many elements as its shape says.
 *
 * @example Usage
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const content = {
 *   tensors: [{ name: "layers.0.bias", shape: [2], data: new Float32Array([1, 2]) }],
 *   metadata: { env: "CartPole-v1" },
 * };
 * assertEquals(decodeSafetensors(encodeSafetensors(content)), content);
 * ```
 */
export function encodeSafetensors(content: Safetensors): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: content.metadata };
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
    if (Object.hasOwn(header, name)) {
      throw new TypeError(`Cannot write safetensors: names of tensors must differ, got ${name} twice`);
    }
    header[name] = { dtype: "F32", shape, data_offsets: [size, size + 4 * data.length] };
    size += 4 * data.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerSize = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerSize + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerSize), true);
  bytes.fill(0x20, 8, 8 + headerSize);
  bytes.set(json, 8);
  let at = 8 + headerSize;
  for (const { data } of content.tensors) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Reads float32 tensors. Sizes and offsets are checked before anything is allocated for them.
 *
 * @param bytes The bytes of a file.
 * @returns Its content; copies.
 * @throws {SyntaxError} If the bytes are no safetensors file, or one with anything but float32 tensors.
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
  demand(bytes.length >= 8, `the file must have at least 8 bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = Number(view.getBigUint64(0, true));
  demand(
    headerSize <= Math.min(bytes.length - 8, MAX_HEADER_BYTES),
    `the header must fit into the file of ${bytes.length} bytes, got ${headerSize} bytes`,
  );
  const header = parseHeader(bytes.subarray(8, 8 + headerSize));
  const content: Safetensors = { tensors: [], metadata: {} };
  const body = bytes.length - 8 - headerSize;
  let expected = 0;
  const { __metadata__: metadata = {}, ...rest } = header;
  demand(isRecord(metadata), "the metadata must be an object of texts");
  for (const [key, value] of Object.entries(isRecord(metadata) ? metadata : {})) {
    demand(typeof value === "string", `the metadata must be an object of texts, got ${key}: ${value}`);
    content.metadata[key] = String(value);
  }
  const entries = Object.entries(rest).map(([name, entry]) => ({ name, ...readEntry(entry) }));
  entries.sort((a, b) => (a.offsets[0] ?? 0) - (b.offsets[0] ?? 0));
  for (const { name, dtype, shape, offsets } of entries) {
    demand(dtype === "F32", `tensor ${name} must have dtype F32, got ${dtype}`);
    const elements = shape.reduce((product, size) => product * size, 1);
    const [start = NaN, end = NaN] = offsets;
    demand(
      offsets.length === 2 && start === expected && end === start + 4 * elements && end <= body,
      `tensor ${name} must lie in bytes ${expected} to ${
        expected + 4 * elements
      } of ${body}, got ${start} to ${end}`,
    );
    const data = new Float32Array(elements);
    for (let i = 0; i < elements; i++) data[i] = view.getFloat32(8 + headerSize + start + 4 * i, true);
    content.tensors.push({ name, shape, data });
    expected = end;
  }
  demand(expected === body, `the tensors must fill the ${body} bytes after the header, got ${expected}`);
  return content;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (isRecord(header)) return header;
  } catch {
    // Said below, in the words of the format rather than of the JSON parser.
  }
  throw new SyntaxError("Cannot read safetensors: the header must be a JSON object");
}

function readEntry(entry: unknown): { dtype: string; shape: number[]; offsets: number[] } {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  return { dtype: String(dtype), shape: readSizes(shape), offsets: readSizes(offsets) };
}

function readSizes(value: unknown): number[] {
  const sizes = Array.isArray(value) ? value.map(Number) : [NaN];
  if (sizes.every((size) => Number.isSafeInteger(size) && size >= 0)) return sizes;
  throw new SyntaxError(
    `Cannot read safetensors: shapes and offsets must be whole numbers from 0, got ${JSON.stringify(value)}`,
  );
}
