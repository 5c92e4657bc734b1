import { assertEquals } from "@std/assert";
import { evaluationText } from "../../../scripts/train/evaluation_text.ts";

Deno.test("small returns have three decimals, others one, without trailing zeros", () => {
  assertEquals(evaluationText({ mean: 0.7445, std: 0.43614, min: 0, max: 1 }), {
    mean: "0.745",
    std: "0.436",
    min: "0",
    max: "1",
  });
  assertEquals(evaluationText({ mean: -64.709, std: 24.44, min: -266, max: -29.04 }), {
    mean: "-64.7",
    std: "24.4",
    min: "-266",
    max: "-29",
  });
  assertEquals(evaluationText({ mean: -9.99999, std: 0.00001, min: -10, max: 9 }).mean, "-10.0");
});
