import { printError } from "../cli/print.ts";
import { changeableSettings, type Checkpoint, decodeCheckpoint, disagreements } from "../run/checkpoint.ts";
import { type CommandLine, isOn } from "../cli/command_line.ts";
import { readSettings } from "../settings/read_settings.ts";
import { envSourceOf } from "./env_source.ts";
import { storedFiles } from "./given_file.ts";
import { loadEnv } from "./load_env.ts";
import { checkFiles, describe, listFiles, withoutIndex } from "./check_files.ts";
import { type FileIndex, INDEX_FILE } from "./file_index.ts";
import { isEnvFile } from "../settings/env_name.ts";
import { readFile, readJsonFile } from "../cli/read_file.ts";
import { LASTING_FILES, LATE_FILES } from "./run_file.ts";
import { type PreparedRun, prepareRun } from "../run/run.ts";
import { retakeRunFolder, type RunFolder } from "./run_folder.ts";
import { isOffline } from "../run/run_loop.ts";
import type { RunSnapshot } from "../run/run_snapshot.ts";
import { flagName, flagOf, SETTING_NAMES, type Settings } from "../settings/settings.ts";
import { requireUsed } from "../settings/used_settings.ts";
import { VERSION } from "../values/package.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import { reasonOf } from "../values/reason_of.ts";

/** A run that is ready to resume. */
export interface ResumedRun {
  /** The settings of its config.json, with the budget of the command line. */
  readonly settings: Settings;
  /** The run. */
  readonly prepared: PreparedRun;
  /** Its folder, locked. */
  readonly folder: RunFolder;
  /** Environment steps so far; 0 if it was killed before its first checkpoint. */
  readonly step: number;
}

/**
 * Resumes a run.
 *
 * @param line The command line, with `--resume`.
 * @param path The folder of the run.
 * @returns The run.
 * @throws {UsageError} If the folder holds no run, its checkpoint is damaged or of another run, another process uses it, or the
 * command line asks for a change that a run does not allow.
 */
export async function resumeRun(line: CommandLine, path: string): Promise<ResumedRun> {
  for (const flag of ["config", "out", "overwrite", "init-weights", "from-buffer", "save-buffer"]) {
    if (line.values.has(flag)) {
      throw new UsageError(`Cannot resume the run: --${flag} must be absent beside --resume`);
    }
  }
  const config = { path: `${path}/config.json`, content: readJsonFile(`${path}/config.json`) };
  const withoutEnv = new Map([...line.values].filter(([name]) => name !== "env"));
  const stored = readSettings({ ...line, values: withoutEnv }, config.content);
  // For a run in an environment file, --env may say where that file is.
  const given = isEnvFile(stored.env) ? withoutEnv : line.values;
  const changeable = changeableSettings(stored);
  const fixed = SETTING_NAMES.find((name) => given.has(flagName(name)) && !changeable.includes(name));
  if (fixed !== undefined) {
    throw new UsageError(
      `Cannot resume the run: ${flagOf(fixed)} must be absent, since its config.json decides; only ${
        changeable.map(flagOf).join(", ")
      } may change`,
    );
  }
  const settings = await loadEnv(stored, envSourceOf(line, config));
  requireUsed(line, [settings]);
  const { folder, checked } = await retakeRunFolder(path, async () => {
    const { index, warning } = await requireFiles(path);
    const snapshot = await findSnapshot(path, settings, isOn(line, "other-version"));
    const files = storedFiles(path, settings, { isStarted: snapshot !== undefined });
    const prepared = attempt(() => prepareRun(settings, snapshot, files), `Cannot resume ${path}: `);
    return { index, checked: { prepared, step: snapshot?.loop.step ?? 0, warning } };
  });
  const { warning, ...resumed } = checked;
  if (warning !== undefined && !isOn(line, "quiet")) printError(`warning: ${warning}`);
  return { settings, folder, ...resumed };
}

/** Files that a run needs to resume if its index lists them; others are saved again. */
const NEEDED = ["config.json", "checkpoint.safetensors"];

/** The files of a folder, if none was changed since it was saved; warns if the folder has no index. */
async function requireFiles(path: string): Promise<{ index: FileIndex; warning: string | undefined }> {
  const checks = await checkFiles(path, LASTING_FILES);
  const files = checks ?? await listFiles(path, LASTING_FILES);
  for (const check of files) {
    const { name, state } = check;
    if (checks === undefined || state === "same" || LATE_FILES.some((late) => late === name)) continue;
    if (state !== "changed" && !NEEDED.includes(name)) continue;
    throw new UsageError(
      `Cannot resume ${path}: ${describe(path, check)} (remove ${INDEX_FILE} to resume anyway)`,
    );
  }
  return {
    index: new Map(files.flatMap(({ name, found }) => found === null ? [] : [[name, [found]]])),
    warning: checks === undefined ? withoutIndex(path) : undefined,
  };
}

/** The checkpoint of a run; undefined if it was killed before it had one. */
async function findSnapshot(
  path: string,
  settings: Settings,
  mayChange: boolean,
): Promise<RunSnapshot | undefined> {
  const checkpoint = await findCheckpoint(path, settings);
  if (checkpoint === undefined || checkpoint.version === VERSION) return checkpoint?.snapshot;
  const { snapshot, version: from } = checkpoint;
  if (!mayChange) {
    throw new UsageError(
      `Cannot resume ${path}: its checkpoint must be of version ${VERSION}, since versions may differ in their bits, got ${from} (--other-version resumes anyway, and summary.json records it)`,
    );
  }
  const { versionChanges = [], loop: { step } } = snapshot;
  return { ...snapshot, versionChanges: [...versionChanges, { step, from }] };
}

/** The state to continue from; undefined if the run was killed before it had a checkpoint. */
async function findCheckpoint(path: string, settings: Settings): Promise<Checkpoint | undefined> {
  const names = new Set([...Deno.readDirSync(path)].map(({ name }) => name));
  if (!names.has("checkpoint.safetensors")) {
    if (!names.has("summary.json")) return undefined;
    throw new UsageError(`Cannot resume ${path}: it must hold a checkpoint.safetensors, got none`);
  }
  const bytes = readFile(`${path}/checkpoint.safetensors`);
  let checkpoint: Checkpoint;
  try {
    checkpoint = await decodeCheckpoint(bytes);
  } catch (error) {
    throw new UsageError(`Cannot resume ${path}: ${reasonOf(error)}`);
  }
  const different = disagreements(settings, checkpoint);
  if (different.length > 0) {
    throw new UsageError(
      `Cannot resume ${path}: its config.json and its checkpoint must agree, got another ${
        different.join(", ")
      }`,
    );
  }
  checkBudget(path, settings, checkpoint.snapshot);
  return checkpoint;
}

/** Refuses a budget that the run has already passed. */
function checkBudget(path: string, settings: Settings, snapshot: RunSnapshot): void {
  const { steps, episodes, stopAtReturn } = settings;
  const { step } = snapshot.loop;
  const episode = isOffline(snapshot.loop) ? 0 : snapshot.loop.episode;
  const refuse = (rule: string, got: number): never => {
    throw new UsageError(`Cannot resume ${path}: ${rule}, got ${got}`);
  };
  if (steps !== null && steps < step) refuse(`--steps must be at least the ${step} steps taken`, steps);
  if (episodes !== null && episodes < episode) {
    refuse(`--episodes must be at least the ${episode} episodes played`, episodes);
  }
  const earlier = snapshot.evaluations.filter((record) => record.step < step);
  const best = Math.max(...earlier.map(({ evaluation }) => evaluation.mean));
  if (stopAtReturn !== null && stopAtReturn <= best) {
    refuse(`--stop-at-return must be above ${best}, which an evaluation has reached`, stopAtReturn);
  }
}
