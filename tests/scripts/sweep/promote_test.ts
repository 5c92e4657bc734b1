import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import { promote } from "../../../scripts/sweep/promote.ts";
import { runSettings } from "../../../scripts/sweep/sweep_plan.ts";
import type { RungResult, TrialResult } from "../../../scripts/sweep/trial_result.ts";

const planOf = (...args: string[]) =>
  planSweep(
    readCommandLine(["--search", "gamma=lin:0.5:0.99", "--steps", "9000", ...args], [
      ...PLAN_FLAGS,
      ...SETTING_FLAGS,
    ]),
    { config: undefined, space: undefined },
  );

/** A trial with the scores of its rungs; undefined for one that failed. */
const trialOf = (trial: number, ...scores: (number | undefined)[]): TrialResult => ({
  trial,
  rungs: scores.map((score, rung): RungResult => ({
    ...{ rung, outcomes: [], score, std: 0, envSteps: 1, trainingReturn: undefined },
    failure: score === undefined ? "crashed" : undefined,
  })),
});
const numbers = (results: readonly TrialResult[]) => results.map(({ trial }) => trial);

Deno.test("halving: the best of the round, whatever came before", async () => {
  const plan = await planOf("--trials", "9");
  const round = [5, 1, 9, 2, 3, undefined, 8, 4, 0].map((score, trial) => trialOf(trial, score));
  assertEquals(numbers(promote(plan, round, round, 0)), [0, 2, 6]);
  const late = round.map(({ trial, rungs }) => ({ trial: trial + 9, rungs }));
  assertEquals(numbers(promote(plan, late, [...round, ...late], 0)), [9, 11, 15]);
});

Deno.test("the median is that of all scores at the rung, earlier rounds included; equal to it is enough", async () => {
  const plan = await planOf("--trials", "5", "--pruning", "median");
  const round = [4, 1, undefined, 3, 2].map((score, trial) => trialOf(trial, score));
  // 1, 2, 3, 4: the median is 2.5.
  assertEquals(numbers(promote(plan, round, round, 0)), [0, 3]);
  const before = [3, 3, 3].map((score, i) => trialOf(10 + i, score));
  // 1, 2, 3, 3, 3, 3, 4: it is 3.
  assertEquals(numbers(promote(plan, round, [...before, ...round], 0)), [0, 3]);
  const better = [9, 9, 9, 9, 9].map((score, i) => trialOf(10 + i, score));
  assertEquals(numbers(promote(plan, round, [...better, ...round], 0)), []);
  const same = [-200, -200, -200].map((score, trial) => trialOf(trial, score));
  assertEquals(numbers(promote(plan, same, same, 0)), [0, 1, 2]);
});

Deno.test("a trial is as good as its best score so far", async () => {
  const plan = await planOf("--trials", "5", "--pruning", "median");
  const round = [trialOf(0, 9, 1), trialOf(1, 5, 6), trialOf(2, 5, 3), trialOf(3, 2)];
  // At the second rung 1, 3, 6: the median is 3. The first trial had 9 before.
  assertEquals(numbers(promote(plan, round, round, 1)), [0, 1, 2]);
  const dropped = [trialOf(0, 9, 1), trialOf(1, 5, 6), trialOf(2, 5, 4), trialOf(3, 2, 3)];
  // 1, 3, 4, 6: it is 3.5, and the last trial had 2 and 3.
  assertEquals(numbers(promote(plan, dropped, dropped, 1)), [0, 1, 2]);
});

Deno.test("with a median, rungs are equal parts of the budget", async () => {
  const plan = await planOf("--trials", "5", "--pruning", "median", "--rungs", "4");
  assertEquals([0, 1, 2, 3].map((rung) => runSettings(plan, 0, rung, 0).steps), [2_250, 4_500, 6_750, 9_000]);
  assertEquals([plan.halving, (await planOf("--trials", "1", "--pruning", "median")).rungs], [null, 1]);
});
