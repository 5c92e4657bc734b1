import { assertEquals } from "@std/assert";
import { axisText, endsOf, polylines, position } from "../../../web/figures/chart_points.ts";
import { commandText } from "../../../web/figures/command_text.ts";

Deno.test("the ends of values are of those that are finite", () => {
  assertEquals(endsOf([3, NaN, -1, Infinity, 2]), [-1, 3]);
  assertEquals(endsOf([]), [0, 1]);
});

Deno.test("a value lies between the ends", () => {
  assertEquals([-3, 0, 1, 4, 9].map((value) => position(value, [0, 4])), [0, 0, 0.25, 1, 1]);
  assertEquals(position(2, [2, 2]), 0);
});

Deno.test("a curve's points run from the left to the right, and gaps split it", () => {
  assertEquals(polylines({ y: [0, 2, NaN, 1] }, [0, 3], [0, 2]), [
    "0.0000,1.0000 0.3333,0.0000",
    "1.0000,0.5000",
  ]);
  assertEquals(polylines({ x: [10, 20], y: [0, 1] }, [10, 20], [0, 1]), ["0.0000,1.0000 1.0000,0.0000"]);
  assertEquals(polylines({ y: [] }, [0, 1], [0, 1]), []);
});

Deno.test("numbers as text", () => {
  assertEquals([0.20951, -2.4, 2.20107, 1234.56, 0, 0.0000123].map(axisText), [
    "0.2095",
    "−2.4",
    "2.2",
    "1,234.6",
    "0",
    "0.000012",
  ]);
});

Deno.test("a command has its flags in order, and switches without values", () => {
  assertEquals(
    commandText("train", { env: "CartPole-v0", double: "", seed: "3" }),
    "deno task train --env CartPole-v0 --double --seed 3",
  );
  assertEquals(
    commandText("train", { "env-options": '{"isSlippery":false}' }),
    `deno task train --env-options '{"isSlippery":false}'`,
  );
});
