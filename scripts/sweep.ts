/**
 * The command that searches hyperparameters.
 *
 * ```sh
 * deno task sweep --env MountainCar-v0 --trials 60 --seeds 3
 * deno task sweep --search learning-rate=log:1e-5:1e-2 --search 'hidden=64,64|128,128'
 * deno task sweep --resume runs/CartPole-v1/sweep
 * deno run -RW --allow-run jsr:@bellman/dqn/sweep --env MountainCar-v0 --trials 60 --seeds 3
 * ```
 *
 * Trials are compared by successive halving: all of them get a small budget, one in three goes on with three times as
 * much, and so on. A rung ends before the next begins, and who goes on depends on nothing but the results, so a sweep finds
 * the same whatever the number of workers, and after it was killed and resumed.
 *
 * @module
 */

import { type CommandLine, type Flag, isOn, readCommandLine, SETTING_FLAGS } from "./_command_line.ts";
import { flagValue, refuseWords, workersOf } from "./_flag_value.ts";
import { helpText } from "./_help.ts";
import { jsonObject } from "./_json_object.ts";
import { integerOption } from "./_option.ts";
import { openOutput, type Output, takeFreeFolder } from "./_output_folder.ts";
import { VERSION } from "./_package.ts";
import { envFolder, isEnvFile } from "./_load_env.ts";
import { readJsonFile } from "./_read_file.ts";
import { withQueue } from "./_run_jobs.ts";
import { readRunResult, type RunResult } from "./_run_result.ts";
import type { Settings } from "./_settings.ts";
import { storedQueue } from "./_stored_queue.ts";
import { exitCodeOf, UsageError } from "./_usage_error.ts";
import { createWorkerPool } from "./_worker_pool.ts";
import { watchSweep } from "./sweep/live_table.ts";
import { PLAN_FLAGS, planSweep } from "./sweep/plan_sweep.ts";
import { runSweep } from "./sweep/run_sweep.ts";
import { finishSweep } from "./sweep/finish_sweep.ts";
import { runSettings, type SweepPlan } from "./sweep/sweep_plan.ts";
import { quoted } from "./sweep/sweep_report.ts";

const OWN_FLAGS: readonly Flag[] = [
  { name: "--config", placeholder: "FILE", help: "take the settings of a config.json; flags beside it win" },
  { name: "--workers", placeholder: "N", help: "runs at a time (default: one per core)" },
  { name: "--time-limit", placeholder: "S", help: "seconds that a run may take (default: 3600)" },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder of the results (default: the next free one of runs/ENV/sweep)",
  },
  {
    name: "--resume",
    placeholder: "DIR",
    help: "go on with a sweep that was stopped; beside it only --workers, --time-limit and what is printed",
  },
  { name: "--skip-pictures", help: "leave the best run without pictures and report, which take a while" },
  { name: "--json", help: "print the result as JSON" },
  { name: "--quiet", help: "show no progress" },
  { name: "--help", help: "print this (-h)" },
];
const FLAGS: readonly Flag[] = [
  ...PLAN_FLAGS,
  ...OWN_FLAGS,
  ...SETTING_FLAGS.map((flag) =>
    flag.name === "--seed" ? { ...flag, help: "first seed of the runs, and seed of the trials" } : flag
  ),
];
const BESIDE_RESUME = ["resume", "workers", "time-limit", "skip-pictures", "json", "quiet"];

/**
 * Sweeps as the command line says.
 *
 * @param args The arguments.
 * @returns The exit code: 0, 1 if every trial failed, or 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong, or a file cannot be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/sweep";
 *
 * await main(["--trials", "9", "--steps", "9000", "--search", "learning-rate=log:1e-4:1e-2", "--out", "my-sweep"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommandLine(args, FLAGS);
  if (isOn(line, "help")) {
    console.log(helpText("sweep", "[flags]", FLAGS));
    return 0;
  }
  refuseWords(line);
  const workers = workersOf(line);
  const timeLimit = flagValue(line, "time-limit", integerOption(1, ""), 3_600);
  const [json, quiet, skipPictures] = [isOn(line, "json"), isOn(line, "quiet"), isOn(line, "skip-pictures")];
  const { plan, planArgs, output } = await openSweep(line, args);
  const folder = openOutput(`${output.path}/runs`).path;

  const read = readRunResult;
  const mayRead = isEnvFile(runSettings(plan, 0, 0, 0).env);
  const module = new URL("_run_job.ts", import.meta.url);
  const queue = storedQueue(
    createWorkerPool<Settings, RunResult>({ module, workers, timeLimit, read, mayRead }),
    { folder, read, keepFailures: true },
  );
  const { listener, clear } = watchSweep(plan, json || quiet);
  const results = await withQueue(queue, () => runSweep(plan, queue, listener));
  clear();
  const command = ["deno task sweep", ...planArgs.map(quoted)].join(" ");
  const code = results === undefined
    ? 130
    : await finishSweep(plan, results, { output, command, json, quiet, skipPictures });
  if (code === 130) console.error(`Stopped: go on with deno task sweep --resume ${output.path}`);
  return code;
}

/** A sweep with a folder of its own. */
interface OpenSweep {
  readonly plan: SweepPlan;
  /** The arguments that the plan follows from. */
  readonly planArgs: readonly string[];
  readonly output: Output;
}

/** Begins a sweep, or finds the one to go on with. */
async function openSweep(line: CommandLine, args: readonly string[]): Promise<OpenSweep> {
  const resumed = line.values.get("resume");
  if (resumed !== undefined) {
    const other = [...line.values.keys()].find((name) => !BESIDE_RESUME.includes(name));
    if (other === undefined) return await reopenSweep(resumed);
    throw new UsageError(`Cannot resume: --${other} must be that of the sweep, got it beside --resume`);
  }
  const file = (name: string) => {
    const path = line.values.get(name);
    return path === undefined ? undefined : readJsonFile(path);
  };
  const files = { config: file("config"), space: file("space") };
  const plan = await planSweep(line, files);
  const { env } = runSettings(plan, 0, 0, 0);
  const output = takeFreeFolder(line.values.get("out"), `runs/${envFolder(env)}/sweep`);
  const { config = null, space = null } = files;
  output.save("sweep.json", JSON.stringify({ version: VERSION, args, config, space }, null, 2) + "\n");
  return { plan, planArgs: args, output };
}

async function reopenSweep(path: string): Promise<OpenSweep> {
  const file = `${path}/sweep.json`;
  const json = readJsonFile(file);
  try {
    const sweep = jsonObject(json, file);
    const version = sweep.text("version");
    if (version !== VERSION) {
      throw new RangeError(
        `its version must be ${VERSION}, whose bits may differ from others, got ${version}`,
      );
    }
    const args = sweep.list("args", (arg) => {
      if (typeof arg === "string") return arg;
      throw new TypeError(`its args must be text, got ${JSON.stringify(arg)}`);
    });
    const files = { config: sweep.value("config") ?? undefined, space: sweep.value("space") ?? undefined };
    const plan = await planSweep(readCommandLine(args, FLAGS), files);
    return { plan, planArgs: args, output: openOutput(path) };
  } catch (error) {
    throw new UsageError(`Cannot resume ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
