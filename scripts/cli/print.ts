import { visibleLine, visibleText } from "../values/visible_text.ts";

// All text for people goes through here: names and reasons come from files, messages and environments of anyone.

/** Prints results on stdout; may be several lines. */
export function print(text: string): void {
  console.log(visibleText(text));
}

/** Prints one line on stdout. */
export function printLine(text: string): void {
  console.log(visibleLine(text));
}

/** Prints one line on stderr: what went wrong, or what is going on. */
export function printError(text: string): void {
  console.error(visibleLine(text));
}

/** Prints a picture on stdout: text with colours, and nothing else that a terminal obeys. */
export function printPainted(text: string): void {
  console.log(paintedText(text));
}

/** The text of a picture: its colours stay. */
export function paintedText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.split(/(\x1b\[[\d;]*m)/).map((part, i) => i % 2 === 1 ? part : visibleText(part)).join("");
}
