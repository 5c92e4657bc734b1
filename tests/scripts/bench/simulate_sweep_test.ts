import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { simulateSweep } from "../../../scripts/bench/simulate_sweep.ts";

const SWEEP = { rungs: [9, 3, 1], runSeconds: 10, growth: 3, workers: 4, serverSeconds: 0, seed: 1 };

Deno.test("if runs take no time, the server handles one after another", () => {
  const { seconds, serverBusy, workersBusy } = simulateSweep({ ...SWEEP, runSeconds: 0, serverSeconds: 0.5 });
  assertEquals([seconds, serverBusy, workersBusy], [13 * 0.5, 1, 0]);
});

Deno.test("with an instant server, one worker is always busy, and many are as slow as the slowest run", () => {
  const alone = simulateSweep({ ...SWEEP, workers: 1 });
  assertAlmostEquals(alone.workersBusy, 1, 1e-12);
  assertEquals(alone.serverBusy, 0);
  const many = simulateSweep({ ...SWEEP, workers: 9 });
  assertAlmostEquals(many.workersBusy * 9 * many.seconds, alone.seconds, 1e-9);
  assert(many.seconds < alone.seconds);
});

Deno.test("lengths of runs are as asked for on average, and those of a seed", () => {
  const long = { ...SWEEP, rungs: [20_000], workers: 1 };
  assertAlmostEquals(simulateSweep(long).seconds / 20_000, 10, 0.1);
  assertEquals(simulateSweep(long), simulateSweep(long));
  assert(simulateSweep(long).seconds !== simulateSweep({ ...long, seed: 2 }).seconds);
});

Deno.test("a server that is asked too much is the limit", () => {
  const { seconds, serverBusy } = simulateSweep({
    ...SWEEP,
    rungs: [10_000],
    workers: 1_000,
    serverSeconds: 0.1,
  });
  assert(serverBusy > 0.97 && seconds > 999, `${seconds} ${serverBusy}`);
});
