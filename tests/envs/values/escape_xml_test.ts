import { assertEquals } from "@std/assert";
import { escapeXml, suitableForXml } from "../../../envs/values/escape_xml.ts";

Deno.test("markup becomes entities, everything else stays", () => {
  assertEquals(
    escapeXml(`a<b> & "c" 'd'\t\n\r é 木 😀 \x7f\x85`),
    `a&lt;b&gt; &amp; &quot;c&quot; 'd'\t\n\r é 木 😀 \x7f\x85`,
  );
});

Deno.test("characters that XML cannot hold are replaced, and no others", () => {
  const isSuitable = (code: number) =>
    [0x9, 0xa, 0xd].includes(code) || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) ||
    code >= 0x10000;
  const codes = [...Array(0x300).keys(), 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000]
    .concat([0xfdd0, 0xfffc, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1f600, 0x1fffe, 0x10ffff]);
  for (const code of codes) {
    const text = `(${String.fromCodePoint(code)})`;
    assertEquals(suitableForXml(text), isSuitable(code) ? text : "(\ufffd)", code.toString(16));
  }
});
