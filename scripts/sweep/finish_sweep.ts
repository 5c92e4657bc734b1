import { print, printError, printLine } from "../cli/print.ts";
import type { Output } from "../cli/output_folder.ts";
import { readJsonFile } from "../cli/read_file.ts";
import { configJson } from "../run_folder/config_json.ts";
import { envFileOf } from "../run_folder/load_env.ts";
import { jsonObject } from "../values/json_object.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import { columnsOfTerminal, createTerminalLine } from "../cli/terminal_line.ts";
import { tryToDraw } from "../plots/try_to_draw.ts";
import { importanceOf } from "./importance.ts";
import { plotImportance } from "./importance_plot.ts";
import { plotParallel } from "./parallel_plot.ts";
import { rankTrials } from "./rank_trials.ts";
import { resultsCsv, resultsJson, runsCsv, timesCsv } from "./sweep_files.ts";
import { searchedNames, type SweepPlan } from "./sweep_plan.ts";
import { rankingText } from "./ranking_text.ts";
import { reportHtml, sweepSection, trainCommand } from "./sweep_report.ts";
import type { TrialResult } from "./trial_result.ts";

/** A sweep that has ended, with its best run in `best/`. */
export interface FinishedSweep {
  /** Its folder. */
  readonly folder: string;
  /** The searched settings, as flags without dashes. */
  readonly searched: readonly string[];
  /** The report of the search, as HTML. */
  readonly section: string;
}

/** Options of {@linkcode finishSweep}. */
export interface FinishOptions {
  /** The folder to save in. */
  readonly output: Output;
  /** The command that finds the same result. */
  readonly command: string;
  /** Whether to print JSON. */
  readonly json: boolean;
  /** Whether to show no progress. */
  readonly quiet: boolean;
  /** Whether to skip the pictures of the best run. */
  readonly skipPictures: boolean;
  /** Runs `deno task train` with these arguments, and returns its exit code. */
  readonly train: (args: readonly string[]) => Promise<number>;
  /** Makes further files once the best run exists. */
  readonly leave?:
    | ((sweep: FinishedSweep) => Promise<readonly (readonly [string, string | Uint8Array])[]>)
    | undefined;
}

/**
 * Saves the results of a sweep, prints the ranking, and saves the best run as `deno task train` does.
 *
 * @param plan The plan of the sweep.
 * @param results The results of all trials.
 * @param options Where to save, and what to print.
 * @returns The exit code: 0, 1 if every trial failed, or 130 after Ctrl-C.
 * @throws {Error} If a file cannot be written, or repeating the best run gives another result.
 */
export async function finishSweep(
  plan: SweepPlan,
  results: readonly TrialResult[],
  options: FinishOptions,
): Promise<number> {
  const { output, command, json, quiet } = options;
  output.save("results.csv", resultsCsv(plan, results));
  output.save("results.json", resultsJson(plan, results));
  output.save("runs.csv", runsCsv(plan, results));
  output.save("times.csv", timesCsv(plan, results));
  const pictures = await savePictures(plan, results, output);
  const parts = { command, pictures };
  output.save("report.html", reportHtml(plan, results, parts));
  for (const { trial, rungs } of results) {
    const { failure } = rungs.at(-1)!;
    if (failure !== undefined) printError(`error: trial ${trial + 1} failed: ${failure}`);
  }
  const best = rankTrials(results).find(({ rungs }) => rungs.at(-1)!.failure === undefined);
  if (best === undefined) {
    printError("error: every trial failed");
    return 1;
  }
  const line = createTerminalLine(json || quiet);
  line.draw(() => "training the best run once more, to save it");
  const code = await trainBest(bestRun(best), options);
  if (code === 0) {
    const searched = searchedNames(plan);
    const section = sweepSection(plan, results, parts);
    const files = await options.leave?.({ folder: output.path, searched, section }) ?? [];
    for (const [name, content] of files) output.save(name, content);
  }
  line.clear();
  if (code !== 0) return code;
  if (json) print(resultsJson(plan, results).trimEnd());
  else {
    print(rankingText(plan, results, Deno.stdout.isTerminal() ? columnsOfTerminal() : Infinity));
    print(`\nbest     ${trainCommand(plan, best.trial)}`);
    printLine(`saved in ${output.path}, the best run in ${output.path}/best`);
  }
  return 0;
}

async function savePictures(plan: SweepPlan, results: readonly TrialResult[], output: Output) {
  const pictures: { wide: string; narrow: string }[] = [];
  const save = async (name: string, draw: (isNarrow: boolean) => Promise<string>) => {
    const drawn = await tryToDraw(name, async () => ({ wide: await draw(false), narrow: await draw(true) }));
    if (drawn === undefined) return;
    output.save(name, drawn.wide);
    pictures.push(drawn);
  };
  const scored = results.flatMap(({ trial, rungs }) => {
    const score = rungs[0]?.score;
    return score === undefined ? [] : [{ values: plan.trials[trial]!, score }];
  });
  if (results.some(({ rungs }) => rungs.at(-1)!.score !== undefined)) {
    await save("parallel.svg", (isNarrow) => plotParallel(plan, results, isNarrow));
  }
  const importance = importanceOf(plan.space, scored, plan.seed);
  if (importance !== undefined) {
    await save("importance.svg", (isNarrow) => plotImportance(importance, scored.length, isNarrow));
  }
  return pictures;
}

/** The run of the best trial with the highest return, the first of equal ones. */
function bestRun({ rungs }: TrialResult): RunResult {
  const runs = rungs.at(-1)!.outcomes.flatMap((outcome) =>
    outcome.failure === undefined ? [outcome.output] : []
  );
  return runs.reduce((best, run) => run.evaluation.mean > best.evaluation.mean ? run : best);
}

/** Makes the best run once more, since workers save nothing: the same settings give the same bits. */
async function trainBest(run: RunResult, options: FinishOptions): Promise<number> {
  const { output, skipPictures, train } = options;
  output.save("best_config.json", configJson(run.settings, output.path));
  const folder = `${output.path}/best`;
  const file = envFileOf(run.settings.env);
  const args = [
    ...["--config", `${output.path}/best_config.json`, "--out", folder, "--overwrite", "--quiet"],
    ...(file === undefined ? [] : ["--env", file]),
  ];
  const code = await train(skipPictures ? [...args, "--skip-pictures"] : args);
  if (code !== 0) return code;
  const summary = jsonObject(readJsonFile(`${folder}/summary.json`), `${folder}/summary.json`);
  const hash = summary.text("trajectory_sha256");
  const mean = summary.object("evaluation").number("mean");
  if (hash === run.trajectory_sha256 && mean === run.evaluation.mean) return 0;
  throw new Error(
    `Cannot repeat the best run: its trajectory must be ${run.trajectory_sha256} and its return ${run.evaluation.mean}, got ${hash} and ${mean} (was ${output.path} written by another version, or with false results from a worker?)`,
  );
}
