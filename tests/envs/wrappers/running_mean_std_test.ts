import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Generator, RunningMeanStd, type RunningMeanStdSnapshot } from "../../../envs/mod.ts";

Deno.test("RunningMeanStd follows the formula, from mean 0, variance 1 and weight 0.0001", () => {
  const statistics = new RunningMeanStd(2);
  assertEquals([[...statistics.mean], [...statistics.variance], statistics.count], [[0, 0], [1, 1], 1e-4]);
  statistics.update([3, -1]);
  const total = 1.0001;
  assertEquals([...statistics.mean], [3 / total, -1 / total]);
  assertEquals([...statistics.variance], [(1e-4 + 9 * 1e-4 / total) / total, (1e-4 + 1e-4 / total) / total]);
  assertEquals(statistics.count, total);
});

Deno.test("RunningMeanStd gives the mean and variance of its vectors", () => {
  const generator = new Generator(3);
  const statistics = new RunningMeanStd(1);
  const values = Array.from({ length: 5_000 }, () => generator.uniform(10, 12));
  for (const value of values) statistics.update([value]);
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
  assertAlmostEquals(statistics.mean[0]!, mean, 1e-6);
  assertAlmostEquals(statistics.variance[0]!, variance, 1e-5);
  assertEquals(statistics.std(), Float64Array.of(Math.sqrt(statistics.variance[0]!)));
  assertEquals(statistics.std(1), Float64Array.of(Math.sqrt(statistics.variance[0]! + 1)));
});

Deno.test("RunningMeanStd continues from a snapshot, and refuses others", () => {
  const statistics = new RunningMeanStd(2);
  statistics.update([-0, 3]);
  const other = new RunningMeanStd(2);
  const saved: RunningMeanStdSnapshot = JSON.parse(JSON.stringify(statistics.snapshot()));
  other.restore(saved);
  statistics.update([1, 1]);
  other.update([1, 1]);
  assertEquals(other.snapshot(), statistics.snapshot());
  const bad: [snapshot: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [null, TypeError, "Cannot restore running statistics: statistics must be an object, got null"],
    [{ ...saved, mean: [1] }, TypeError, "mean must be an array of length 2"],
    [{ ...saved, mean: [1, null] }, TypeError, "mean 1 must be a number, got null"],
    [{ ...saved, variance: [1, -1] }, RangeError, "variance and count must be finite and from 0, got -1"],
    [{ ...saved, variance: [1, "NaN"] }, RangeError, "variance and count must be finite and from 0, got NaN"],
    [{ ...saved, count: -1 }, RangeError, "variance and count must be finite and from 0, got -1"],
    [{ ...saved, count: "NaN" }, RangeError, "variance and count must be finite and from 0, got NaN"],
    [{ ...saved, mean: ["Infinity", 1] }, RangeError, "mean must be finite, got Infinity"],
    [{ ...saved, count: undefined }, TypeError, "count must be a number, got undefined"],
  ];
  for (const [snapshot, kind, text] of bad) {
    assertThrows(() => Reflect.apply(other.restore, other, [snapshot]), kind, text);
    assertEquals(other.snapshot(), statistics.snapshot());
  }
});

Deno.test("RunningMeanStd refuses bad lengths", () => {
  for (const [length, kind] of [[0, RangeError], [1.5, TypeError], [NaN, TypeError]] as const) {
    assertThrows(() => new RunningMeanStd(length), kind, "length must be a whole number from 1, got");
  }
  assertThrows(() => new RunningMeanStd(2).update([1]), RangeError, "values must be of length 2");
});

Deno.test("RunningMeanStd takes in no numbers that would spoil it, and stays as it was", () => {
  const statistics = new RunningMeanStd(2);
  statistics.update([1, 2]);
  const before = statistics.snapshot();
  for (const value of [NaN, Infinity, -Infinity, 1e160, -1e308]) {
    assertThrows(
      () => statistics.update([3, value]),
      RangeError,
      "value 1 must be finite, and so must its variance, got",
    );
  }
  assertEquals(statistics.snapshot(), before);
  for (const epsilon of [-1, NaN, Infinity]) {
    assertThrows(() => statistics.std(epsilon), RangeError, "epsilon must be finite and from 0, got");
  }
});
