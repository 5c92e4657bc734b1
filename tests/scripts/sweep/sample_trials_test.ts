import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { gridTrials, randomTrials } from "../../../scripts/sweep/sample_trials.ts";
import { parseSpace } from "../../../scripts/sweep/search_space.ts";

const SPACE = parseSpace([
  "learning-rate=log:1e-5:1e-2",
  "gamma=lin:0.9:0.999",
  "batch-size=log:16:128",
  "buffer-size=int:1000:1003",
  "loss=mse|huber",
]);

Deno.test("every value lies within its range, and all of the range is used", () => {
  const trials = randomTrials(SPACE, 2_000, 0);
  const columns = SPACE.map((_, i) => trials.map((trial) => trial[i]!));
  const [rates, gammas, batches, buffers, losses] = columns;
  const within = (values: string[], low: number, high: number) =>
    assert(values.map(Number).every((value) => value >= low && value <= high));
  within(rates!, 1e-5, 1e-2);
  within(gammas!, 0.9, 0.999);
  within(batches!, 16, 128);
  // On a logarithmic scale, each decade is as likely.
  for (const decade of [1e-5, 1e-4, 1e-3]) {
    const share = rates!.filter((value) => +value >= decade && +value < 10 * decade).length / 2_000;
    assert(Math.abs(share - 1 / 3) < 0.05, `${share}`);
  }
  assertEquals([...new Set(buffers)].sort(), ["1000", "1001", "1002", "1003"]);
  assertEquals([...new Set(losses)].sort(), ["huber", "mse"]);
  assert(batches!.every((value) => Number.isInteger(+value)));
  assert(rates!.every((value) => Number((+value).toPrecision(4)) === +value));
});

Deno.test("a seed determines its trials; more trials, or another parameter, leave the others unchanged", () => {
  const trials = randomTrials(SPACE, 5, 7);
  assertEquals(randomTrials(SPACE, 9, 7).slice(0, 5), trials);
  assertEquals(randomTrials(SPACE.slice(1), 5, 7), trials.map((trial) => trial.slice(1)));
  assert(JSON.stringify(randomTrials(SPACE, 5, 8)) !== JSON.stringify(trials));
  assertEquals(trials[0], ["0.00218", "0.99077", "16", "1000", "mse"]);
});

Deno.test("a grid is every combination, the last parameter changing fastest", () => {
  const space = parseSpace(["learning-rate=log:1e-4:1e-2:3", "batch-size=int:1:2:2", "loss=mse|huber"]);
  const expected = ["0.0001", "0.001", "0.01"].flatMap((rate) =>
    ["1", "2"].flatMap((size) => ["mse", "huber"].map((loss) => [rate, size, loss]))
  );
  assertEquals(gridTrials(space), expected);
});

Deno.test("a grid needs points, and not too many", () => {
  assertThrows(() => gridTrials(SPACE), UsageError, "learning-rate must say how many points a grid takes");
  const huge = parseSpace(["gamma=lin:0.1:0.9:200", "tau=lin:0.1:0.9:200"]);
  assertThrows(() => gridTrials(huge), UsageError, "the grid must have at most 10000 trials, got 40000");
});

/** The values that a search draws for one setting. */
function draws(search: string, count: number): number[] {
  return randomTrials(parseSpace([search]), count, 0).map(([value]) => Number(value));
}

Deno.test("draws spread over ranges as narrow as may be, in short numbers", () => {
  const ranges: [string, number, number, number][] = [
    ["gamma=lin:0.9995:1", 0.9995, 1, 7],
    ["gamma=lin:0.9991:0.9999", 0.9991, 0.9999, 7],
    ["learning-rate=log:0.9991:0.9999", 0.9991, 0.9999, 7],
    ["v-max=lin:1000000:1000001", 1e6, 1_000_001, 10],
    ["v-max=lin:1e8:3e8", 1e8, 3e8, 4],
  ];
  for (const [search, low, high, digits] of ranges) {
    const values = draws(search, 1_000);
    assert(values.every((value) => value >= low && value <= high), search);
    assert(values.every((value) => Number(value.toPrecision(digits)) === value), search);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const value of values) tenths[Math.min(9, Math.floor(10 * (value - low) / (high - low)))]!++;
    assert(tenths.every((count) => count > 60 && count < 140), `${search}: ${tenths}`);
    assert(new Set(values).size > 600, search);
  }
});

Deno.test("whole numbers are drawn alike, the ends as often as those between", () => {
  for (const search of ["batch-size=lin:1:5", "batch-size=int:1:5"]) {
    const values = draws(search, 4_000);
    for (const number of [1, 2, 3, 4, 5]) {
      const count = values.filter((value) => value === number).length;
      assert(count > 720 && count < 880, `${search}: ${number} ${count} times`);
    }
  }
});

Deno.test("on a logarithmic scale each whole number has its own part, the ends a whole one", () => {
  const values = draws("batch-size=log:1:8", 20_000);
  for (const number of [1, 2, 3, 5, 8]) {
    const share = values.filter((value) => value === number).length / 20_000;
    const expected = Math.log((number + 0.5) / (number - 0.5)) / Math.log(8.5 / 0.5);
    assert(Math.abs(share - expected) < 0.01, `${number}: ${share} in place of ${expected}`);
  }
});

Deno.test("a grid has exactly its points, including its ends, short and distinct", () => {
  const grids: [string, string[]][] = [
    [
      "gamma=lin:0.995:0.9995:10",
      [995, 9955, 996, 9965, 997, 9975, 998, 9985, 999, 9995].map((n) => `0.${n}`),
    ],
    ["gamma=lin:0:1:4", ["0", "0.333", "0.667", "1"]],
    ["learning-rate=log:1e-4:1e-2:5", ["0.0001", "0.000316", "0.001", "0.00316", "0.01"]],
    ["batch-size=log:1:10:8", ["1", "2", "3", "4", "5", "6", "7", "10"]],
    ["batch-size=int:1:4:4", ["1", "2", "3", "4"]],
    ["buffer-size=lin:1000:2000:3", ["1000", "1500", "2000"]],
  ];
  for (const [search, expected] of grids) {
    assertEquals(gridTrials(parseSpace([search])).map(([value]) => value), expected, search);
  }
  for (const points of [2, 3, 7, 100, 9_999]) {
    const values = gridTrials(parseSpace([`gamma=lin:0.9991:0.9999:${points}`])).map(([value]) =>
      Number(value)
    );
    assertEquals([values.length, values[0], values.at(-1)], [points, 0.9991, 0.9999]);
    assert(values.every((value, i) => i === 0 || value > values[i - 1]!));
  }
});

Deno.test("the size of a search is checked before it is built", () => {
  const grid = (search: string) => () => gridTrials(parseSpace([search]));
  assertThrows(
    grid("learning-rate=log:1e-4:1e-2:5000000000"),
    UsageError,
    "the grid must have at most 10000 trials, got 5000000000",
  );
  assertThrows(
    grid("gamma=lin:0.5:0.5000000000000002:9"),
    UsageError,
    "gamma must have at most 3 points, got 9",
  );
});
