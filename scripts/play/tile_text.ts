import { highlight, type Paint, type Style } from "./paint.ts";

/** A tile of a map, three columns wide; the position is marked without colours, too. */
export function tileText(paint: Paint, letter: string, style?: Style, isHere = false): string {
  const text = ` ${letter} `;
  if (isHere) return highlight(paint, text, "on red", `[${letter}]`);
  return style === undefined ? text : paint(text, style);
}
