import { assertEquals } from "@std/assert";
import { paintedText } from "../../../scripts/cli/print.ts";
import { textTable } from "../../../scripts/cli/table.ts";
import { visibleLine, visibleText } from "../../../scripts/values/visible_text.ts";

Deno.test("visibleText() escapes characters that a terminal obeys or hides, and nothing else", () => {
  const cases = [
    ["\x1b]0;title\x07", "\\u001b]0;title\\u0007"],
    ["\x1b[2J", "\\u001b[2J"],
    ["\x9b2J", "\\u009b2J"],
    ["a\rb\bc\0d\x7f", "a\\u000db\\u0008c\\u0000d\\u007f"],
    ["\x90q\x9c", "\\u0090q\\u009c"],
    ["file\u202ecod.exe", "file\\u202ecod.exe"],
    ["\u2066a\u2069\u200f\u061c", "\\u2066a\\u2069\\u200f\\u061c"],
    ["a\u2028b\u2029", "a\\u2028b\\u2029"],
    ["two\n\tlines", "two\n\tlines"],
    ["Größe ± 0.5 · 日本語 👩‍🚀", "Größe ± 0.5 · 日本語 👩‍🚀"],
    ["", ""],
  ] as const;
  for (const [text, expected] of cases) assertEquals(visibleText(text), expected);
  for (let code = 0; code < 0xa0; code++) {
    const isKept = code === 9 || code === 10 || code >= 0x20 && code < 0x7f;
    assertEquals(visibleText(String.fromCharCode(code)).length, isKept ? 1 : 6, String(code));
  }
});

Deno.test("visibleText() does not change the meaning of JSON", () => {
  const value = { name: "\x9b2J \u202e \x1b[0m", list: [1, "\x7f"] };
  const printed = visibleText(JSON.stringify(value, null, 2));
  assertEquals(JSON.parse(printed), value);
});

Deno.test("visibleLine() is one line, and so is a cell of a table", () => {
  assertEquals(visibleLine("a\n\tb\x1b"), "a\\n\\tb\\u001b");
  assertEquals(
    textTable([["name", "score"], ["x\nsaved in /", "1"]]),
    "name           score\nx\\nsaved in /      1",
  );
});

Deno.test("paintedText() keeps colours, and no other command", () => {
  assertEquals(
    paintedText("\x1b[1;97;41mH\x1b[0m\x1b[2J\x1b]0;x\x07"),
    "\x1b[1;97;41mH\x1b[0m\\u001b[2J\\u001b]0;x\\u0007",
  );
});
