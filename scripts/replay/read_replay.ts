/**
 * Transitions from a file, or from the checkpoint of a run.
 *
 * @module
 */

import {
  decodeReplay,
  type DqnSnapshot,
  readDqnSnapshot,
  ReplayBuffer,
  type ReplayRows,
} from "../../agents/mod.ts";
import { readFile, readJsonFile } from "../cli/read_file.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import { type Checkpoint, decodeCheckpoint, disagreements } from "../run/checkpoint.ts";
import { warnOfFiles } from "../run_folder/check_files.ts";
import { MOST_GIVEN_BYTES, storedFiles } from "../run_folder/given_file.ts";
import { readSettings } from "../settings/read_settings.ts";
import type { Settings } from "../settings/settings.ts";
import { isUsedBy } from "../settings/used_settings.ts";
import { reasonOf } from "../values/reason_of.ts";
import { prioritiesOf } from "./priority_study.ts";

/** Transitions, and where they are from. */
export interface SavedReplay {
  /** The environment; undefined if the file does not name it. */
  readonly env: string | undefined;
  /** The agent; undefined if the file does not name it. */
  readonly agent: string | undefined;
  /** The transitions, oldest first. */
  readonly rows: ReplayRows;
  /** The priorities; undefined if replay is uniform. */
  readonly priorities: SavedPriorities | undefined;
}

/** The priorities of a replay buffer. */
export interface SavedPriorities {
  /** The priority of each slot in use, before the power of α. */
  readonly values: readonly number[];
  /** The run's α. */
  readonly alpha: number;
}

/**
 * Reads what a replay buffer holds. No environment is made, and no code that a run names is loaded.
 *
 * @param path A file of `train --save-buffer`, or a run folder.
 * @throws {UsageError} If it is neither, or damaged, or the run has no replay buffer.
 */
export async function readReplay(path: string): Promise<SavedReplay> {
  if (attempt(() => Deno.statSync(path).isDirectory, `Cannot read ${path}: `)) return await readRun(path);
  const bytes = readFile(path, MOST_GIVEN_BYTES);
  const rows = attempt(() => decodeReplay(bytes), `Cannot read ${path}: `);
  const { env, agent } = rows.metadata;
  return { env, agent, rows, priorities: undefined };
}

async function readRun(folder: string): Promise<SavedReplay> {
  const settings = readSettings({ values: new Map(), words: [] }, readJsonFile(`${folder}/config.json`));
  const { env, agent, priorityAlpha: alpha } = settings;
  if (!isUsedBy(agent, "bufferSize")) {
    throw new UsageError(`Cannot read ${folder}: its agent must have a replay buffer, got ${agent}`);
  }
  const path = `${folder}/checkpoint.safetensors`;
  const { snapshot } = await readCheckpoint(path, settings);
  const saved = attempt(() => readDqnSnapshot(snapshot.agent), `Cannot read ${path}: `);
  const priorities = prioritiesOf(saved, alpha);
  const recorded = storedFiles(folder, settings).buffer;
  const rows = attempt(
    () => recorded === undefined ? heldBy(saved.replayBuffer) : decodeReplay(recorded.bytes),
    `Cannot read ${recorded?.path ?? path}: `,
  );
  if (rows.rewards.length === 0) {
    const reason = snapshot.isComplete ? "none yet" : "none, since --checkpoint-replay was none";
    throw new UsageError(`Cannot read ${path}: its replay buffer must hold a transition, got ${reason}`);
  }
  await warnOfFiles(folder, ["config.json", "checkpoint.safetensors"]);
  return {
    env,
    agent,
    rows,
    priorities: priorities === undefined ? undefined : { values: priorities, alpha },
  };
}

/** The transitions of a buffer, without memory for those that it could still take. */
function heldBy(snapshot: DqnSnapshot["replayBuffer"]): ReplayRows {
  const capacity = Math.max(1, Math.min(snapshot.capacity, snapshot.added));
  return ReplayBuffer.from({ ...snapshot, capacity }).rows();
}

/** The checkpoint of a run with these settings. */
async function readCheckpoint(path: string, settings: Settings): Promise<Checkpoint> {
  const bytes = readFile(path);
  let checkpoint: Checkpoint;
  try {
    checkpoint = await decodeCheckpoint(bytes);
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${reasonOf(error)}`);
  }
  const different = disagreements(settings, checkpoint);
  if (different.length === 0) return checkpoint;
  throw new UsageError(
    `Cannot read ${path}: it and config.json must agree, got another ${different.join(", ")}`,
  );
}
