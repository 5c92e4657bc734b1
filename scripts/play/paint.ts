/** A text style: a colour, or a background colour. */
export type Style =
  | "bold"
  | "dim"
  | "red"
  | "green"
  | "blue"
  | "magenta"
  | "yellow"
  | "on red"
  | "on yellow"
  | "on green";

/** SGR codes (ECMA-48, 8.3.117); a background comes with a text colour, so that the text is readable in any terminal. */
const CODES: Readonly<Record<Style, string>> = {
  "bold": "1",
  "dim": "2",
  "red": "31",
  "green": "32",
  "blue": "1;34",
  "magenta": "35",
  "yellow": "33",
  "on red": "1;97;41",
  "on yellow": "1;30;43",
  "on green": "1;30;42",
};

/** Applies a style to text. */
export type Paint = (text: string, style: Style) => string;

/** Paints for a terminal. */
export const inColor: Paint = (text, style) => `\x1b[${CODES[style]}m${text}\x1b[0m`;

/** Leaves text unchanged. */
export const plain: Paint = (text) => text;

/** Highlights text; without colours, uses other text instead. */
export function highlight(paint: Paint, text: string, style: Style, otherwise: string): string {
  return paint === plain ? otherwise : paint(text, style);
}
