import { assertEquals, assertThrows } from "@std/assert";
import { parseBoundedJson } from "../../nn/bounded_json.ts";

const BOUNDS = { depth: 3, length: 60 };

Deno.test("JSON within its bounds is parsed; brackets in texts do not count as levels", () => {
  for (
    const text of [
      "1",
      "[[[]]]",
      '{"a":[{"b":1},{"c":2}],"d":[[],[],[]]}',
      '["[[[[","\\"[[[[","\\\\",[[]]]',
      '{"[[[[\\"":0}',
    ]
  ) {
    assertEquals(parseBoundedJson(text, BOUNDS), JSON.parse(text), text);
  }
});

Deno.test("JSON that is too deep or too long is refused, and so is invalid JSON", () => {
  for (const text of ["[[[[]]]]", '{"a":{"b":{"c":{}}}}', '["\\\\",[[[', "[[[[[[[["]) {
    assertThrows(() => parseBoundedJson(text, BOUNDS), SyntaxError, "it must be at most 3 levels deep");
  }
  assertThrows(() => parseBoundedJson(" ".repeat(61), BOUNDS), SyntaxError, "at most 60 characters, got 61");
  assertThrows(() => parseBoundedJson("[", BOUNDS), SyntaxError);
});
