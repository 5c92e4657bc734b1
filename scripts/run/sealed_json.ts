import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { sealOf } from "./seal.ts";

/** Of the result of a run as JSON: with some million episodes. */
export const RESULT_BOUNDS = { depth: 16, length: 200_000_000 };

const OPENING = '{"sha256":"';
const SEALED = /^\{"sha256":"([0-9a-f]{64})",/;

/**
 * Writes an object as one line of JSON that begins with the SHA-256 of the rest.
 *
 * @param value An object with at least one field, none of them `sha256`.
 * @returns The text.
 */
export function sealedJson(value: Readonly<Record<string, unknown>>): string {
  const rest = JSON.stringify(value).slice(1) + "\n";
  return `${OPENING}${sealOf(new TextEncoder().encode(rest))}",${rest}`;
}

/**
 * Reads the output of {@linkcode sealedJson}.
 *
 * @param text The text.
 * @returns The object, with its seal.
 * @throws {SyntaxError} If it is damaged, or has no seal.
 */
export function parseSealedJson(text: string): unknown {
  const [opening, seal] = text.match(SEALED) ?? [];
  if (opening === undefined) throw new SyntaxError("it must begin with its SHA-256, got something else");
  const got = sealOf(new TextEncoder().encode(text.slice(opening.length)));
  if (got === seal) return parseBoundedJson(text, RESULT_BOUNDS);
  throw new SyntaxError(`it is damaged: its SHA-256 must be ${seal}, got ${got}`);
}
