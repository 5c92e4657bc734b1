import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { jsonObject } from "../values/json_object.ts";
import type { SweepStore } from "./sweep_store.ts";

/** The first byte of an entry: whether its bytes follow, or a pointer to them. */
const INLINE = 0;
const POINTER = 1;

/** Most bytes that a message adds to an entry. */
const OVERHEAD = 4_096;

/** Most bytes that a reader accepts: no run leaves more. */
const MOST_BYTES = 2 ** 31;

/**
 * Makes an entry of bytes. Bytes that do not fit into one message are stored first, in parts under a separate name:
 * a reader of the entry finds all of them.
 *
 * @param store The sweep's store.
 * @param bytes The bytes to store.
 * @param name The name of its parts; existing parts of this name are overwritten. @default {a unique name}
 * @returns The entry, to put under a key.
 */
export async function encodeBlob(
  store: SweepStore,
  bytes: Uint8Array,
  name: string = crypto.randomUUID(),
): Promise<Uint8Array<ArrayBuffer>> {
  const most = Math.min(store.maxPayload, 1_048_576) - OVERHEAD;
  if (bytes.length < most) return tagged(INLINE, bytes);
  const parts = Math.ceil(bytes.length / most);
  for (let i = 0; i < parts; i++) {
    await store.bucket.put(`data.${name}.${i}`, bytes.subarray(i * most, (i + 1) * most));
  }
  const pointer = { name, parts, bytes: bytes.length, sha256: await sha256(bytes) };
  return tagged(POINTER, new TextEncoder().encode(JSON.stringify(pointer)));
}

/**
 * Reads the bytes of an entry.
 *
 * @throws {Error} If it is not an entry, or a part is missing or damaged.
 */
export async function decodeBlob(store: SweepStore, entry: Uint8Array): Promise<Uint8Array> {
  // The client returns Node's buffers, some of whose methods differ from those of a Uint8Array.
  if (entry[0] === INLINE) return new Uint8Array(entry.subarray(1));
  const pointer = readPointer(entry);
  // The size that it claims is trusted only as far as its parts exist.
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let i = 0; i < pointer.parts && size < pointer.bytes; i++) {
    const part = await store.bucket.get(`data.${pointer.name}.${i}`);
    if (part === null || part.value.length === 0) break;
    parts.push(part.value);
    size += part.value.length;
  }
  const bytes = size === pointer.bytes ? joined(parts, size) : new Uint8Array(0);
  if (size !== pointer.bytes || await sha256(bytes) !== pointer.sha256) {
    throw new RangeError(
      `Cannot read an entry: it must have ${pointer.bytes} bytes with its hash, got others`,
    );
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Removes the parts of an entry one by one: removing them at once would need a permission that could remove everything. */
export async function removeBlob(store: SweepStore, entry: Uint8Array): Promise<void> {
  if (entry[0] === INLINE) return;
  const { name, parts } = readPointer(entry);
  for (let i = 0; i < parts; i++) await store.bucket.delete(`data.${name}.${i}`);
}

function readPointer(entry: Uint8Array) {
  if (entry[0] !== POINTER) {
    throw new SyntaxError(`Cannot read an entry: its first byte must be 0 or 1, got ${entry[0]}`);
  }
  const pointer = jsonObject(
    parseBoundedJson(new TextDecoder().decode(entry.subarray(1)), { depth: 16, length: 1_000_000 }),
    "an entry",
  );
  const [name, parts, bytes] = [pointer.text("name"), pointer.number("parts"), pointer.number("bytes")];
  const isWhole = Number.isSafeInteger(parts) && Number.isSafeInteger(bytes);
  if (!/^[\w-]{1,64}$/.test(name) || !isWhole || bytes < 0 || bytes > MOST_BYTES || parts < 0) {
    throw new RangeError(`Cannot read an entry: it must point at its parts, got ${JSON.stringify(name)}`);
  }
  return { name, parts, bytes, sha256: pointer.text("sha256") };
}

function tagged(tag: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const entry = new Uint8Array(1 + bytes.length);
  entry[0] = tag;
  entry.set(bytes, 1);
  return entry;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes))).toHex();
}
