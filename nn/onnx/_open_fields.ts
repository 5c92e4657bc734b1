/**
 * Protocol buffers of other programs: reading untrusted bytes whose fields are not all known.
 *
 * @module
 */

import { unreadable } from "./_protobuf_reader.ts";

/** One field of a message. */
export interface Field {
  /** Its number. */
  readonly field: number;
  /** A varint as a signed number; the bytes of anything else, a view. */
  readonly value: number | Uint8Array;
  /** The whole field with its tag, a view. */
  readonly raw: Uint8Array;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** Lists with more elements are refused, so that a file cannot use much more memory than its size. */
export const MOST_FIELDS = 100_000;

/**
 * The fields of a message, in the order of their bytes.
 *
 * @param bytes The message.
 * @param where Its path, such as `graph.node`.
 * @throws {SyntaxError} If the bytes are no message, or have more than {@linkcode MOST_FIELDS} fields.
 */
export function openFields(bytes: Uint8Array, where: string): Field[] {
  const fields: Field[] = [];
  const cursor = { at: 0 };
  while (cursor.at < bytes.length) {
    if (fields.length === MOST_FIELDS) throw unreadable(where, `must have at most ${MOST_FIELDS} fields`);
    const begin = cursor.at;
    const tag = readVarint(bytes, cursor, where);
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (tag < 8) throw unreadable(where, `must have fields from 1, got field ${field}`);
    let value: Field["value"];
    if (wireType === VARINT) value = readVarint(bytes, cursor, where);
    else {
      const length = lengthOf(wireType, () => readVarint(bytes, cursor, where));
      if (length === undefined) {
        throw unreadable(where, `must be a message, got field ${field} of wire type ${wireType}`);
      }
      const start = cursor.at;
      if (length < 0 || length > bytes.length - start) {
        throw unreadable(where, `must fit into ${bytes.length - start} bytes, got ${length}`);
      }
      cursor.at = start + length;
      value = bytes.subarray(start, cursor.at);
    }
    fields.push({ field, value, raw: bytes.subarray(begin, cursor.at) });
  }
  return fields;
}

function lengthOf(wireType: number, read: () => number): number | undefined {
  if (wireType === LENGTH_DELIMITED) return read();
  return wireType === FIXED64 ? 8 : wireType === FIXED32 ? 4 : undefined;
}

/** The numbers of repeated varints, one by one or packed into one field. */
export function openIntegers(value: number | Uint8Array, where: string): number[] {
  if (typeof value === "number") return [value];
  const numbers: number[] = [];
  const cursor = { at: 0 };
  while (cursor.at < value.length) numbers.push(readVarint(value, cursor, where));
  return numbers;
}

/** The text of a field; bytes that are not UTF-8 become U+FFFD, so that any name can be shown. */
export function openText(value: number | Uint8Array): string {
  return typeof value === "number" ? "" : new TextDecoder().decode(value);
}

/** The bytes of a field, which must not be a number. */
export function openBytes(value: number | Uint8Array, where: string): Uint8Array {
  if (typeof value === "number") throw unreadable(where, "must have a length, got a number");
  return value;
}

/** The float32 of four bytes. */
export function openFloat(value: number | Uint8Array): number {
  if (typeof value === "number" || value.length !== 4) return NaN;
  return new DataView(value.buffer, value.byteOffset, 4).getFloat32(0, true);
}

/** A varint of at most 64 bits, as a signed number; those beyond 2⁵³ lose their lowest bits. */
function readVarint(bytes: Uint8Array, cursor: { at: number }, where: string): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw unreadable(where, "must not end within a number");
    if (i === 9) {
      // Bit 63 is the sign of numbers below zero, which take ten bytes.
      if (byte !== 1) break;
      return signed(bytes, cursor.at);
    }
    value += (byte % 128) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  throw unreadable(where, "must have numbers of at most 64 bits, got more");
}

/** The number of the ten bytes before an index, which has bit 63 set. */
function signed(bytes: Uint8Array, end: number): number {
  // −1 − x flips every bit of x, which keeps small numbers exact.
  let flipped = 0;
  for (let i = 1; i <= 9; i++) flipped = flipped * 128 + (127 - bytes[end - 1 - i]! % 128);
  return -1 - flipped;
}
