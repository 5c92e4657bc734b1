import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { readRunResult, type RunResult } from "../../../scripts/run_folder/run_result.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";
import { createWorkerPool } from "../../../scripts/jobs/worker_pool.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import { rankTrials } from "../../../scripts/sweep/rank_trials.ts";
import { runSweep } from "../../../scripts/sweep/run_sweep.ts";

Deno.test("a worker that crashes, runs out of memory, hangs or diverges costs its trial, never the sweep", async () => {
  const args = ["--sampling", "grid", "--search", "hidden=1|2|3|4", "--search", "learning-rate=0.001|1e30"];
  const budget = ["--steps", "200", "--learning-starts", "128", "--halving", "none", "--seeds", "1"];
  const evaluation = ["--eval-interval", "none", "--stop-at-return", "none", "--eval-episodes", "2"];
  const diverging = ["--layer-norm=false"];
  const line = readCommandLine([...args, ...budget, ...evaluation, ...diverging], [
    ...PLAN_FLAGS,
    ...SETTING_FLAGS,
  ]);
  const plan = await planSweep(line, { config: undefined, space: undefined });
  const queue = createWorkerPool<Settings, RunResult>({
    module: new URL("../jobs/workers/faulty_run.ts", import.meta.url),
    workers: 4,
    timeLimit: 8,
    heapLimit: 64,
    read: readRunResult,
  });
  const { results } = await runSweep(plan, queue);
  await queue.close();
  const failures = results.map(({ rungs }) => rungs[0]!.failure);
  assertEquals(failures.slice(0, 7), [
    "ended with exit code 3",
    "ended with exit code 3",
    "ran out of memory",
    "ran out of memory",
    "took longer than 8 s",
    "took longer than 8 s",
    undefined,
  ]);
  assertEquals(/^Cannot continue training at step \d+/.test(failures[7] ?? ""), true, failures[7]);
  assertEquals(rankTrials(results)[0]!.trial, 6);
});
