import { assertEquals, assertThrows } from "@std/assert";
import { pictureSize } from "../../../web/site/picture_size.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

Deno.test("pictureSize() reads SVG, GIF and PNG", () => {
  const svg =
    '<?xml version="1.0"?><svg class="marks" width="685" height="59.6" viewBox="0 0 1 1"><rect width="3"/>';
  assertEquals(pictureSize("a.svg", bytesOf(svg)), { width: 685, height: 60 });
  const gif = Uint8Array.from([...bytesOf("GIF89a"), 0x2c, 1, 200, 0, 0, 0]);
  assertEquals(pictureSize("a.gif", gif), { width: 300, height: 200 });
  const png = new Uint8Array(33);
  png.set([0, 0, 2, 0x58, 0, 0, 1, 0x90], 16);
  assertEquals(pictureSize("a.png", png), { width: 600, height: 400 });
});

Deno.test("pictureSize() refuses other files, and pictures without a size", () => {
  for (
    const [name, text] of [["a.svg", "<svg>"], ["a.gif", "GIF"], ["a.jpg", "x".repeat(99)], [
      "svg",
      "",
    ]] as const
  ) {
    assertThrows(
      () => pictureSize(name, bytesOf(text)),
      SyntaxError,
      `Cannot show ${name}: it must be an SVG, a GIF or a PNG with a size`,
    );
  }
});
