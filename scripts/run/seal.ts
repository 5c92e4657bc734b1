import { Sha256 } from "../../agents/mod.ts";

/** The placeholder of the seal of a safetensors file; the seal is the SHA-256 of the file with this in its place. */
export const NO_SEAL = "0".repeat(64);

/** The start of a sealed file, after the length of its header: the seal is the first entry of its metadata. */
const OPENING = new TextEncoder().encode('{"__metadata__":{"sha256":"');
const START = 8 + OPENING.length;

/** The seal of bytes, computed synchronously. */
export function sealOf(bytes: Uint8Array): string {
  const hash = new Sha256();
  hash.update(bytes);
  return hash.digest();
}

/** The seal of bytes, computed by the engine if possible: several times faster, and in a separate thread. */
export async function sealMeanwhile(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) return sealOf(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Writes a seal into a file whose metadata begins with `sha256`. */
export function setSeal(bytes: Uint8Array, seal: string): void {
  bytes.set(new TextEncoder().encode(seal), START);
}

/**
 * A file with zeros in place of its seal.
 *
 * @param bytes The file.
 * @returns A copy.
 * @throws {SyntaxError} If it has no seal.
 */
export function withoutSeal(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!OPENING.every((byte, i) => bytes[8 + i] === byte) || bytes.length < START + NO_SEAL.length) {
    throw new SyntaxError("its metadata must begin with sha256");
  }
  const copy = Uint8Array.from(bytes);
  setSeal(copy, NO_SEAL);
  return copy;
}

/**
 * Compares seals.
 *
 * @param metadata The metadata of the file.
 * @param seal The seal computed from its bytes.
 * @throws {SyntaxError} If they differ.
 */
export function requireSeal(metadata: Readonly<Record<string, string>>, seal: string): void {
  if (metadata["sha256"] === seal) return;
  throw new SyntaxError(`it is damaged: its SHA-256 must be ${metadata["sha256"]}, got ${seal}`);
}
