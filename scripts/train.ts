/**
 * The command that trains an agent and saves a run folder.
 *
 * ```sh
 * deno task train                       # DQN on CartPole-v1, seed 0
 * deno task train --preset lecture      # as the lecture does it
 * deno run -RW jsr:@bellman/dqn/train --env MountainCar-v0 --seed 3
 * ```
 *
 * @module
 */

import { dirname } from "node:path";
import { print, printError } from "./cli/print.ts";
import { type CommandLine, type Flag, isOn } from "./cli/command_line.ts";
import { readSettings, SETTING_FLAGS } from "./settings/read_settings.ts";
import { openEventLog } from "./train/event_log.ts";
import { flagValue } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { loadEnv, requireKnownEnv } from "./run_folder/load_env.ts";
import { configJson } from "./run_folder/config_json.ts";
import { envSourceOf, TRUST_FLAG } from "./run_folder/env_source.ts";
import { copiesOf, GIVEN_FILE_FLAGS, takeGivenFiles } from "./run_folder/given_file.ts";
import { envFolder, isEnvFile } from "./settings/env_name.ts";
import type { GivenFiles } from "./run/given_files.ts";
import { type PreparedRun, prepareRun } from "./run/run.ts";
import { episodesCsv, evaluationsCsv, summaryOf } from "./run_folder/run_files.ts";
import { type RunFolder, takeRunFolder } from "./run_folder/run_folder.ts";
import { createRecorder, type Recorder } from "./run/recorder.ts";
import { writeFile } from "./cli/write_file.ts";
import { createRunSaver } from "./run_folder/run_saver.ts";
import { runTable } from "./train/run_table.ts";
import { choiceOption, integerOption, optional } from "./cli/option.ts";
import { qTableOf, qTableText } from "./run/q_table.ts";
import { readJsonFile } from "./cli/read_file.ts";
import { shellWord } from "./values/shell_word.ts";
import { resumeRun } from "./run_folder/resume_run.ts";
import { familyOf } from "./settings/agents.ts";
import type { Settings } from "./settings/settings.ts";
import { requireUsed } from "./settings/used_settings.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { watchRun } from "./train/watch_run.ts";

const FLAGS: readonly Flag[] = [
  ...SETTING_FLAGS,
  TRUST_FLAG,
  ...GIVEN_FILE_FLAGS,
  {
    name: "--config",
    placeholder: "FILE",
    help: "start from the settings in a config.json; flags override it",
  },
  {
    name: "--save-buffer",
    placeholder: "FILE",
    help:
      "also write the steps of training as a replay buffer to this safetensors file, single steps in the environment's own numbers, the last million at most (default: none)",
  },
  {
    name: "--out",
    placeholder: "DIR",
    help: "folder to save the run in (default: the next free name in runs/)",
  },
  { name: "--overwrite", help: "replace the run in --out once the new one has ended" },
  {
    name: "--resume",
    placeholder: "RUN",
    help:
      "resume the run in this folder as if it had never stopped; only --steps, --episodes, --stop-at-return and --kernel may be changed",
  },
  {
    name: "--other-version",
    help:
      "with --resume: continue even from a checkpoint of another version of this package, whose results may differ; summary.json records it",
  },
  {
    name: "--checkpoint-interval",
    placeholder: "N",
    help:
      "environment steps between checkpoints; none writes one only at the end or at Ctrl-C (default: 10000, or a tenth of --buffer-size if that is more; 200000 for tables)",
  },
  {
    name: "--checkpoint-replay",
    placeholder: "full|none",
    help:
      "whether checkpoints hold the replay buffer, up to about 100 MB; without it, a resumed run first fills a new buffer and differs from the uninterrupted run (default: full)",
  },
  {
    name: "--skip-pictures",
    help: "skip reward.svg, policy.gif and report.html, which take a second or two",
  },
  { name: "--tensorboard", help: "also write TensorBoard event files, with the time of day of each event" },
  { name: "--json", help: "print the summary as JSON" },
  { name: "--quiet", help: "print only errors, or with --json only the summary" },
];

/**
 * Trains the agent that the command line describes.
 *
 * @param args The arguments.
 * @returns The exit code: 0, 1 if the run could not be saved, or 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong, or training cannot continue.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/train";
 *
 * await main(["--env", "CartPole-v1", "--steps", "2000", "--out", "my-run"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "train");
  if (line === undefined) return 0;
  const json = isOn(line, "json");
  const quiet = isOn(line, "quiet");
  const draws = !isOn(line, "skip-pictures");
  const interval = flagValue(line, "checkpoint-interval", optional(integerOption(1, "")), undefined);
  const replay = flagValue(line, "checkpoint-replay", choiceOption(["full", "none"], ""), "full") === "full";
  const { settings, prepared, files, recording, folder } = await openRun(line, quiet);
  try {
    return await trainIn(folder, settings, prepared, {
      line,
      json,
      quiet,
      draws,
      interval,
      replay,
      files,
      recording,
    });
  } finally {
    folder?.close();
  }
}

/** The flags besides settings. */
interface Wishes {
  readonly line: CommandLine;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly draws: boolean;
  /** Steps between checkpoints; null for none, undefined for as many as the settings suggest. */
  readonly interval: number | null | undefined;
  /** Whether checkpoints hold the replay buffer. */
  readonly replay: boolean;
  /** The file to write the steps of training to. */
  readonly recording: Recording | undefined;
  /** The files that a new run needs, to save copies of. */
  readonly files: GivenFiles;
}

/** What `--save-buffer` asks for. */
interface Recording {
  readonly path: string;
  readonly recorder: Recorder;
}

/** A new or resumed run, and its folder; undefined if nothing may be saved. */
interface OpenedRun {
  readonly settings: Settings;
  readonly prepared: PreparedRun;
  readonly files: GivenFiles;
  readonly recording: Recording | undefined;
  readonly folder: RunFolder | undefined;
}

async function openRun(line: CommandLine, quiet: boolean): Promise<OpenedRun> {
  const path = line.values.get("resume");
  if (path !== undefined) {
    const resumed = await resumeRun(line, path);
    if (!quiet && resumed.step === 0) {
      printError(`No checkpoint in ${path} yet: starting from the beginning`);
    }
    return { ...resumed, files: {}, recording: undefined };
  }
  if (isOn(line, "other-version")) {
    throw new UsageError("Cannot start the run: --other-version needs --resume, got none");
  }
  const out = line.values.get("out");
  const overwrite = isOn(line, "overwrite");
  if (overwrite && out === undefined) {
    throw new UsageError("Cannot save the run: --overwrite needs --out, got none");
  }
  const configFile = line.values.get("config");
  const config = configFile === undefined
    ? undefined
    : { content: readJsonFile(configFile), path: configFile };
  await requireKnownEnv(line, config?.content);
  const loaded = await loadEnv(readSettings(line, config?.content), envSourceOf(line, config));
  const { settings, files } = takeGivenFiles(line, loaded, configFile);
  requireUsed(line, [settings]);
  // Creating the environment and the agent reveals every contradiction between settings.
  const prepared = attempt(() => prepareRun(settings, undefined, files));
  const recording = attempt(() => recordingOf(line, settings));
  return { settings, prepared, files, recording, folder: openFolder(settings, out, overwrite) };
}

async function trainIn(
  folder: RunFolder | undefined,
  settings: Settings,
  prepared: PreparedRun,
  wishes: Wishes,
): Promise<number> {
  const { line, json, quiet, draws, files, recording } = wishes;
  const saver = createRunSaver(folder);
  saver.save(["config.json", configJson(settings, folder?.path)], ...copiesOf(files));
  const firstStep = prepared.run.step;
  const lecture = settings.preset === "lecture" && !json && !quiet;
  const start = performance.now();
  const seconds = () => (folder?.earlierSeconds ?? 0) + (performance.now() - start) / 1000;
  const events = isOn(line, "tensorboard") && folder !== undefined
    ? openEventLog(folder, saver, prepared)
    : undefined;
  if (settings.bufferSha256 !== null && !quiet) {
    printError(
      "Offline: learns from recorded transitions alone. Q-values of actions that they lack are extrapolated, and may be far too high",
    );
  }
  const run = await watchRun(settings, prepared, saver, {
    ...wishes,
    events,
    lecture,
    seconds,
    onTransition: recording?.recorder.add,
  });
  const recorded = recording?.recorder.encode();
  if (recording !== undefined && recorded !== undefined) writeFile(recording.path, recorded);
  const wallSeconds = seconds();
  const summary = summaryOf(settings, run, wallSeconds);
  if (!quiet && firstStep > 0 && run.step === firstStep && run.stopReason !== "interrupted") {
    const budget = run.stopReason === "stop-at-return" ? "--stop-at-return" : `--${run.stopReason}`;
    printError(`Nothing is left to train: give a larger ${budget} to continue`);
  }

  const summaryJson = JSON.stringify(summary, null, 2) + "\n";
  saver.save(["summary.json", summaryJson]);
  await saver.settle();
  saver.finish();
  if (draws && folder !== undefined && !saver.failed) {
    const texts = {
      "config.json": configJson(settings),
      "summary.json": summaryJson,
      "episodes.csv": episodesCsv(run),
      "evaluations.csv": evaluationsCsv(run),
    };
    // Loaded only now, since loading takes as long as a short run.
    const { drawRun } = await import("./report/run_pictures.ts");
    const { mayRasterize } = await import("./plots/rasterize.ts");
    if (!quiet && !mayRasterize()) printError("Not drawn: policy.gif needs --allow-read without a path");
    for await (const file of drawRun(settings, run, texts)) saver.save(file);
    await saver.settle();
  }
  const savedIn = saver.failed ? undefined : folder?.path;
  if (json) print(JSON.stringify({ ...summary, saved_in: savedIn ?? null }, null, 2));
  else if (!quiet) {
    print(runTable(settings, run, wallSeconds, savedIn));
    if (familyOf(settings.agent).policy === "table" && run.policy !== undefined) {
      const { tensors } = run.policy;
      if (tensors[0]!.shape[0]! <= MOST_ROWS) print(`\n${qTableText(qTableOf(settings, tensors))}`);
    }
    const total = run.evaluation?.returns[0];
    if (lecture && total !== undefined) print(`\nTotal Reward: ${total}`);
  }
  if (folder === undefined && !quiet) {
    printError("Not saved: run with --allow-read --allow-write to save the run in runs/");
  }
  if (run.stopReason !== "interrupted") return saver.failed ? 1 : 0;
  if (savedIn !== undefined && !quiet) {
    const trust = isEnvFile(settings.env) ? " --trust-env" : "";
    printError(`Interrupted; to resume: deno task train --resume ${shellWord(savedIn)}${trust}`);
  }
  return 130;
}

/** Tables with more states are not printed. */
const MOST_ROWS = 64;

/** The file of `--save-buffer`, whose folder must exist before a run is trained for it. */
function recordingOf(line: CommandLine, settings: Settings): Recording | undefined {
  const path = line.values.get("save-buffer");
  if (path === undefined) return undefined;
  const refuse = (rule: string): never => {
    throw new UsageError(`Cannot start the run: --save-buffer ${rule}`);
  };
  if (!path.toLowerCase().endsWith(".safetensors")) refuse(`must end in .safetensors, got ${path}`);
  if (settings.bufferSha256 !== null) refuse("needs a run that acts, got --from-buffer");
  const folder = dirname(path);
  const stat = attempt(() => Deno.statSync(folder), `Cannot save ${path}: `);
  if (!stat.isDirectory) refuse(`must be in a folder, got ${folder}`);
  return { path, recorder: createRecorder(settings) };
}

/** The folder to save in; undefined if the user granted no permission and asked for no folder. */
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

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
