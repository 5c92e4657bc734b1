/**
 * The command that repeats a run, and reports whether all results are the same.
 *
 * ```sh
 * deno task verify runs/CartPole-v1/dqn-seed0
 * ```
 *
 * @module
 */

import { print } from "./cli/print.ts";
import { decodeSafetensors } from "../nn/mod.ts";
import { type CommandLine, type Flag, isOn } from "./cli/command_line.ts";
import { flagValue, oneFolder } from "./cli/flag_value.ts";
import { ENV_FILE_FLAGS } from "./run_folder/env_source.ts";
import { readCommand } from "./settings/read_command.ts";
import { type JsonObject, jsonObject } from "./values/json_object.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { storedFiles } from "./run_folder/given_file.ts";
import { loadSettings } from "./run_folder/load_policy.ts";
import { visibleLine } from "./values/visible_text.ts";
import { VERSION } from "./values/package.ts";
import { createProgress } from "./train/progress.ts";
import { readJsonFile } from "./cli/read_file.ts";
import type { RunFile } from "./run_folder/run_file.ts";
import { OPTIONS } from "./settings/settings.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { verifyFiles } from "./train/verify_files.ts";
import { type Comparison, type RecordedRun, verifyRun } from "./train/verify_run.ts";
import { reasonOf } from "./values/reason_of.ts";

const FLAGS: readonly Flag[] = [
  {
    name: "--files",
    help: "compare every file with its SHA-256 in SHA256SUMS, without training",
  },
  {
    name: "--kernel",
    placeholder: "simd|reference",
    help: "implementation of the arithmetic (default: the run's)",
  },
  { name: "--json", help: "print the comparison as JSON" },
  { name: "--quiet", help: "print only errors, or with --json only the comparison" },
  ...ENV_FILE_FLAGS,
];

/**
 * Verifies a run: trains once more from its config.json, and compares steps, hashes of weights and
 * trajectory, evaluation, logs, policy and checkpoint. With `--files`, it trains nothing, and reports the files that have changed since
 * they were saved; this also works for the folder of a sweep.
 *
 * @param args The arguments: a run folder and flags.
 * @returns The exit code: 0 if all results are the same, or all files unchanged, else 1.
 * @throws {Error} If something on the command line or in the run folder is wrong.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/verify";
 *
 * const exitCode = await main(["runs/CartPole-v1/dqn-seed0"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "verify", { words: "RUN" });
  if (line === undefined) return 0;
  const folder = oneFolder(line, "verify");
  const [json, quiet] = [isOn(line, "json"), isOn(line, "quiet")];
  if (isOn(line, "files")) {
    if (!line.values.has("kernel")) return await verifyFiles(folder, { json, quiet });
    throw new UsageError("Cannot verify: --kernel must be absent beside --files, which trains nothing");
  }
  const recorded = await readRecordedRun(folder, line);
  // The other files are compared with those of the repetition.
  await warnOfFiles(folder, ["config.json", "summary.json"]);
  const kernel = flagValue(line, "kernel", OPTIONS.kernel, recorded.settings.kernel);
  const comparisons = await repeat({ ...recorded, settings: { ...recorded.settings, kernel } }, quiet);
  const different = comparisons.filter(({ same }) => !same);
  if (json) print(JSON.stringify({ same: different.length === 0, comparisons }, null, 2));
  else if (!quiet) {
    print(comparisons.map(textOf).join("\n"));
    print(
      different.length === 0
        ? `\nsame: all ${comparisons.length} of ${folder}`
        : `\nDIFFERENT: ${different.length} of ${comparisons.length} of ${folder}${versionNote(recorded)}`,
    );
  }
  return different.length === 0 ? 0 : 1;
}

async function readRecordedRun(folder: string, line: CommandLine): Promise<RecordedRun> {
  const settings = await loadSettings(folder, line);
  const refuse = (rule: string): never => {
    throw new UsageError(`Cannot verify ${folder}: ${rule}`);
  };
  const file = (name: RunFile) => {
    try {
      return Deno.readFileSync(`${folder}/${name}`);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw new UsageError(
        `Cannot read ${folder}/${name}: ${reasonOf(error)}`,
      );
    }
  };
  if (file("summary.json") === undefined) {
    refuse("it must have ended, got no summary.json (continue it with train --resume)");
  }
  const summary = readSummary(`${folder}/summary.json`);
  if (summary.value("evaluation") === null || summary.value("stopped_by") === "interrupted") {
    refuse("it must have ended, got an interrupted run (continue it with train --resume)");
  }
  if (summary.value("replay_lost_at") !== undefined) {
    refuse(
      `it cannot be repeated, since it was resumed without its replay buffer at step ${
        summary.numbers("replay_lost_at").join(", ")
      }`,
    );
  }
  const changes = versionChanges(summary);
  if (changes.length > 0) {
    refuse(`it cannot be repeated, since several versions trained it: ${changes.join(", ")}`);
  }
  const files = storedFiles(folder, settings);
  return { settings, summary, files, hasReplay: hasReplay(file("checkpoint.safetensors")), file };
}

/** A summary with the objects that are used. */
function readSummary(path: string): JsonObject {
  const content = readJsonFile(path);
  return attempt(() => {
    const summary = jsonObject(content, "the summary");
    summary.object("versions");
    if (summary.value("evaluation") !== null) summary.object("evaluation");
    if (summary.value("replay_lost_at") !== undefined) summary.numbers("replay_lost_at");
    versionChanges(summary);
    return summary;
  }, `Cannot read ${path}: `);
}

/** Texts such as `0.1.0 until step 5000`, one for each resumption by another version. */
function versionChanges(summary: JsonObject): string[] {
  if (summary.value("version_changes") === undefined) return [];
  return summary.list("version_changes", (value) => {
    const change = jsonObject(value, "a change of version");
    return `${change.text("from")} until step ${change.number("step")}`;
  });
}

/** Whether a checkpoint has the replay buffer; an invalid checkpoint is compared as if it had. */
function hasReplay(checkpoint: Uint8Array | undefined): boolean {
  try {
    return checkpoint === undefined || decodeSafetensors(checkpoint).metadata["replay"] !== "none";
  } catch {
    return true;
  }
}

async function repeat(recorded: RecordedRun, quiet: boolean): Promise<Comparison[]> {
  const progress = createProgress(quiet);
  const { steps, episodes } = recorded.settings;
  try {
    return await verifyRun(recorded, {
      onStep: (run, epsilon) => {
        if (run.step % 64 !== 0) return;
        progress.draw(() => ({
          step: run.step,
          episode: run.episodes.length,
          meanReturn: undefined,
          epsilon,
          evaluated: run.evaluations.at(-1)?.evaluation.mean,
          done: Math.max(run.step / (steps ?? Infinity), run.episodes.length / (episodes ?? Infinity)),
        }));
      },
    });
  } finally {
    progress.clear();
  }
}

function textOf({ name, recorded, repeated, same }: Comparison): string {
  const text = (value: unknown) => value === null ? "none" : String(value);
  const row = `${(same ? "same" : "DIFFERENT").padEnd(11)}${name.padEnd(24)}`;
  return visibleLine(same ? row + text(recorded) : `${row}${text(recorded)}, now ${text(repeated)}`);
}

/** A note about the version, since versions may differ in their bits. */
function versionNote({ summary }: RecordedRun): string {
  const version = summary.object("versions").value("bellman");
  return version === VERSION ? "" : ` (made with version ${version}, repeated with ${VERSION})`;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
