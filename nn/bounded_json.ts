/**
 * Parsing of untrusted JSON.
 *
 * @module
 */

/** The limits of {@linkcode parseBoundedJson}. */
export interface JsonBounds {
  /** Levels of nested objects and lists. */
  readonly depth: number;
  /** Number of characters. */
  readonly length: number;
}

/**
 * Parses JSON that is neither too long nor too deep: an engine may take minutes for a hundred million brackets.
 *
 * @param text JSON.
 * @param bounds The limits.
 * @returns The parsed value.
 * @throws {SyntaxError} If it is not JSON, or exceeds the limits.
 */
export function parseBoundedJson(text: string, bounds: JsonBounds): unknown {
  if (text.length > bounds.length) {
    throw new SyntaxError(`it must have at most ${bounds.length} characters, got ${text.length}`);
  }
  if (isDeeper(text, bounds.depth)) throw new SyntaxError(`it must be at most ${bounds.depth} levels deep`);
  return JSON.parse(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

function isDeeper(text: string, most: number): boolean {
  let depth = 0;
  let isWithinText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isWithinText) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) isWithinText = false;
    } else if (code === QUOTE) isWithinText = true;
    else if (code === LIST || code === OBJECT) {
      if (++depth > most) return true;
    } else if (code === LIST_END || code === OBJECT_END) depth--;
  }
  return false;
}
