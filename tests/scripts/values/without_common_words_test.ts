import { assertEquals } from "@std/assert";
import { withoutCommonWords } from "../../../scripts/values/without_common_words.ts";

Deno.test("the words that all names begin with are left out, but no whole name", () => {
  assertEquals(withoutCommonWords(["torque of the hip", "torque of the knee"]), ["hip", "knee"]);
  assertEquals(withoutCommonWords(["main engine", "side engines"]), ["main engine", "side engines"]);
  assertEquals(withoutCommonWords(["the left hip", "the left"]), ["left hip", "left"]);
  assertEquals(withoutCommonWords(["the hip", "the hip"]), ["hip", "hip"]);
  assertEquals(withoutCommonWords(["torque"]), ["torque"]);
  assertEquals(withoutCommonWords(["torque (N m)"]), ["torque (N m)"]);
  assertEquals(withoutCommonWords([]), []);
});
