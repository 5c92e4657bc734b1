import { assertEquals } from "@std/assert";
import { lookBack, smoothingWindow } from "../../../scripts/values/smoothing.ts";

Deno.test("the window grows with the number of episodes, in round numbers", () => {
  const windows: [number, number][] = [
    [0, 20],
    [500, 20],
    [2_000, 20],
    [2_001, 50],
    [5_000, 50],
    [10_000, 100],
    [11_399, 200],
    [50_000, 500],
    [50_001, 1_000],
    [1_000_000, 10_000],
  ];
  for (const [count, window] of windows) assertEquals(smoothingWindow(count), window, `${count}`);
});

Deno.test("a look back ends at the end of the series, and has no more places than asked for", () => {
  assertEquals(lookBack([1, 2, 3], 2, 9), [
    { index: 0, recent: [1] },
    { index: 1, recent: [1, 2] },
    { index: 2, recent: [2, 3] },
  ]);
  assertEquals(lookBack([1, 2, 3, 4, 5, 6, 7], 3, 3), [
    { index: 0, recent: [1] },
    { index: 3, recent: [2, 3, 4] },
    { index: 6, recent: [5, 6, 7] },
  ]);
  assertEquals(lookBack([1, 2, 3, 4], 1, 3).map(({ index }) => index), [1, 3]);
  assertEquals(lookBack([], 3, 3), []);
});
