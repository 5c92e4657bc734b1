import { assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { decodeIndex, encodeIndex, type FileIndex } from "../../../scripts/run_folder/file_index.ts";

const [A, B, C] = ["a", "b", "c"].map((digit) => digit.repeat(64));
const INDEX: FileIndex = new Map([
  ["summary.json", [C!]],
  ["config.json", [A!]],
  ["checkpoint.safetensors", [B!, A!, "nothing"]],
  ["runs/x-1.json", [A!, "nothing"]],
]);

Deno.test("an index is read as it was written, in the order of names", () => {
  const text = encodeIndex(INDEX);
  assertEquals(text.split("\n").slice(1), [
    `${B}  checkpoint.safetensors`,
    `# or ${A}  checkpoint.safetensors`,
    "# or nothing  checkpoint.safetensors",
    `${A}  config.json`,
    `${A}  runs/x-1.json`,
    "# or nothing  runs/x-1.json",
    `${C}  summary.json`,
    "",
  ]);
  assertEquals(new Map([...decodeIndex(text)].toSorted()), new Map([...INDEX].toSorted()));
  assertEquals(decodeIndex(encodeIndex(new Map())), new Map());
});

Deno.test("a character changed, put in or taken out anywhere in an index is found", () => {
  const text = encodeIndex(INDEX);
  const random = randomSeeded(1n);
  for (let at = 0; at < text.length; at++) {
    const other = String.fromCharCode(32 + Math.floor(random() * 94));
    for (
      const changed of [
        text.slice(0, at) + other + text.slice(at + 1),
        text.slice(0, at) + text.slice(at + 1),
      ]
    ) {
      if (changed !== text) assertThrows(() => decodeIndex(changed), SyntaxError);
    }
    assertThrows(() => decodeIndex(text.slice(0, at) + "#" + text.slice(at)), SyntaxError);
  }
  for (const line of text.split("\n").slice(1, -1)) {
    assertThrows(() => decodeIndex(text.replace(`${line}\n`, "")), SyntaxError, "it is damaged");
  }
});

Deno.test("an index names nothing outside of its folder, and nothing that a terminal would obey", () => {
  for (const name of ["../x", "/etc/x", "a/../x", ".x", "x\u001b[2J", "x y", "a//b", "", "x\r"]) {
    assertThrows(() => decodeIndex(encodeIndex(new Map([[name, [A!]]]))), SyntaxError, "must have a SHA-256");
  }
});
