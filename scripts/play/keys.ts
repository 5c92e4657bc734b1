import type { Arrow } from "./board.ts";

/** A key: an arrow, a letter in lower case, a space, or Ctrl-C. */
export type Key = string;

/** The name of Ctrl-C. */
export const INTERRUPT: Key = "ctrl-c";

/** The last letter of the sequence that an arrow key sends (xterm's, in both of its cursor modes). */
const ARROWS: Readonly<Record<string, Arrow>> = { A: "up", B: "down", C: "right", D: "left" };
const CONTROLS: Readonly<Record<string, Key>> = { "\x03": INTERRUPT, "\x04": "q" };

/**
 * The keys that a terminal in raw mode reports; sequences of other keys are left out.
 *
 * @param text The input from the terminal.
 */
export function keysOf(text: string): Key[] {
  const letters = (part: string) => Array.from(part, (letter) => CONTROLS[letter] ?? letter.toLowerCase());
  const [first, ...escaped] = text.split("\x1b");
  return [
    ...letters(first!),
    ...escaped.flatMap((part) => {
      const sequence = /^(?:O|\[[\d;]*)([A-Za-z~])/.exec(part);
      if (sequence === null) return letters(part);
      const arrow = ARROWS[sequence[1]!];
      return [...(arrow === undefined ? [] : [arrow]), ...letters(part.slice(sequence[0].length))];
    }),
  ];
}

/** The keys of a terminal in raw mode, as they are pressed. */
export async function* pressedKeys(input: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Key> {
  let rest = "";
  for await (const text of input.pipeThrough(new TextDecoderStream())) {
    rest += text;
    // A slow connection may cut a sequence in two.
    const start = rest.lastIndexOf("\x1b");
    const whole = start !== -1 && /^(O|\[[\d;]*)?$/.test(rest.slice(start + 1)) ? start : rest.length;
    yield* keysOf(rest.slice(0, whole));
    rest = rest.slice(whole);
  }
}

/** The keys of a text with one key per line. */
export async function* typedKeys(input: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Key> {
  let rest = "";
  for await (const text of input.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield line.trim().toLowerCase();
  }
  if (rest !== "") yield rest.trim().toLowerCase();
}
