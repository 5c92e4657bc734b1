import { visibleLine, visibleText } from "../values/visible_text.ts";

// All text for people is printed here, since names and reasons may come from untrusted files, messages and environments.

/** Prints results on stdout; may be several lines. */
export function print(text: string): void {
  console.log(visibleText(text));
}

/** Prints one line on stdout. */
export function printLine(text: string): void {
  console.log(visibleLine(text));
}

/** Prints one line on stderr: an error, or progress. */
export function printError(text: string): void {
  console.error(visibleLine(text));
}

/** Prints a picture on stdout: text with colours, without any other control sequence. */
export function printPainted(text: string): void {
  console.log(paintedText(text));
}

/** The text of a picture, with its colours. */
export function paintedText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.split(/(\x1b\[[\d;]*m)/).map((part, i) => i % 2 === 1 ? part : visibleText(part)).join("");
}
