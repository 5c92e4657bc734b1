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
  assert(rates!.every((value) => Number((+value).toPrecision(3)) === +value));
});

Deno.test("a seed gives its trials; more trials, or another parameter, leave the others as they are", () => {
  const trials = randomTrials(SPACE, 5, 7);
  assertEquals(randomTrials(SPACE, 9, 7).slice(0, 5), trials);
  assertEquals(randomTrials(SPACE.slice(1), 5, 7), trials.map((trial) => trial.slice(1)));
  assert(JSON.stringify(randomTrials(SPACE, 5, 8)) !== JSON.stringify(trials));
  assertEquals(trials[0], ["0.00218", "0.991", "17", "1000", "mse"]);
});

Deno.test("a grid is every combination, the last parameter changing fastest", () => {
  const space = parseSpace(["learning-rate=log:1e-4:1e-2:3", "batch-size=int:1:2:5", "loss=mse|huber"]);
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
