import { assertEquals } from "@std/assert";
import type { Job } from "../../../scripts/jobs/job_queue.ts";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import { rankTrials } from "../../../scripts/sweep/rank_trials.ts";
import { runSweep } from "../../../scripts/sweep/run_sweep.ts";
import { roundSizes, rungSizes, runSettings, type SweepPlan } from "../../../scripts/sweep/sweep_plan.ts";
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
  const { results } = await runSweep(plan, queue);
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
    const { results } = await runSweep(plan, queue);
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
  const { results } = await runSweep(plan, queue);
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
  const { results } = await runSweep(plan, queue);
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
  const ranked = rankTrials((await runSweep(plan, queue)).results);
  assertEquals(ranked.map(({ trial }) => trial), [2, 1, 0, 3]);
});

Deno.test("rungs: as many as leave something to choose, each a part of the whole budget", async () => {
  const plan = (...args: string[]) => planOf(...SEARCH, ...args);
  const sizes = async (...args: string[]) => {
    const made = await plan(...args);
    return roundSizes(made).map((size) => rungSizes(made, size)).flat();
  };
  assertEquals(await sizes("--trials", "60"), [60, 20, 6]);
  assertEquals(await sizes("--trials", "60", "--rungs", "2"), [60, 20]);
  assertEquals(await sizes("--trials", "16", "--halving", "4", "--rungs", "9"), [16, 4, 1]);
  assertEquals(await sizes("--trials", "2"), [2]);
  assertEquals(await sizes("--trials", "60", "--halving", "none"), [60]);
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

const TPE = [...SEARCH, "--sampling", "tpe", "--seeds", "1", "--halving", "none"];

Deno.test("a search that learns: random rounds first, then rounds where it was good, in any order of runs", async () => {
  const plan = await planOf(...TPE, "--trials", "23", "--round-size", "6");
  const random = await planOf(...SEARCH, "--trials", "23", "--seeds", "1", "--halving", "none");
  assertEquals([plan.trials.length, roundSizes(plan), plan.rungs], [6, [6, 6, 6, 5], 1]);
  const ended = [];
  for (const direction of [1, -1]) {
    const delay = ({ gamma }: { gamma: number }) => 5 + direction * 8 * (gamma - 0.75);
    const score = (gamma: number) => -Math.abs(gamma - 0.8);
    const queue = fakeQueue((settings) => ({ output: resultOf(settings, score(settings.gamma)) }), delay);
    ended.push(await runSweep(plan, queue));
  }
  const [first, second] = ended;
  assertEquals(first!.plan, second!.plan);
  assertEquals(resultsJson(first!.plan, first!.results), resultsJson(second!.plan, second!.results));
  const gammas = first!.plan.trials.map(([gamma]) => Number(gamma));
  assertEquals(gammas.slice(0, 12), random.trials.slice(0, 12).map(([gamma]) => Number(gamma)));
  const miss = (list: readonly number[]) => list.reduce((sum, x) => sum + Math.abs(x - 0.8), 0) / list.length;
  assertEquals(miss(gammas.slice(12)) < miss(gammas.slice(0, 12)), true, gammas.join(" "));
  const best = (list: readonly number[]) => Math.min(...list.map((x) => Math.abs(x - 0.8)));
  assertEquals(best(gammas.slice(12)) < best(gammas.slice(0, 12)), true, gammas.join(" "));
});

Deno.test("each round of a search that learns is halved by itself", async () => {
  const plan = await planOf(...TPE.slice(0, -2), "--trials", "20", "--round-size", "9");
  assertEquals([plan.rungs, roundSizes(plan)], [3, [9, 9, 2]]);
  const queue = fakeQueue((settings) => ({ output: resultOf(settings, settings.gamma) }));
  const { results } = await runSweep(plan, queue);
  const steps = queue.asked.map((settings) => settings.steps);
  assertEquals([1_000, 3_000, 9_000].map((budget) => steps.filter((own) => own === budget).length), [
    20,
    7,
    3,
  ]);
  assertEquals(results.length, 20);
});

Deno.test("a search that learns tries no combination that cannot run", async () => {
  const args = ["--search", "batch-size=int:1:128", "--search", "buffer-size=int:128:256", "--steps", "9000"];
  const plan = await planOf(...args, "--learning-starts", "256", "--sampling", "tpe", "--trials", "30");
  // The smaller the buffer and the larger the batch, the better: it would go where the buffer is too small.
  const queue = fakeQueue((settings) => ({
    output: resultOf(settings, settings.batchSize - settings.bufferSize),
  }));
  const { plan: { trials } } = await runSweep({ ...plan, halving: null, rungs: 1, seeds: 1 }, queue);
  assertEquals(trials.filter(([batch, buffer]) => Number(batch) > Number(buffer)), []);
});

Deno.test("each rung may continue from the one before; what no run needs any more is reported", async () => {
  const plan = await planOf(...SEARCH, "--trials", "9", "--seeds", "2");
  const asked: Job<Settings>[] = [];
  const unneeded: string[] = [];
  const inner = fakeQueue((settings) => ({ output: resultOf(settings, settings.gamma) }));
  const queue = { ...inner, submit: (job: Job<Settings>) => (asked.push(job), inner.submit(job)) };
  await runSweep(plan, queue, { onUnneeded: (ids) => unneeded.push(...ids) });
  const byId = new Map(asked.map((job) => [job.id, job]));
  for (const { input, from, isContinued } of asked) {
    assertEquals(isContinued, input.steps !== 9_000);
    if (input.steps === 1_000) assertEquals(from, undefined);
    else assertEquals(byId.get(from!)!.input, { ...input, steps: input.steps! / 3 });
  }
  assertEquals(unneeded.length, 18 + 6 + 2);
  assertEquals(new Set(unneeded), new Set(asked.map(({ id }) => id)));
  // At first only those of the trials that were not promoted.
  assertEquals(unneeded.slice(0, 12).every((id) => byId.get(id)!.input.steps === 1_000), true);
});

Deno.test("a median prunes in any order of runs, against earlier rounds too", async () => {
  const plan = await planOf(
    ...TPE.slice(0, -2),
    "--pruning",
    "median",
    "--trials",
    "15",
    "--round-size",
    "5",
  );
  const ended = [];
  for (const direction of [1, -1]) {
    const delay = ({ gamma }: { gamma: number }) => 5 + direction * 8 * (gamma - 0.75);
    const queue = fakeQueue((settings) => ({ output: resultOf(settings, settings.gamma) }), delay);
    const { plan: { trials }, results } = await runSweep(plan, queue);
    ended.push([trials, results.map(({ rungs }) => rungs.map(({ score }) => score))]);
    const scores = results.map(({ trial }) => Number(trials[trial]![0]));
    const middle = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
    // An odd number of trials at the end of the first, and of the last round.
    assertEquals(
      results.slice(0, 5).map(({ rungs }) => rungs.length > 1),
      scores.slice(0, 5).map((score) => score >= middle(scores.slice(0, 5))),
    );
    assertEquals(
      results.slice(10).map(({ rungs }) => rungs.length > 1),
      scores.slice(10).map((score) => score >= middle(scores)),
    );
    assertEquals(queue.asked.some(({ steps }) => steps === 9_000), true);
  }
  assertEquals(ended[0], ended[1]);
});
