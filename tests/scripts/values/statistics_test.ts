import { assert, assertEquals } from "@std/assert";
import { bootstrapInterval } from "../../../scripts/values/bootstrap.ts";
import { interquartileMean, meanOf, quantileOf, stdOf } from "../../../scripts/values/statistics.ts";

Deno.test("mean and standard deviation", () => {
  assertEquals(meanOf([8, 12, 13]), 11);
  assertEquals(stdOf([2, 4, 4, 4, 5, 5, 7, 9]), 2); // deviations −3 −1 −1 −1 0 0 2 4: 32 / 8 = 4
  assertEquals([meanOf([7]), stdOf([7])], [7, 0]);
});

Deno.test("the interquartile mean leaves out a quarter at either end, rounded down", () => {
  assertEquals(interquartileMean([500, 1, 2, 3, 4, 5, 6, -90]), 3.5); // 2 and 2 cut: 2 3 4 5
  assertEquals(interquartileMean([10, 1, 2, 3, 4, 5, 6, 7, 8, 90]), 5.5); // 2 and 2 cut of ten: 3 … 8
  assertEquals(interquartileMean([1, 2, 9]), 4); // nothing to cut of three
  assertEquals(interquartileMean([5]), 5);
});

Deno.test("quantiles are linear between neighbours, and the order of values does not matter", () => {
  assertEquals([0, 0.25, 0.5, 0.9, 1].map((part) => quantileOf([40, 10, 30, 20], part)), [
    10,
    17.5,
    25,
    37,
    40,
  ]);
  assertEquals(quantileOf([3], 0.975), 3);
});

Deno.test("the bootstrap interval is repeatable, and has no width if all scores agree", () => {
  const scores = [[1, 4, 2, 8, 5, 7]];
  assertEquals(bootstrapInterval(scores, meanOf), bootstrapInterval(scores, meanOf));
  assertEquals(bootstrapInterval([[3, 3, 3]], interquartileMean), { low: 3, high: 3 });
});

Deno.test("the bootstrap interval of a mean is where the central limit theorem puts it", () => {
  const scores = Array.from({ length: 100 }, (_, i) => i); // std 28.87, so of the mean 2.887
  const { low, high } = bootstrapInterval([scores], meanOf);
  assert(Math.abs(low - (49.5 - 1.96 * 2.887)) < 0.5, `${low}`);
  assert(Math.abs(high - (49.5 + 1.96 * 2.887)) < 0.5, `${high}`);
});

Deno.test("with two scores, the ends are the chances of drawing one of them twice", () => {
  // Means of two draws from {0, 1}: 0 and 1 with 1/4 each, so both ends of 95 % are reached.
  assertEquals(bootstrapInterval([[0, 1]], meanOf), { low: 0, high: 1 });
});

Deno.test("tasks are drawn apart: two tasks without spread give no spread, however far apart", () => {
  assertEquals(bootstrapInterval([[0, 0, 0], [100, 100, 100]], meanOf), { low: 50, high: 50 });
});
