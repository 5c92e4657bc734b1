import { assertEquals } from "@std/assert";
import { arrayText } from "../../../scripts/values/array_text.ts";
import { fixedText } from "../../../scripts/values/fixed_text.ts";

Deno.test("numbers as a list have four decimals, and a long list is cut short", () => {
  assertEquals(arrayText([0.02738, -0.00611]), "[0.0274, −0.0061]");
  assertEquals(arrayText([]), "[]");
  assertEquals(arrayText(new Uint8Array(8)), `[${Array(8).fill("0.0000").join(", ")}]`);
  assertEquals(arrayText(new Uint8Array(9)), `[${Array(8).fill("0.0000").join(", ")}, …]`);
});

Deno.test("a number with fixed decimals has a true minus sign, which a zero has not", () => {
  assertEquals([-0.5, -0.004, -0.006, 0, -10, 1e21].map((value) => fixedText(value, 2)), [
    "−0.50",
    "0.00",
    "−0.01",
    "0.00",
    "−10.00",
    "1e+21",
  ]);
  assertEquals(fixedText(-0.4, 0), "0");
});
