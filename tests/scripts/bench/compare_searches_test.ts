import { assertEquals } from "@std/assert";
import { searchTable, winsText } from "../../../scripts/bench/compare_searches.ts";

const comparison = {
  name: "Car",
  random: [
    { scores: [1, 5, 3], again: 2 },
    { scores: [2, undefined, 4], again: 8 },
    { scores: [7, 1, 1], again: 4 },
  ],
  learning: [
    { scores: [1, 5, 9], again: 2 },
    { scores: [2, 3, 3], again: 9 },
    { scores: [undefined, 7, 7], again: 3 },
  ],
};

Deno.test("the table has medians over the seeds, and their distances from the best of all", () => {
  // After two trials random has 5, 2, 7 and tpe 5, 3, 7; after three 5, 4, 7 and 9, 3, 7. The best is 9, again 9.
  // After the first trial random has means of 4, 4 (one failed) and 1; tpe 7, 3 and 7.
  const cells = searchTable([comparison], [2, 3], 1).split("\n").map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim())
  );
  assertEquals(cells[0], [
    "environment, search",
    "best of 2",
    "regret",
    "best of 3",
    "regret",
    "mean after 1",
    "trained again",
    "regret",
  ]);
  assertEquals(cells.slice(2), [
    ["Car, random", "5.0", "4.0", "5.0", "4.0", "4.0", "4.0", "5.0"],
    ["Car, tpe", "5.0", "4.0", "7.0", "2.0", "7.0", "3.0", "6.0"],
  ]);
});

Deno.test("searches with the same seed are compared in pairs", () => {
  assertEquals(
    winsText([comparison]),
    "Car: tpe is 1 better, 1 equal, 1 worse than random; trained again, 1 better, 1 equal, 1 worse",
  );
});
