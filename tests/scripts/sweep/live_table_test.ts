import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { liveTable } from "../../../scripts/sweep/live_table.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import type { RungResult } from "../../../scripts/sweep/trial_result.ts";

const rung = (number: number, score: number | undefined): RungResult => ({
  rung: number,
  outcomes: [],
  score,
  std: 0,
  envSteps: 1,
  trainingReturn: undefined,
  failure: score === undefined ? "crashed" : undefined,
});

Deno.test("the table shows how far the sweep is, and the best so far", async () => {
  const args = ["--search", "hidden=8|16,16|32", "--sampling", "grid", "--seeds", "1", "--steps", "3000"];
  const flags = [...PLAN_FLAGS, ...SETTING_FLAGS];
  const plan = await planSweep(readCommandLine(args, flags), { config: undefined, space: undefined });
  const results = [
    { trial: 0, rungs: [rung(0, 20), rung(1, 99.5)] },
    { trial: 1, rungs: [rung(0, 30.25)] },
    { trial: 2, rungs: [rung(0, undefined)] },
  ];
  const state = { rung: 1, trials: 1, ended: 0, done: 0.5, free: 0, seconds: 30, results };
  assertEquals(liveTable(plan, state, 80), [
    " 75 % · rung 2 of 2 · 0 of 1 trials · 1 failed · ETA 0:10",
    "best so far  score    rung  hidden",
    "trial 1       99.5  2 of 2       8",
    "trial 2       30.3  1 of 2   16,16",
  ]);
  assertEquals(liveTable(plan, { ...state, free: 0.5 }, 80)[0]!.slice(-8), "ETA 0:30");
  assertEquals(liveTable(plan, state, 20), [
    " 75 % · rung 2 of 2",
    "best so far  …",
    "trial 1      …",
    "trial 2      …",
  ]);
  assertEquals(liveTable(plan, { ...state, rung: 0, done: 0, results: [] }, 80), [
    "  0 % · rung 1 of 2 · 0 of 1 trials",
  ]);
});

Deno.test("the table of a search that learns shows the round", async () => {
  const args = ["--search", "gamma=lin:0.5:0.9", "--sampling", "tpe", "--round-size", "5", "--trials", "12"];
  const flags = [...PLAN_FLAGS, ...SETTING_FLAGS];
  const budget = ["--seeds", "1", "--steps", "9000"];
  const line = readCommandLine([...args, ...budget], flags);
  const plan = await planSweep(line, { config: undefined, space: undefined });
  const state = { rung: 0, trials: 2, ended: 0, done: 0.5, free: 0, seconds: 30, results: [] };
  const late = { ...plan, trials: Array.from({ length: 12 }, () => ["0.9"]) };
  // Rounds of 5, 5 and 2 trials: 10 / 12, and of the rest 2 of 2 + 1 · 3 fifths, half done.
  assertEquals(liveTable(late, state, 80), [" 87 % · round 3 of 3 · rung 1 of 2 · 0 of 2 trials · ETA 0:05"]);
});
