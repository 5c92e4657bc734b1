import { assertEquals } from "@std/assert";
import { roundShort } from "../../../scripts/values/round_short.ts";

Deno.test("numbers are as short as the resolution allows", () => {
  const cases: [number, number, number][] = [
    [0.123456, 1, 0],
    [0.123456, 0.1, 0.1],
    [0.123456, 0.05, 0.12],
    [0.123456, 0.01, 0.12],
    [123_456, 1, 123_456],
    [123_456, 100, 123_500],
    [123_456, 999, 123_500],
    [-1.26, 0.1, -1.3],
    [1e-300, 1e-301, 1e-300],
    [0.3, 1e-17, 0.3],
  ];
  for (const [value, resolution, expected] of cases) assertEquals(roundShort(value, resolution), expected);
});
