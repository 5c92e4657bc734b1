/**
 * The command that trains an agent and leaves a run folder behind.
 *
 * ```sh
 * deno task train                       # DQN on CartPole-v1, seed 0
 * deno task train --preset lecture      # as the lecture does it
 * deno run -RW jsr:@bellman/dqn/train --env MountainCar-v0 --seed 3
 * ```
 *
 * @module
 */

import { type Flag, isOn, readCommandLine, readSettings, SETTING_FLAGS } from "./_command_line.ts";
import { evaluationText } from "./_evaluation_text.ts";
import { helpText } from "./_help.ts";
import { envFolder, loadEnv } from "./_load_env.ts";
import { policyOnnx } from "./_policy_onnx.ts";
import { type PreparedRun, prepareRun } from "./_run.ts";
import { configJson, episodesCsv, evaluationsCsv, policyFile, summaryOf } from "./_run_files.ts";
import { type RunFile, type RunFolder, takeRunFolder } from "./_run_folder.ts";
import { createProgress } from "./_progress.ts";
import { qTableCsv, qTableOf, qTableText } from "./_q_table.ts";
import { readJsonFile } from "./_read_file.ts";
import type { Settings } from "./_settings.ts";
import { type EventLog, startEventLog } from "./_tensorboard.ts";
import { exitCodeOf, UsageError } from "./_usage_error.ts";

const FLAGS: readonly Flag[] = [
  ...SETTING_FLAGS,
  { name: "--config", placeholder: "FILE", help: "take the settings of a config.json; flags beside it win" },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder to save the run in (default: the next free one in runs/)",
  },
  { name: "--overwrite", help: "replace the run that --out holds, once the new one has ended" },
  {
    name: "--skip-pictures",
    help: "do not draw reward.svg, policy.gif and report.html, which takes a second or two",
  },
  { name: "--tensorboard", help: "also write the logs for TensorBoard, with the time of day of each event" },
  { name: "--json", help: "print the summary as JSON" },
  { name: "--quiet", help: "print nothing but errors, or with --json nothing but the summary" },
  { name: "--help", help: "print this (-h)" },
];

/**
 * Trains as the command line says.
 *
 * @param args The arguments.
 * @returns The exit code: 0, 1 if the run could not be saved, or 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong, or training cannot go on.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/train";
 *
 * await main(["--env", "CartPole-v1", "--steps", "2000", "--out", "my-run"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommandLine(args, FLAGS);
  if (isOn(line, "help")) {
    console.log(helpText("train", "[flags]", FLAGS));
    return 0;
  }
  if (line.words.length > 0) {
    throw new UsageError(`Cannot read the command line: every argument must be a flag, got ${line.words[0]}`);
  }
  const json = isOn(line, "json");
  const quiet = isOn(line, "quiet");
  const out = line.values.get("out");
  const overwrite = isOn(line, "overwrite");
  const draws = !isOn(line, "skip-pictures");
  if (overwrite && out === undefined) {
    throw new UsageError("Cannot save the run: --overwrite needs --out, got none");
  }
  const configFile = line.values.get("config");
  const settings = readSettings(line, configFile === undefined ? undefined : readJsonFile(configFile));
  await loadEnv(settings.env);
  const prepared = prepare(settings);
  const folder = openFolder(settings, out, overwrite);
  const saver = createSaver(folder);
  saver.save("config.json", configJson(settings));

  const lecture = settings.preset === "lecture" && !json && !quiet;
  const start = performance.now();
  const events = isOn(line, "tensorboard") && folder !== undefined
    ? startEventLog((bytes) => saver.append("events.out.tfevents.0.bellman", bytes))
    : undefined;
  const run = await watch(settings, prepared, saver, events, quiet, lecture);
  const seconds = (performance.now() - start) / 1000;
  const summary = summaryOf(settings, run, seconds);

  const summaryJson = JSON.stringify(summary, null, 2) + "\n";
  saver.save("summary.json", summaryJson);
  saver.finish();
  if (draws && folder !== undefined && !saver.failed) {
    const texts = {
      "config.json": configJson(settings),
      "summary.json": summaryJson,
      "episodes.csv": episodesCsv(run),
      "evaluations.csv": evaluationsCsv(run),
    };
    // Loaded only now: that takes as long as a short run.
    const { drawRun } = await import("./_run_pictures.ts");
    const { mayRasterize } = await import("./_rasterize.ts");
    if (!quiet && !mayRasterize()) console.error("Not drawn: policy.gif needs --allow-read without a path");
    for await (const [name, content] of drawRun(settings, run, texts)) saver.save(name, content);
  }
  const savedIn = saver.failed ? undefined : folder?.path;
  if (json) console.log(JSON.stringify({ ...summary, saved_in: savedIn ?? null }, null, 2));
  else if (!quiet) {
    console.log(table(settings, run, seconds, savedIn));
    if (settings.agent === "q-learning" && run.policy !== undefined) {
      const learned = qTableOf(settings, run.policy.tensors);
      if (learned.rows.length <= MOST_ROWS) console.log(`\n${qTableText(learned)}`);
    }
    const total = run.evaluation?.returns[0];
    if (lecture && total !== undefined) console.log(`\nTotal Reward: ${total}`);
  }
  if (folder === undefined && !quiet) {
    console.error("Not saved: run with --allow-read --allow-write to save the run in runs/");
  }
  return run.stopReason === "interrupted" ? 130 : saver.failed ? 1 : 0;
}

/** A table of more states is not printed. */
const MOST_ROWS = 64;

/** Saves what it can: a disk that fills up or a folder that vanishes costs the files, not the training. */
function createSaver(folder: RunFolder | undefined) {
  const saver = {
    failed: false,
    attempt(action: () => void) {
      if (saver.failed) return;
      try {
        action();
      } catch (error) {
        saver.failed = true;
        const reason = error instanceof Error ? error.message : String(error);
        console.error(`error: ${reason} (training goes on, nothing more is saved)`);
      }
    },
    save: (name: RunFile, content: string | Uint8Array) => saver.attempt(() => folder?.save(name, content)),
    append: (name: RunFile, content: Uint8Array) => saver.attempt(() => folder?.append(name, content)),
    finish: () => saver.attempt(() => folder?.finish()),
  };
  return saver;
}

/** Everything that settings can get wrong together shows when environment and agent are created. */
function prepare(settings: Settings): PreparedRun {
  try {
    return prepareRun(settings);
  } catch (error) {
    throw error instanceof Error ? new UsageError(error.message) : error;
  }
}

/** The folder to save in; undefined where the user granted no permission and asked for no folder. */
function openFolder(settings: Settings, out: string | undefined, overwrite: boolean): RunFolder | undefined {
  const path = out ?? "runs";
  const granted = (["read", "write"] as const).every((name) =>
    Deno.permissions.querySync({ name, path }).state === "granted"
  );
  if (!granted && out === undefined) return undefined;
  if (!granted) {
    throw new UsageError(
      `Cannot save the run: ${out} must be readable and writable (run with --allow-read --allow-write)`,
    );
  }
  const wish = out === undefined ? { overwrite } : { out, overwrite };
  return takeRunFolder(wish, `runs/${envFolder(settings.env)}/${settings.agent}-seed${settings.seed}`);
}

type Run = PreparedRun["run"];

/** Lets the run go, showing progress, saving what there is after each evaluation and however it ends. */
async function watch(
  settings: Settings,
  prepared: PreparedRun,
  saver: ReturnType<typeof createSaver>,
  events: EventLog | undefined,
  quiet: boolean,
  lecture: boolean,
): Promise<Run> {
  const progress = createProgress(quiet);
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) Deno.exit(130);
    interrupted = true;
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, interrupt);
  let lastPause = performance.now();
  const save = (run: Run) => {
    saver.save("episodes.csv", episodesCsv(run));
    saver.save("evaluations.csv", evaluationsCsv(run));
    const policy = policyFile(settings, run);
    if (policy !== undefined) saver.save("policy.safetensors", policy);
    if (run.policy === undefined) return;
    if (settings.agent === "q-learning") saver.save("q_table.csv", qTableCsv(settings, run.policy.tensors));
    else saver.save("policy.onnx", policyOnnx(settings, run.policy));
  };
  try {
    return await prepared.start({
      onStep: (run, epsilon) => {
        if (run.step % 64 === 0) progress.draw(() => progressState(settings, run, epsilon));
      },
      onEpisode: (record) => {
        events?.episode(record);
        const { episode, return: total } = record;
        if (!lecture || (episode - 1) % 10 !== 0) return;
        progress.clear();
        console.log(`episode :${episode - 1}, total reward : ${total.toFixed(1)}`);
      },
      onEvaluation: (run) => {
        events?.evaluation(run.evaluations.at(-1)!);
        save(run);
      },
      pause: async () => {
        // Signals arrive only while the event loop turns.
        if (performance.now() - lastPause > 50) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          lastPause = performance.now();
        }
        return interrupted;
      },
    });
  } finally {
    for (const signal of signals) Deno.removeSignalListener(signal, interrupt);
    progress.clear();
    events?.flush();
    save(prepared.run);
  }
}

function progressState(settings: Settings, run: Run, epsilon: number | undefined) {
  const recent = run.episodes.slice(-100);
  const sum = recent.reduce((total, record) => total + record.return, 0);
  return {
    step: run.step,
    episode: run.episodes.length,
    meanReturn: recent.length > 0 ? sum / recent.length : undefined,
    epsilon,
    evaluated: run.evaluations.at(-1)?.evaluation.mean,
    done: Math.max(
      run.step / (settings.steps ?? Infinity),
      run.episodes.length / (settings.episodes ?? Infinity),
    ),
  };
}

function table(settings: Settings, run: Run, seconds: number, savedIn: string | undefined): string {
  const { evaluation, policy } = run;
  const count = (value: number) => value.toLocaleString("en");
  const rows: [string, string][] = [
    ["run", `${settings.env}, ${settings.agent}, seed ${settings.seed}, preset ${settings.preset}`],
    ["ended", `after ${count(run.step)} steps, ${count(run.episodes.length)} episodes (${run.stopReason})`],
    ["time", `${seconds.toFixed(1)} s, ${count(Math.round(run.step / seconds))} steps/s`],
  ];
  if (evaluation !== undefined) {
    const { returns } = evaluation;
    const { mean, std, min, max } = evaluationText(evaluation);
    const spread = returns.length > 1 ? ` ± ${std} (min ${min}, max ${max})` : "";
    const episodes = returns.length > 1 ? `${count(returns.length)} episodes` : "1 episode";
    rows.push(["return", `${mean}${spread} over ${episodes}, greedy`]);
  }
  if (policy !== undefined) rows.push(["policy", `of step ${count(policy.step)}`]);
  if (run.weightsHash !== undefined) rows.push(["weights", run.weightsHash]);
  rows.push(["trajectory", run.trajectoryHash]);
  if (savedIn !== undefined) rows.push(["saved in", savedIn]);
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}`).join("\n");
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
