import { assertEquals } from "@std/assert";
import { countChanges, everyNth } from "../../../web/figures/changes.ts";

Deno.test("changes are counted between neighbours", () => {
  assertEquals([[], [1], [1, 1, 2, 2, 1]].map(countChanges), [0, 0, 2]);
});

Deno.test("every n-th value is kept, and the last", () => {
  assertEquals(everyNth([5, 6, 7, 8, 9, 10], 2), { x: [1, 3, 5, 6], y: [5, 7, 9, 10] });
  assertEquals(everyNth([5, 6], 1), { x: [1, 2], y: [5, 6] });
  assertEquals(everyNth([], 3), { x: [], y: [] });
});
