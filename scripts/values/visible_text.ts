/**
 * Characters that a terminal obeys or hides instead of showing: control characters (C0 except tab and line feed, DEL, C1), line
 * and paragraph separators, and marks of text direction.
 */
// deno-lint-ignore no-control-regex
const HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * An untrusted text, made safe to show on a terminal.
 *
 * @param text Any text; line feeds and tabs are kept.
 * @returns The text with every other control character escaped, such as `\u001b`, which JSON reads back.
 */
export function visibleText(text: string): string {
  return text.replaceAll(
    HIDDEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * An untrusted text, made safe to show within a line on a terminal.
 *
 * @param text Any text.
 * @returns The text with every control character escaped.
 */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
