import { assert, assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { liveTable } from "../../../scripts/sweep/live_table.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import { rankingText } from "../../../scripts/sweep/ranking_text.ts";
import type { RungResult } from "../../../scripts/sweep/trial_result.ts";

const rung = (number: number, score: number): RungResult => ({
  rung: number,
  outcomes: [],
  score,
  std: 12.34,
  envSteps: 1,
  trainingReturn: undefined,
  failure: undefined,
});
const planOf = (args: readonly string[]) =>
  planSweep(readCommandLine(args, [...PLAN_FLAGS, ...SETTING_FLAGS]), {
    config: undefined,
    space: undefined,
  });

Deno.test("the ranking shows the rung that it ranks by", async () => {
  const plan = await planOf([
    "--search",
    "hidden=8|16,16",
    "--sampling",
    "grid",
    "--seeds",
    "2",
    "--halving",
    "2",
  ]);
  const results = [
    { trial: 0, rungs: [rung(0, 150)] },
    { trial: 1, rungs: [rung(0, 160), rung(1, 140)] },
  ];
  assertEquals(rankingText(plan, results, 80).split("\n"), [
    "rank    trial         score                  status  hidden",
    "   1  trial 2  140.0 ± 12.3                finished   16,16",
    "   2  trial 1  150.0 ± 12.3  stopped at rung 1 of 2       8",
  ]);
});

Deno.test("80 columns hold the ranking and the live table of the default search, each value whole", async () => {
  const plan = await planOf(["--env", "MountainCar-v0", "--trials", "12"]);
  const results = plan.trials.map((_, trial) => ({
    trial,
    rungs: [rung(0, -150 - trial), rung(1, -141 - trial)],
  }));
  assert(rankingText(plan, results, Infinity).split("\n")[0]!.length > 80);
  const lines = rankingText(plan, results, 80).split("\n");
  assert(lines.every((line) => line.length <= 80), lines.join("\n"));
  assertEquals(lines[0], "rank     trial          score                  status");
  assertEquals(lines[1], "   1   trial 1  -141.0 ± 12.3  stopped at rung 2 of 3");
  const text = lines.join("\n").replaceAll(/\n {6}/g, ", ");
  for (const values of plan.trials.slice(0, 10)) {
    const all = values.map((value, i) => `${["learning-rate", "hidden", "gamma", "batch-size"][i]} ${value}`);
    assert(text.includes(all.slice(0, 4).join(", ")), text);
  }
  const state = { rung: 1, trials: 4, ended: 0, done: 0.5, free: 0, seconds: 30, results };
  const table = liveTable(plan, state, 80).slice(1);
  assert(table.every((line) => line.length < 80), table.join("\n"));
  assert(table[0]!.startsWith("best so far   score    rung  learning-rate"), table[0]);
  for (const [i, line] of table.slice(1).entries()) {
    assert(line.includes(` 2 of 3 `) && line.endsWith(" …"), line);
    const shown = line.trim().split(/ {2,}/).slice(3, -1);
    assertEquals(shown, plan.trials[i]!.slice(0, shown.length));
    assert(shown.length >= 3, line);
  }
});
