import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Pcg32 } from "../../../agents/mod.ts";
import { type Cell, cellOf } from "../../../scripts/sweep/axis.ts";
import { parzenEstimator, recencyWeights } from "../../../scripts/sweep/parzen_estimator.ts";
import { type Parameter, parseSpace } from "../../../scripts/sweep/search_space.ts";

const cells = (space: readonly Parameter[], ...values: string[]): Cell[] =>
  values.map((value, i) => cellOf(space[i]!, value));

Deno.test("without points, every place is as likely as the prior has it", () => {
  const space = parseSpace(["gamma=lin:0:1", "n-step=3|4|5|6"]);
  const { density } = parzenEstimator(space, []);
  // φ(0) / (Φ(½) − Φ(−½)) = 0.3989423 / 0.3829249, times a quarter.
  assertAlmostEquals(density(cells(space, "0.5", "4")), 0.3989422804 / 0.3829249225 / 4, 1e-9);
  assertAlmostEquals(density(cells(space, "0.2", "4")), density(cells(space, "0.8", "6")), 1e-12);
});

Deno.test("one point: a kernel around it and the prior, half and half", () => {
  const space = parseSpace(["gamma=lin:0:1", "loss=mse|huber"]);
  const { density } = parzenEstimator(space, [cells(space, "0.5", "mse")]);
  // Two kernels, so none is narrower than 1 / 3, and 0.2 · 1 is: the width is 1 / 3.
  // Around the point φ(0) · 3 / (Φ(1.5) − Φ(−1.5)) = 1.1968268 / 0.8663856 = 1.3814022; the prior 1.0418291.
  // The point's choice has 1 + ½ of 2, ¾; the other ¼.
  const [around, prior] = [1.1968268412 / 0.8663855975, 0.3989422804 / 0.3829249225];
  assertAlmostEquals(density(cells(space, "0.5", "mse")), 0.5 * around * 0.75 + 0.5 * prior * 0.5, 1e-9);
  assertAlmostEquals(density(cells(space, "0.5", "huber")), 0.5 * around * 0.25 + 0.5 * prior * 0.5, 1e-9);
});

Deno.test("many points: the width is 0.2 times their number to the power of −1 / (parameters + 4)", () => {
  const space = parseSpace(["gamma=lin:0:1"]);
  const points = Array.from({ length: 24 }, () => cells(space, "0.5"));
  const { density } = parzenEstimator(space, points);
  // 24 to the power of −1/5 is 0.5296120, so the width is 0.1059224; each kernel and the prior weigh 1 / 25.
  const around = 0.3989422804 / 0.1059224;
  assertAlmostEquals(density(cells(space, "0.5")), (24 * around + 0.3989422804 / 0.3829249225) / 25, 1e-4);
});

Deno.test("whole numbers have a probability each, which sum to 1 with the choices", () => {
  const space = parseSpace(["n-step=int:1:6", "loss=mse|huber", "batch-size=log:16:18"]);
  const points = [cells(space, "2", "mse", "17"), cells(space, "6", "huber", "18")];
  const { density } = parzenEstimator(space, points);
  let sum = 0;
  for (const n of ["1", "2", "3", "4", "5", "6"]) {
    for (const loss of ["mse", "huber"]) {
      for (const batch of ["16", "17", "18"]) sum += density(cells(space, n, loss, batch));
    }
  }
  assertAlmostEquals(sum, 1, 1e-12);
});

Deno.test("draws follow the density, and what goes together", () => {
  const space = parseSpace(["n-step=int:1:2", "loss=mse|huber"]);
  const points = [cells(space, "1", "mse"), cells(space, "2", "huber")];
  const { density, sample } = parzenEstimator(space, points);
  const random = Pcg32.seeded(3n);
  const counts = new Map<string, number>();
  const count = 40_000;
  for (let i = 0; i < count; i++) {
    const [n, loss] = sample(random);
    const key = `${n! < 0.5 ? 1 : 2} ${loss! < 0.5 ? "mse" : "huber"}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, got] of counts) {
    assertAlmostEquals(got / count, density(cells(space, ...key.split(" "))), 0.01, key);
  }
  const [together, apart] = ["1 mse", "1 huber"].map((key) => density(cells(space, ...key.split(" "))));
  // With two separate estimators both would be a quarter.
  assertAlmostEquals(together! + apart!, 0.5, 1e-12);
  assertEquals(together! > 0.28 && apart! < 0.22, true);
});

Deno.test("the latest 25 points have full weight, the oldest the least", () => {
  assertEquals(recencyWeights(0), []);
  assertEquals(recencyWeights(25), Array(25).fill(1));
  assertEquals(recencyWeights(26), [1 / 26, ...Array(25).fill(1)]);
  assertEquals(recencyWeights(28).slice(0, 4), [1 / 28, 1 / 28 + 27 / 56, 1, 1]);
});
