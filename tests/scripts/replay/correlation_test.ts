import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { correlationText, correlationWithNext } from "../../../scripts/replay/correlation.ts";

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
  assertEquals([...correlationWithNext([], 2)], [NaN, NaN]);
  assertEquals([...correlationWithNext([1, 2, 3, 4], 2)], [NaN, NaN]);
});

Deno.test("a column that never changes has no correlation, however its numbers round", () => {
  const rows = Array.from({ length: 1001 }, (_, row) => [Math.fround(0.1), row % 7]).flat();
  const [stands, moves] = correlationWithNext(Float32Array.from(rows), 2);
  assert(Number.isNaN(stands));
  assert(!Number.isNaN(moves));
});

Deno.test("rows can be taken in another order", () => {
  const [forwards] = correlationWithNext([1, 2, 4, 3], 1, [3, 2, 1, 0]);
  // The same pairs the other way round.
  assertAlmostEquals(forwards!, correlationWithNext([3, 4, 2, 1], 1)[0]!, 1e-12);
});

Deno.test("a correlation as text has a true minus sign, no negative zero, and a dash where it is undefined", () => {
  assertEquals([0.914, -0.5, -0.004, NaN].map(correlationText), ["0.91", "−0.50", "0.00", "–"]);
});
