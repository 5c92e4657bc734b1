import { assert, assertEquals } from "@std/assert";
import { histogramOf, meansOf, studyMaximum } from "../../../scripts/overestimation/maximum_study.ts";
import { Generator } from "../../../envs/mod.ts";

Deno.test("the largest of four noisy zeros is about 1.03 on average, the double estimate about 0", () => {
  const { single, double } = meansOf(studyMaximum({ samples: 200_000, actions: 4, seed: 0 }));
  // E max = 3 / √π · (1/2 + asin(1/3) / π) = 1.0294; standard errors 0.7 / √200000 = 0.0016 and 0.0022.
  assert(Math.abs(single - 3 / Math.sqrt(Math.PI) * (0.5 + Math.asin(1 / 3) / Math.PI)) < 0.006, `${single}`);
  assert(Math.abs(double) < 0.008, `${double}`);
});

Deno.test("both estimates come from the same draws, in order: four values, then four of the other Q", () => {
  const random = new Generator(7);
  const draws = Array.from({ length: 8 }, () => random.standardNormal());
  const largest = Math.max(...draws.slice(0, 4));
  assertEquals(studyMaximum({ samples: 1, actions: 4, seed: 7 }), {
    single: [largest],
    double: [draws[4 + draws.indexOf(largest)]!],
  });
});

Deno.test("noise scales the estimates, and nothing else", () => {
  const [one, two] = [1, 2].map((noise) => studyMaximum({ samples: 5, actions: 3, noise, seed: 1 }));
  assertEquals(two!.single, one!.single.map((value) => 2 * value));
  assertEquals(two!.double, one!.double.map((value) => 2 * value));
});

Deno.test("bins are of equal width, and the largest value is in the last one", () => {
  assertEquals(histogramOf([0, 0.5, 1, 1.5, 2, 4], 4), [
    { from: 0, to: 1, count: 2 },
    { from: 1, to: 2, count: 2 },
    { from: 2, to: 3, count: 1 },
    { from: 3, to: 4, count: 1 },
  ]);
  assertEquals(histogramOf([1, 2], 2, [0, 4]).map(({ from, count }) => [from, count]), [[0, 1], [2, 1]]);
  assertEquals(histogramOf([3, 3]).map(({ count }) => count), [2, ...new Array<number>(15).fill(0)]);
});
