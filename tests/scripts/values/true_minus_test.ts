import { assertEquals } from "@std/assert";
import { trueMinus } from "../../../scripts/values/true_minus.ts";

Deno.test("a negative number gets a true minus sign, and no other text changes", () => {
  const texts = ["-83", "-0.5", "-1e-8", "12", "1e-8", "–", "-", "double-dqn", "--seed 0", ""];
  assertEquals(texts.map(trueMinus), ["−83", "−0.5", "−1e-8", ...texts.slice(3)]);
});
