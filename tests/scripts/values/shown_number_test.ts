import { assertEquals } from "@std/assert";
import { shownNumber } from "../../../scripts/values/shown_number.ts";

Deno.test("thousands are separated by commas, decimals are not", () => {
  assertEquals([0, 999, 1000, 10_000, 1_234_567, 1234.5678, -4800.1].map(shownNumber), [
    ...["0", "999", "1,000", "10,000", "1,234,567", "1,234.5678", "−4,800.1"],
  ]);
});

Deno.test("a text that is a number is shown as one, any other text as it is", () => {
  assertEquals(["-10000", "0.00001"].map(shownNumber), ["−10,000", "0.00001"]);
  const others = ["", "1,000", "128,128", "1000 steps", "1e-8", "CartPole-v1", "84x84x4", "1000ab"];
  assertEquals(others.map(shownNumber), others);
});
