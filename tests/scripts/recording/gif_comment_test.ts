import { assertEquals } from "@std/assert";
import { gifComment } from "../../../scripts/recording/gif_comment.ts";
import { startGif } from "../../../scripts/recording/gif.ts";
import { choosePalette } from "../../../scripts/recording/palette.ts";

Deno.test("the comment of a GIF is read back, however long it is and whatever its colours are", () => {
  // The bytes with which a comment begins are a colour here.
  const pixels = Uint8Array.of(0x21, 0xfe, 0x02, 255, 9, 9, 9, 255);
  for (const text of ["return −9 after 9 steps", "x".repeat(600), ""]) {
    const gif = startGif(2, 1, choosePalette([pixels], 2), text);
    gif.add(pixels, 10);
    assertEquals(gifComment(gif.finish()), text);
  }
});

Deno.test("no comment is found in a file that is not a GIF, or has none", () => {
  const none = new TextEncoder().encode("GIF89a\x01\0\x01\0\0\0\0;");
  for (
    const bytes of [none, new Uint8Array(0), new TextEncoder().encode("GIF89a"), Uint8Array.of(0x21, 0xfe, 9)]
  ) {
    assertEquals(gifComment(bytes), undefined);
  }
});
