import { assertEquals } from "@std/assert";
import { returnText } from "../../../scripts/values/return_text.ts";

Deno.test("small returns have three decimals, others one, and a deviation as many as its mean", () => {
  assertEquals([0, 0.7445, -9.5, 10, -110.25, 500].map((value) => returnText(value)), [
    "0.000",
    "0.745",
    "-9.500",
    "10.0",
    "-110.3",
    "500.0",
  ]);
  assertEquals([returnText(0.25, 499), returnText(12, 0.5)], ["0.3", "12.000"]);
});
