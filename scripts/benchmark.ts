/**
 * The command that compares agents over seeds.
 *
 * ```sh
 * deno task benchmark --suite lecture --seeds 5
 * deno task benchmark --agents dqn,double-dqn --envs Acrobot-v1 --out acrobot
 * deno run -RW --allow-run jsr:@bellman/dqn/benchmark --suite lecture --seeds 5
 * ```
 *
 * @module
 */

import { basename, relative } from "node:path";
import { print, printError } from "./cli/print.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import {
  reportMarkdown,
  resultsCsv,
  resultsJson,
  timesCsv,
  withSection,
} from "./benchmark/benchmark_report.ts";
import { planSuite, suiteEnvs, SUITES, type SuiteWish } from "./benchmark/benchmark_suites.ts";
import { compare, type RunGroup } from "./benchmark/comparison.ts";
import { countOf, flagValue, MOST_SEEDS, workersOf } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import type { JobOutcome } from "./jobs/job_queue.ts";
import { namedEnv } from "./run_folder/env_source.ts";
import { envFileArgs, loadEnv } from "./run_folder/load_env.ts";
import { envFolder, envName } from "./settings/env_name.ts";
import { tryToDraw } from "./plots/try_to_draw.ts";
import { plotLearning } from "./benchmark/learning_curves.ts";
import { choiceOption, integerOption, type Option, secondsOption } from "./cli/option.ts";
import { openOutput } from "./cli/output_folder.ts";
import { runJobs, withQueue } from "./jobs/run_jobs.ts";
import { runKey } from "./run_folder/run_key.ts";
import { readRunResult, type RunResult } from "./run_folder/run_result.ts";
import type { Settings } from "./settings/settings.ts";
import { storedQueue } from "./jobs/stored_queue.ts";
import { exitCodeOf } from "./cli/usage_error.ts";
import { createWorkerPool } from "./jobs/worker_pool.ts";
import { writeFile } from "./cli/write_file.ts";

const FLAGS: readonly Flag[] = [
  {
    name: "--suite",
    placeholder: SUITES.join("|"),
    help:
      "every environment with its preset, the lecture's series of agents on CartPole-v0, the presets of pqn, six environments of MiniGrid, the environments on MuJoCo, or CartPole from its picture (default: presets)",
  },
  { name: "--agents", placeholder: "A,B", help: "agents to compare (default: the suite's)" },
  { name: "--envs", placeholder: "A,B", help: "environments to compare them in (default: the suite's)" },
  { name: "--seeds", placeholder: "N", help: "runs per agent and environment (default: 10)" },
  { name: "--seed", placeholder: "N", help: "first seed of the runs (default: 0)" },
  { name: "--steps", placeholder: "N", help: "environment steps per run (default: the preset's budget)" },
  { name: "--workers", placeholder: "N", help: "runs in parallel (default: one per core)" },
  { name: "--time-limit", placeholder: "S", help: "seconds that a run may take (default: 3600)" },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder for the results; runs already in it are not repeated (default: benchmarks/SUITE)",
  },
  {
    name: "--write",
    help: "also write the table to BENCHMARKS.md, in a section with the name of --out's folder",
  },
  { name: "--json", help: "print the result as JSON" },
  { name: "--quiet", help: "show no progress" },
];

/**
 * Runs the comparison that the command line describes.
 *
 * @param args The arguments.
 * @returns The exit code: 0, 1 if a run failed, or 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong, or a file cannot be written.
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "benchmark");
  if (line === undefined) return 0;
  const names = (flag: string) => flagValue(line, flag, namesOption(), undefined);
  const [agents, envs] = [names("agents"), names("envs")];
  const steps = flagValue(line, "steps", integerOption(1, ""), undefined);
  const wish: SuiteWish = {
    suite: flagValue(line, "suite", choiceOption(SUITES, ""), "presets"),
    seed: flagValue(line, "seed", integerOption(0, ""), 0),
    seeds: countOf(line, "seeds", { min: 1, max: MOST_SEEDS }, 10),
    ...(agents === undefined ? {} : { agents }),
    ...(envs === undefined ? {} : { envs }),
    ...(steps === undefined ? {} : { steps }),
  };
  const workers = workersOf(line);
  const timeLimit = flagValue(line, "time-limit", secondsOption(""), 3_600);
  const [write, json, quiet] = [isOn(line, "write"), isOn(line, "json"), isOn(line, "quiet")];
  const hashes = new Map<string, string | null>();
  for (const name of envs ?? suiteEnvs(wish.suite) ?? []) {
    const { env, envSha256 } = await loadEnv({ env: envName(name), envSha256: null }, namedEnv(name));
    hashes.set(env, envSha256);
  }
  const { runs, leftOut } = planSuite(wish, hashes);
  const output = openOutput(line.values.get("out") ?? `benchmarks/${wish.suite}`);
  const folder = openOutput(`${output.path}/runs`).path;

  for (const reason of leftOut) printError(`left out: ${reason}`);
  const read = readRunResult;
  const idOf = ({ settings }: RunResult) => runKey(settings);
  const files = envFileArgs();
  const mayRead = files.length > 0;
  const module = new URL("jobs/run_job.ts", import.meta.url);
  const queue = storedQueue(
    createWorkerPool<Settings, RunResult>({ module, workers, timeLimit, read, mayRead, args: files }),
    { folder, read, idOf, keepFailures: false },
  );
  const jobs = runs.map((settings) => ({ id: runKey(settings), input: settings }));
  const outcomes = await withQueue(queue, () => runJobs(queue, jobs, json || quiet));
  if (outcomes === undefined) {
    printError(`Stopped; finished runs are kept in ${folder}; the same command resumes from there`);
    return 130;
  }
  const failures = outcomes.flatMap(({ failure }, i) =>
    failure === undefined ? [] : [`${describe(runs[i]!)} failed: ${failure}`]
  );
  for (const failure of failures) printError(`error: ${failure}`);

  const groups = groupRuns(runs, outcomes).filter(({ results }) => results.length > 0);
  const rows = groups.map(compare);
  output.save("results.csv", resultsCsv(rows));
  output.save("times.csv", timesCsv(rows));
  const pictures: { env: string; name: string }[] = [];
  for (const env of new Set(groups.map((group) => group.env))) {
    const name = `${envFolder(env)}.svg`;
    const svg = await tryToDraw(name, () => plotLearning(groups.filter((group) => group.env === env)));
    if (svg === undefined) continue;
    output.save(name, svg);
    pictures.push({ env, name });
  }
  const command = ["deno task benchmark", ...args].join(" ");
  const remarks = [...leftOut.map((reason) => `Left out: ${reason}`), ...failures];
  const name = basename(output.path);
  const facts = { name, suite: wish.suite, command, workers, remarks };
  const section = (folder: string) =>
    reportMarkdown(rows, {
      ...facts,
      pictures: pictures.map(({ env, name }) => ({ env, path: linkTo(`${folder}${name}`) })),
    });
  const fromHere = section(`${relative(Deno.cwd(), output.path)}/`);
  output.save("results.md", section(""));
  if (write) {
    const document = withSection(readIfThere("BENCHMARKS.md"), name, fromHere);
    writeFile("BENCHMARKS.md", document);
  }
  print(json ? resultsJson(rows, { ...facts, savedIn: output.path }) : fromHere);
  return failures.length > 0 ? 1 : 0;
}

/** Comma-separated words. */
function namesOption(): Option<readonly string[]> {
  const parse = (text: string) => text.split(",").every((name) => name !== "") ? text.split(",") : undefined;
  return { placeholder: "A,B", help: "", rule: "names separated by commas", parse, accept: () => undefined };
}

/** A path escaped for Markdown. */
function linkTo(path: string): string {
  return encodeURI(path.replaceAll("\\", "/")).replaceAll("(", "%28").replaceAll(")", "%29");
}

function describe({ env, agent, seed }: Settings): string {
  return `${env}, ${agent}, seed ${seed}`;
}

/** One group per environment and agent, in the order of the runs. */
function groupRuns(runs: readonly Settings[], outcomes: readonly JobOutcome<RunResult>[]): RunGroup[] {
  const groups = new Map<string, { env: string; agent: string; results: RunResult[]; failed: number }>();
  for (const [i, { env, agent }] of runs.entries()) {
    const key = `${env} ${agent}`;
    const group = groups.get(key) ?? { env, agent, results: [], failed: 0 };
    groups.set(key, group);
    const outcome = outcomes[i]!;
    if (outcome.failure === undefined) group.results.push(outcome.output);
    else group.failed++;
  }
  return [...groups.values()];
}

function readIfThere(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
