import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import { rankTrials, runSweep } from "../../../scripts/sweep/run_sweep.ts";
import { rungSizes, runSettings, type SweepPlan } from "../../../scripts/sweep/sweep_plan.ts";
import { resultsCsv, resultsJson, runsCsv } from "../../../scripts/sweep/sweep_files.ts";
import { fakeQueue, resultOf } from "./_results.ts";

function planOf(...args: string[]): Promise<SweepPlan> {
  const line = readCommandLine(args, [...PLAN_FLAGS, ...SETTING_FLAGS]);
  return planSweep(line, { config: undefined, space: undefined });
}

const SEARCH = ["--search", "gamma=lin:0.5:0.99", "--steps", "9000", "--learning-starts", "128"];

Deno.test("one in three is promoted to three times the budget: those with the higher scores", async () => {
  const plan = await planOf(...SEARCH, "--trials", "9", "--seeds", "2");
  const queue = fakeQueue((settings) => ({ output: resultOf(settings, settings.gamma + settings.seed) }));
  const results = await runSweep(plan, queue);
  const asked = (steps: number) => queue.asked.filter((settings) => settings.steps === steps);
  assertEquals([1_000, 3_000, 9_000].map((steps) => asked(steps).length), [18, 6, 2]);
  assertEquals(asked(9_000).map(({ seed }) => seed), [0, 1]);
  const gammas = plan.trials.map(([gamma]) => Number(gamma)).sort((a, b) => b - a);
  assertEquals(
    [...new Set(asked(3_000).map(({ gamma }) => gamma))].sort((a, b) => b - a),
    gammas.slice(0, 3),
  );
  assertEquals(asked(9_000)[0]!.gamma, gammas[0]);
  const ranked = rankTrials(results).map(({ trial }) => Number(plan.trials[trial]![0]));
  assertEquals(ranked, gammas);
  assertEquals(results[0]!.rungs[0]!.std, 0.5);
});

Deno.test("the order in which runs end changes nothing", async () => {
  const plan = await planOf(...SEARCH, "--trials", "12", "--seeds", "2");
  const files = [];
  for (const direction of [1, -1]) {
    const delay = ({ gamma, seed }: { gamma: number; seed: number }) =>
      20 + direction * (seed * 10 + 10 * (gamma - 0.5));
    const queue = fakeQueue((settings) => ({ output: resultOf(settings, settings.gamma) }), delay);
    const results = await runSweep(plan, queue);
    files.push([resultsCsv(plan, results), resultsJson(plan, results), runsCsv(plan, results)]);
  }
  assertEquals(files[0], files[1]);
});

Deno.test("a trial that fails goes nowhere, and takes no other's place", async () => {
  const plan = await planOf(...SEARCH, "--trials", "6", "--seeds", "2");
  const worst = plan.trials.map(([gamma]) => Number(gamma)).sort((a, b) => a - b).slice(0, 5);
  const queue = fakeQueue((settings) =>
    worst.includes(settings.gamma) && settings.seed === 1
      ? { failure: "ran out of memory" }
      : { output: resultOf(settings, 1) }
  );
  const results = await runSweep(plan, queue);
  assertEquals(plan.rungs, 2);
  assertEquals(queue.asked.filter(({ steps }) => steps === 9_000).length, 2);
  const ranked = rankTrials(results);
  assertEquals(ranked.map(({ rungs }) => rungs.at(-1)!.failure), [
    undefined,
    ...worst.map(() => "ran out of memory"),
  ]);
  assertEquals(resultsCsv(plan, results).match(/,failed,1,.*,ran out of memory\r?$/gm)?.length, 5);
});

Deno.test("a sweep in which all fail ends after its first rung", async () => {
  const plan = await planOf(...SEARCH, "--trials", "9", "--seeds", "1");
  const queue = fakeQueue(() => ({ failure: "ended with exit code 3" }));
  const results = await runSweep(plan, queue);
  assertEquals([queue.asked.length, rankTrials(results).length], [9, 9]);
});

Deno.test("equal scores: fewer steps, then the higher return in training, then the lower number", async () => {
  const plan = await planOf(...SEARCH, "--trials", "4", "--seeds", "1", "--halving", "none");
  const order = plan.trials.map(([gamma]) => Number(gamma));
  const changes = [
    { env_steps: 900, episode_returns: [1] },
    { env_steps: 900, episode_returns: [5] },
    { env_steps: 500, episode_returns: [1] },
    { env_steps: 900, episode_returns: [1] },
  ];
  const queue = fakeQueue((settings) => ({
    output: resultOf(settings, 7, changes[order.indexOf(settings.gamma)]!),
  }));
  const ranked = rankTrials(await runSweep(plan, queue));
  assertEquals(ranked.map(({ trial }) => trial), [2, 1, 0, 3]);
});

Deno.test("rungs: as many as leave something to choose, each a part of the whole budget", async () => {
  const plan = (...args: string[]) => planOf(...SEARCH, ...args);
  assertEquals(rungSizes(await plan("--trials", "60")), [60, 20, 6]);
  assertEquals(rungSizes(await plan("--trials", "60", "--rungs", "2")), [60, 20]);
  assertEquals(rungSizes(await plan("--trials", "16", "--halving", "4", "--rungs", "9")), [16, 4, 1]);
  assertEquals(rungSizes(await plan("--trials", "2")), [2]);
  assertEquals(rungSizes(await plan("--trials", "60", "--halving", "none")), [60]);
  const three = await plan("--trials", "9");
  assertEquals([0, 1, 2].map((rung) => runSettings(three, 0, rung, 2).steps), [1_000, 3_000, 9_000]);
  assertEquals(runSettings(three, 0, 0, 2).seed, 2);
});

Deno.test("a budget in episodes is cut, too", async () => {
  const plan = await planOf(
    "--preset",
    "lecture",
    "--search",
    "gamma=0.9|0.98|0.99",
    "--trials",
    "9",
    "--seed",
    "5",
  );
  const runs = [0, 1, 2].map((rung) => runSettings(plan, 0, rung, 1));
  assertEquals(runs.map(({ episodes, steps, seed }) => [episodes, steps, seed]), [
    [33, null, 6],
    [100, null, 6],
    [300, null, 6],
  ]);
});
