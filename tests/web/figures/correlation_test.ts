import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { correlationWithNext } from "../../../web/figures/correlation.ts";

Deno.test("what grows evenly goes along with the next row, what swings goes against it", () => {
  const rows = [[1, 1, 7], [2, -1, 7], [3, 1, 7], [4, -1, 7]].flat();
  const [grows, swings, stands] = correlationWithNext(rows, 3);
  assertAlmostEquals(grows!, 1, 1e-12);
  assertAlmostEquals(swings!, -1, 1e-12);
  assert(Number.isNaN(stands));
});

Deno.test("a correlation worked out by hand", () => {
  // Pairs (1, 2), (2, 4), (4, 3): deviations −4/3, −1/3, 5/3 and −1, 1, 0; 1 / √(14/3 · 2).
  assertAlmostEquals(correlationWithNext([1, 2, 4, 3], 1)[0]!, 1 / Math.sqrt(28 / 3), 1e-12);
});

Deno.test("fewer than two pairs have no correlation", () => {
  assertEquals(correlationWithNext([], 2), [NaN, NaN]);
  assertEquals(correlationWithNext([1, 2, 3, 4], 2), [NaN, NaN]);
});
