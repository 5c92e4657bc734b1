/**
 * What a terminal would obey or hide in place of showing it: control characters (C0 but for tab and line feed, DEL, C1), line
 * and paragraph separators, and the marks that turn the direction of writing.
 */
// deno-lint-ignore no-control-regex
const HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text as it can be shown on a terminal, whoever wrote it.
 *
 * @param text Any; line feeds and tabs stay.
 * @returns The text with every other control character as in `\u001b`, which JSON reads back.
 */
export function visibleText(text: string): string {
  return text.replaceAll(
    HIDDEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A text as part of a line on a terminal, which it cannot end.
 *
 * @param text Any.
 * @returns The text with every control character escaped.
 */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
