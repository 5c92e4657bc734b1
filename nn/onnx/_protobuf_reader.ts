/**
 * Protocol buffers: reading untrusted bytes.
 *
 * @module
 */

import { LENGTH_DELIMITED, VARINT } from "./protobuf_writer.ts";

/** The handling of one field of a message. */
export interface FieldReader {
  /** Its name in the format. */
  readonly name: string;
  /** How often it may occur. */
  readonly limit: number;
  /** Receives a value: the number of a varint, or the bytes of anything with a length; `where` is its path. */
  readonly read: (value: number | Uint8Array, where: string) => void;
}

/** The fields that a message may have, by number. */
export type MessageReader = Readonly<Record<number, FieldReader>>;

/** The error for an invalid file; names from the file may be of any length, but the message is not. */
export function unreadable(where: string, rule: string): SyntaxError {
  const message = `Cannot read ONNX: ${where} ${rule}`;
  return new SyntaxError(message.length > 500 ? `${message.slice(0, 500)}…` : message);
}

/**
 * Reads the fields of a message in the order of their bytes. Nothing is allocated beyond what the readers keep.
 *
 * @param bytes The message.
 * @param where Its path, such as `graph.node[3]`.
 * @param readers Every field that it may have.
 * @throws {SyntaxError} If the bytes are not such a message.
 */
export function readMessage(bytes: Uint8Array, where: string, readers: MessageReader): void {
  const counts = new Map<number, number>();
  const cursor = { at: 0 };
  while (cursor.at < bytes.length) {
    const tag = readVarint(bytes, cursor, where);
    const field = Math.floor(tag / 8);
    const reader = Object.hasOwn(readers, field) ? readers[field] : undefined;
    if (reader === undefined) {
      throw unreadable(where, `must have only fields of a policy, got field ${field}`);
    }
    const count = counts.get(field) ?? 0;
    if (count === reader.limit) {
      const times = reader.limit === 1 ? "once" : `at most ${reader.limit} times`;
      throw unreadable(where, `must have ${reader.name} ${times}, got more`);
    }
    counts.set(field, count + 1);
    const path = reader.limit === 1 ? `${where}.${reader.name}` : `${where}.${reader.name}[${count}]`;
    const wireType = tag % 8;
    if (wireType === VARINT) reader.read(readVarint(bytes, cursor, path), path);
    else if (wireType === LENGTH_DELIMITED) {
      const length = readVarint(bytes, cursor, path);
      const start = cursor.at;
      if (length > bytes.length - start) {
        throw unreadable(path, `must fit into ${bytes.length - start} bytes, got ${length}`);
      }
      cursor.at = start + length;
      reader.read(bytes.subarray(start, start + length), path);
    } else throw unreadable(path, `must be a varint or have a length, got wire type ${wireType}`);
  }
}

/** A whole number. */
export function integerField(name: string, take: (value: number) => void): FieldReader {
  const read = (value: number | Uint8Array, where: string) => {
    if (typeof value !== "number") throw unreadable(where, "must be a whole number, got bytes");
    take(value);
  };
  return { name, limit: 1, read };
}

/** Whole numbers, one by one or packed into one value. */
export function integersField(name: string, limit: number, take: (values: number[]) => void): FieldReader {
  const values: number[] = [];
  const read = (value: number | Uint8Array, where: string) => {
    if (typeof value === "number") values.push(value);
    else {
      const cursor = { at: 0 };
      while (cursor.at < value.length && values.length <= limit) {
        values.push(readVarint(value, cursor, where));
      }
    }
    if (values.length > limit) throw unreadable(where, `must be at most ${limit} numbers, got more`);
    take(values);
  };
  return { name, limit: limit + 1, read };
}

/** Text in UTF-8. */
export function textField(name: string, take: (value: string) => void): FieldReader {
  return bytesField(name, (bytes, where) => {
    let text: string;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw unreadable(where, "must be text in UTF-8");
    }
    take(text);
  });
}

/** Raw data, or a message: a view, not a copy. */
export function bytesField(
  name: string,
  take: (bytes: Uint8Array, where: string) => void,
): FieldReader {
  const read = (value: number | Uint8Array, where: string) => {
    if (typeof value === "number") throw unreadable(where, "must have a length, got a number");
    take(value, where);
  };
  return { name, limit: 1, read };
}

/** The same field, allowed more than once. */
export function repeated(limit: number, reader: FieldReader): FieldReader {
  return { ...reader, limit };
}

/** A field that is ignored. */
export function ignoredField(name: string): FieldReader {
  return { name, limit: 1, read: () => {} };
}

/** A varint of at most 2⁵³ − 1; its end is stored in `cursor`. */
function readVarint(bytes: Uint8Array, cursor: { at: number }, where: string): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw unreadable(where, "must not end within a number");
    value += (byte % 128) * scale;
    if (byte < 128) {
      if (value <= Number.MAX_SAFE_INTEGER) return value;
      break;
    }
    scale *= 128;
  }
  throw unreadable(where, "must have whole numbers from 0 to 2^53 - 1, got another");
}
