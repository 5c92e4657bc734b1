import { Buffer } from "node:buffer";

/** Bytes as text that a data URL can carry. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
