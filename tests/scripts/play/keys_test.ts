import { assertEquals } from "@std/assert";
import { keysOf, pressedKeys, typedKeys } from "../../../scripts/play/keys.ts";

/** Standard input that arrives in pieces. */
function inputOf(...pieces: string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece)));
}

Deno.test("a terminal's bytes are letters, arrows, Ctrl-C and Ctrl-D; other keys are left out", () => {
  assertEquals(keysOf("aW \r"), ["a", "w", " ", "\r"]);
  assertEquals(keysOf("\x1b[A\x1b[B\x1bOC\x1bODq"), ["up", "down", "right", "left", "q"]);
  assertEquals(keysOf("\x1b[1;5A\x1b[3~\x1b[Hs"), ["up", "s"]);
  assertEquals(keysOf("\x03\x04"), ["ctrl-c", "q"]);
  assertEquals(keysOf("\x1bs\x1b"), ["s"]);
});

Deno.test("a sequence that arrives in two parts is one key", async () => {
  const keys = await Array.fromAsync(pressedKeys(inputOf("a\x1b", "[A", "\x1b[1;", "5Bs", "\x1b", "d")));
  assertEquals(keys, ["a", "up", "down", "s", "d"]);
});

Deno.test("lines are keys, however they arrive and end", async () => {
  const keys = await Array.fromAsync(typedKeys(inputOf("le", "ft\r\nS\n", "\n d")));
  assertEquals(keys, ["left", "s", "", "d"]);
});
