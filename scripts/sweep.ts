/**
 * The command that searches hyperparameters.
 *
 * ```sh
 * deno task sweep --env MountainCar-v0 --trials 60 --seeds 3
 * deno task sweep --search learning-rate=log:1e-5:1e-2 --search 'hidden=64,64|128,128'
 * deno task sweep --resume runs/CartPole-v1/sweep
 * deno task sweep --env MountainCar-v0 --queue nats://host:4222 --name mc1
 * deno task sweep status --queue nats://host:4222
 * deno run -RW --allow-run jsr:@bellman/dqn/sweep --env MountainCar-v0 --trials 60 --seeds 3
 * ```
 *
 * Trials are drawn at random, from a grid, or by a search that learns from the trials before, in rounds of fixed size. They are
 * compared by successive halving: all of them get a small budget, one in three continues with three times as much, and so on. A
 * rung ends before the next begins, and promotion depends only on the results, so a sweep finds the same with any number of
 * workers, and after it was killed and resumed. With `--queue`, the runs are made by `deno task worker` on any number of machines,
 * and nothing else changes.
 *
 * @module
 */

import { printError } from "./cli/print.ts";
import { type CommandLine, type Flag, isOn } from "./cli/command_line.ts";
import { SETTING_FLAGS } from "./settings/read_settings.ts";
import { flagValue, refuseWords, workersOf } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { integerOption, secondsOption } from "./cli/option.ts";
import { openOutput } from "./cli/output_folder.ts";
import { TRUST_FLAG } from "./run_folder/env_source.ts";
import { envFileArgs } from "./run_folder/load_env.ts";
import { isEnvFile } from "./settings/env_name.ts";
import { withQueue } from "./jobs/run_jobs.ts";
import { checkName, environment, NAME_FLAG, QUEUE_FLAGS, queueAccess } from "./nats/queue_flags.ts";
import { RUN_FILES } from "./run_folder/run_file.ts";
import { runKey } from "./run_folder/run_key.ts";
import { readRunResult, type RunResult } from "./run_folder/run_result.ts";
import type { Settings } from "./settings/settings.ts";
import { storedQueue } from "./jobs/stored_queue.ts";
import { exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { createWorkerPool } from "./jobs/worker_pool.ts";
import { watchSweep } from "./sweep/live_table.ts";
import { PLAN_FLAGS } from "./sweep/plan_sweep.ts";
import { runSweep } from "./sweep/run_sweep.ts";
import { finishSweep } from "./sweep/finish_sweep.ts";
import { type OpenSweep, openSweep } from "./sweep/open_sweep.ts";
import { main as train } from "./train.ts";
import { keepingStates, openRungStates } from "./sweep/rung_states.ts";
import { LEAVE, type RungJob } from "./sweep/rung_job.ts";
import { runSettings } from "./sweep/sweep_plan.ts";
import { quoted } from "./sweep/sweep_report.ts";

const OWN_FLAGS: readonly Flag[] = [
  TRUST_FLAG,
  {
    name: "--config",
    placeholder: "FILE",
    help: "start from the settings in a config.json; flags override it",
  },
  { name: "--workers", placeholder: "N", help: "runs in parallel (default: one per core)" },
  { name: "--time-limit", placeholder: "S", help: "seconds that a run may take (default: 3600)" },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder for the results (default: runs/ENV/sweep, or the next free name)",
  },
  {
    name: "--resume",
    placeholder: "DIR",
    help:
      "resume the sweep in this folder; only --workers, --time-limit, --queue, --save-runs and the output flags may be changed",
  },
  ...QUEUE_FLAGS,
  NAME_FLAG,
  {
    name: "--replicas",
    placeholder: "N",
    help: "servers of a cluster that hold a copy of the sweep (default: 1)",
  },
  {
    name: "--lease",
    placeholder: "S",
    help: "seconds without a heartbeat before a run is given to another worker (default: 30)",
  },
  { name: "--save-runs", help: "save the logs and the policy of every run in runs/, not only of the best" },
  { name: "--skip-pictures", help: "skip the pictures and the report of the best run, which take a while" },
  { name: "--json", help: "print the result as JSON" },
  { name: "--quiet", help: "show no progress" },
];
const FLAGS: readonly Flag[] = [
  ...PLAN_FLAGS,
  ...OWN_FLAGS,
  ...SETTING_FLAGS.map((flag) =>
    flag.name === "--seed" ? { ...flag, help: "first seed of the runs and seed of the trials" } : flag
  ),
];
const SERVER_FLAGS = [...QUEUE_FLAGS, NAME_FLAG].map(({ name }) => name.slice(2));
const BESIDE_RESUME = [
  ...SERVER_FLAGS,
  ...["env", "trust-env"],
  ...["resume", "workers", "time-limit", "replicas", "lease", "save-runs", "skip-pictures", "json", "quiet"],
];
const BESIDE_COMMAND = [...SERVER_FLAGS, "json"];

/**
 * The additions of another command that sweeps.
 *
 * @internal
 */
export interface SweepExtras {
  /** Makes files to save beside those of a sweep, or in their place, once the best run exists. */
  readonly leave?: (sweep: {
    /** The sweep's folder, with the best run in `best/`. */
    readonly folder: string;
    /** The searched settings, as flags without dashes. */
    readonly searched: readonly string[];
    /** The report of the search, as HTML. */
    readonly section: string;
  }) => Promise<readonly (readonly [name: string, content: string | Uint8Array])[]>;
  /** The command that resumes it after Ctrl-C, without the folder. @default {"deno task sweep --resume"} */
  readonly resume?: string;
}

/**
 * Runs the sweep that the command line describes.
 *
 * @param args The arguments.
 * @param extras The additions of another command that sweeps.
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
export async function main(args: readonly string[], extras: SweepExtras = {}): Promise<number> {
  const line = readCommand(args, FLAGS, "sweep", { words: "[status|cancel]" });
  if (line === undefined) return 0;
  const [command, ...words] = line.words;
  if (command === "status" || command === "cancel") return await manage({ ...line, words }, command);
  refuseWords(line);
  const workers = workersOf(line);
  const timeLimit = flagValue(line, "time-limit", secondsOption(""), 3_600);
  const [json, quiet, skipPictures] = [isOn(line, "json"), isOn(line, "quiet"), isOn(line, "skip-pictures")];
  const sweep = await openSweep(line, args, FLAGS, BESIDE_RESUME);
  const { plan, output } = sweep;
  const read = readRunResult;
  const idOf = ({ settings }: RunResult) => runKey(settings);
  const envFiles = envFileArgs();
  const trust = envFiles.length > 0 ? " --trust-env" : "";
  const queueUrl = line.values.get("queue");
  const over = queueUrl === undefined ? "" : ` --queue ${quoted(queueUrl)}`;
  const stopped = `Stopped; to resume: ${
    extras.resume ?? "deno task sweep --resume"
  } ${output.path}${trust}${over}`;
  const module = new URL("sweep/rung_job.ts", import.meta.url);
  const savesRuns = isOn(line, "save-runs") || isOn(sweep.line, "save-runs");
  const server = await openServer(line, sweep, { timeLimit, savesRuns });
  try {
    sweep.begin();
    const folder = openOutput(`${output.path}/runs`).path;
    const states = openRungStates(`${output.path}/states`);
    const pool = () =>
      createWorkerPool<Settings, RunResult>({
        ...{ module, workers, timeLimit, read, mayRead: envFiles.length > 0 },
        args: [...envFiles, ...(savesRuns ? [`${LEAVE}${folder}`] : [])],
        inputOf: ({ input: settings, from, isContinued: leavesState = false }): RungJob => {
          const state = from === undefined ? undefined : states.read(from);
          return { settings, state: state?.toBase64() ?? null, leavesState };
        },
      });
    const queue = storedQueue(
      server?.queue ?? keepingStates(pool(), states),
      { folder, read, idOf, keepFailures: true, fileNames: RUN_FILES },
    );
    const { listener, clear } = watchSweep(plan, json || quiet);
    const onUnneeded = (ids: readonly string[]) => {
      ids.forEach(states.remove);
      server?.forget(ids);
    };
    const ended = await withQueue(queue, () => runSweep(plan, queue, { ...listener, onUnneeded }));
    clear();
    if (ended === undefined) {
      printError(stopped);
      return 130;
    }
    const command = planCommand(sweep.line);
    const code = await finishSweep(ended.plan, ended.results, {
      ...{ output, command, json, quiet, skipPictures, train },
      leave: extras.leave,
    });
    if (code === 130) printError(stopped);
    else await server?.remove();
    return code;
  } finally {
    await server?.leave();
  }
}

/**
 * The command that finds the same result, without flags for output, speed and servers: users and files with
 * credentials are private.
 */
function planCommand(line: CommandLine): string {
  const flags = FLAGS.filter((flag) =>
    flag === TRUST_FLAG || flag.name === "--config" || !OWN_FLAGS.includes(flag)
  );
  const words = flags.flatMap(({ name, placeholder }) => {
    const key = name.slice(2);
    const values = line.repeated?.get(key) ?? [line.values.get(key)].filter((value) => value !== undefined);
    return values.map((value) =>
      placeholder === undefined && value === "true" ? name : `${name} ${quoted(value)}`
    );
  });
  return ["deno task sweep", ...words].join(" ");
}

/** Runs the commands `status` and `cancel`, which need no plan. */
async function manage(line: CommandLine, command: "status" | "cancel"): Promise<number> {
  refuseWords(line);
  const odd = [...line.values.keys()].find((name) => !BESIDE_COMMAND.includes(name));
  if (odd !== undefined) throw new UsageError(`Cannot ${command}: --${odd} must be absent, got it`);
  const access = queueAccess(line, environment);
  if (access === undefined) throw new UsageError(`Cannot ${command}: --queue must be given, got none`);
  const given = line.values.get("name");
  const name = command === "cancel" || given !== undefined ? checkName(given) : undefined;
  const { manageSweeps } = await import("./nats/manage_sweeps.ts");
  return await manageSweeps(access, command, { name, json: isOn(line, "json") });
}

/** The queue on a server that the command line asks for; undefined if it does not. */
async function openServer(
  line: CommandLine,
  sweep: OpenSweep,
  wishes: { timeLimit: number; savesRuns: boolean },
) {
  const access = queueAccess(line, environment);
  const stored = sweep.line.values.get("queue");
  if (access === undefined && stored !== undefined) {
    // A file must not decide which server gets the user's credentials.
    throw new UsageError(
      `Cannot resume ${sweep.output.path}: its runs are made over ${stored}; give --queue, and how to log in, again`,
    );
  }
  if (access === undefined) return undefined;
  const name = checkName(line.values.get("name") ?? sweep.line.values.get("name"));
  if (line.values.has("workers")) {
    throw new UsageError(
      "Cannot sweep: --workers must be absent with --queue (start deno task worker), got it",
    );
  }
  const { env } = runSettings(sweep.plan, 0, 0, 0);
  if (isEnvFile(env)) {
    throw new UsageError(
      `Cannot sweep: --env must be an environment of this package with --queue, since workers load no files, got ${env}`,
    );
  }
  const replicas = flagValue(line, "replicas", integerOption(1, ""), 1);
  const lease = flagValue(line, "lease", secondsOption(""), 30);
  const log = printError;
  // Loaded only now: a sweep on one machine needs no network client.
  const { openQueue } = await import("./nats/open_queue.ts");
  const { plan, isResumed } = sweep;
  return await openQueue(access, { name, plan, resume: isResumed, replicas, lease, log, ...wishes });
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
