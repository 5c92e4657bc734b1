/** Bytes of a part: the arguments of a call are limited. */
const PART = 8_192;

/** Bytes as text for a data URL. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += PART) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + PART)));
  }
  return btoa(parts.join(""));
}
