import { readJsonFile } from "../cli/read_file.ts";
import { LOCK_FILE, lockRun, type RunLock } from "./run_lock.ts";
import { isSettingName } from "../settings/settings.ts";
import { UsageError } from "../cli/usage_error.ts";
import {
  appendToFile,
  removeIfThere,
  temporaryName,
  writeFile,
  writeFileMeanwhile,
} from "../cli/write_file.ts";

/** Every file that a run may leave in its folder. */
export const RUN_FILES = [
  "config.json",
  "checkpoint.safetensors",
  "episodes.csv",
  "evaluations.csv",
  "summary.json",
  "policy.safetensors",
  "policy.onnx",
  "q_table.csv",
  "q_table.svg",
  "reward.svg",
  "policy.gif",
  "policy.svg",
  "policy.mp4",
  "state.svg",
  "report.html",
  "events.out.tfevents.0.bellman",
] as const;
/** A name of {@linkcode RUN_FILES}. */
export type RunFile = typeof RUN_FILES[number];

/** What is drawn once a run has ended, and out of date when it goes on. */
const DRAWN: readonly RunFile[] = ["reward.svg", "policy.gif", "q_table.svg", "report.html"];

/** Where a run lies until it replaces another one, within that one's folder. */
const NEW_RUN = "new-run";

/** A folder that belongs to one run, and to this process as long as it goes on. */
export interface RunFolder {
  /** Its path, as the user would write it. */
  readonly path: string;
  /** Seconds of training that went into the run before this process. */
  readonly earlierSeconds: number;
  /** Saves one file of the run: the old content stays until the new one is on disk. */
  save(name: RunFile, content: string | Uint8Array): void;
  /** The same, while the process goes on with other things. */
  saveMeanwhile(name: RunFile, content: Uint8Array): Promise<void>;
  /** Adds to the end of a file of this run, for those who watch it grow. */
  append(name: RunFile, content: Uint8Array): void;
  /** Notes the seconds of training so far, in case this process is killed. */
  note(seconds: number): void;
  /** Ends the run: where it replaces another one, the old run gives way only now. More may be saved afterwards. */
  finish(): void;
  /** Gives the folder back to whoever wants it next. */
  close(): void;
}

/**
 * Takes a folder for a run.
 *
 * @param wish `out`, the folder the user asked for, if any; `overwrite`, whether a run that it holds may be replaced.
 * @param fallback The folder to take when the user asked for none; `-2`, `-3`, … is added until the name is free.
 * @returns The folder, created.
 * @throws {UsageError} If the folder cannot be created or written, is in use, or holds what may not be replaced.
 */
export function takeRunFolder(wish: { out?: string; overwrite: boolean }, fallback: string): RunFolder {
  const { out, overwrite } = wish;
  return attempt(out ?? fallback, () => {
    if (out === undefined) {
      const path = createFree(fallback);
      return ownFolder(path, lockRun(path));
    }
    Deno.mkdirSync(out, { recursive: true });
    return withLock(
      out,
      (lock) => holdsRunToReplace(out, overwrite) ? replacingFolder(out, lock) : ownFolder(out, lock),
    );
  });
}

/**
 * Takes the folder of a run that is to go on.
 *
 * @param path The folder.
 * @param check What must hold; called once no other process can change the folder, before anything in it is changed.
 * @returns The folder, and what `check` returned.
 * @throws {UsageError} If the folder cannot be written or is in use.
 */
export async function retakeRunFolder<T>(
  path: string,
  check: () => Promise<T>,
): Promise<{ folder: RunFolder; checked: T }> {
  const lock = attempt(path, () => lockRun(path));
  try {
    const checked = await check();
    const earlier = lock.earlierSeconds ?? secondsOf(path);
    attempt(path, () => {
      for (const name of RUN_FILES) removeIfThere(temporaryName(`${path}/${name}`));
      for (const name of DRAWN) removeIfThere(`${path}/${name}`);
    });
    return { folder: ownFolder(path, lock, earlier), checked };
  } catch (error) {
    lock.release(true);
    throw error;
  }
}

/** A folder without another run: files are saved at once. */
function ownFolder(path: string, lock: RunLock, earlierSeconds = 0): RunFolder {
  let hasEnded = false;
  return {
    path,
    earlierSeconds,
    save: (name, content) => writeFile(`${path}/${name}`, content),
    saveMeanwhile: (name, content) => writeFileMeanwhile(`${path}/${name}`, content),
    append: (name, content) => appendToFile(`${path}/${name}`, content),
    note: (seconds) => lock.note(seconds),
    finish() {
      hasEnded = true;
    },
    close: () => lock.release(!hasEnded),
  };
}

/** A folder with another run: the new one lies in a folder within, where it can be resumed, until it has ended. */
function replacingFolder(path: string, lock: RunLock): RunFolder {
  const within = `${path}/${NEW_RUN}`;
  Deno.mkdirSync(within, { recursive: true });
  const inner = withLock(within, (innerLock) => {
    clear(within);
    return ownFolder(within, innerLock);
  });
  const outer = ownFolder(path, lock);
  let current = inner;
  return {
    path,
    earlierSeconds: 0,
    save: (name, content) => current.save(name, content),
    saveMeanwhile: (name, content) => current.saveMeanwhile(name, content),
    append: (name, content) => current.append(name, content),
    note: (seconds) => current.note(seconds),
    finish() {
      const names = new Set([...Deno.readDirSync(within)].map(({ name }) => name));
      for (const name of RUN_FILES) {
        if (names.has(name)) Deno.renameSync(`${within}/${name}`, `${path}/${name}`);
        else removeIfThere(`${path}/${name}`);
      }
      inner.finish();
      inner.close();
      Deno.removeSync(within);
      outer.finish();
      current = outer;
    },
    close() {
      if (current === inner) inner.close();
      outer.finish(); // Nothing was noted of the run that stays.
      outer.close();
    },
  };
}

function withLock<T>(path: string, action: (lock: RunLock) => T): T {
  const lock = lockRun(path);
  try {
    return action(lock);
  } catch (error) {
    lock.release(true);
    throw error;
  }
}

function createFree(name: string): string {
  Deno.mkdirSync(name.slice(0, name.lastIndexOf("/")), { recursive: true });
  for (let i = 1;; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    try {
      Deno.mkdirSync(candidate);
      return candidate;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

/** What a process that was killed before its run had begun leaves behind, besides what a run is made of. */
function isLeftover(name: string): boolean {
  return name === LOCK_FILE || RUN_FILES.some((file) => name === temporaryName(file));
}

/** Checks a folder that is there; returns whether it holds a run to replace. */
function holdsRunToReplace(path: string, overwrite: boolean): boolean {
  const held = [...Deno.readDirSync(path)].filter(({ name }) => !isLeftover(name));
  if (held.length > 0 && !overwrite) {
    const count = held.length === 1 ? "1 entry" : `${held.length} entries`;
    throw new UsageError(
      `Cannot save the run: ${path} must be empty, got ${count} (use --overwrite to replace a run there, or --resume to go on with it)`,
    );
  }
  const files = held.filter(({ name }) => RUN_FILES.some((file) => file === name));
  const odd = files.find((entry) => !entry.isFile);
  if (odd !== undefined) {
    throw new UsageError(`Cannot save the run: ${path}/${odd.name} must be a file to be replaced`);
  }
  if (files.length > 0 && !holdsRun(path)) {
    throw new UsageError(
      `Cannot save the run: ${path} must hold a run to be replaced, got a ${
        files[0]!.name
      } without a run's config.json`,
    );
  }
  // Whether files can be created is known only by creating one.
  Deno.removeSync(Deno.makeTempFileSync({ dir: path }));
  return files.length > 0;
}

/** Removes what is left of a run that did not get to replace another one. */
function clear(path: string): void {
  const held = [...Deno.readDirSync(path)].filter(({ name }) => name !== LOCK_FILE);
  const odd = held.find(({ name }) => !isLeftover(name) && !RUN_FILES.some((file) => file === name));
  if (odd !== undefined) {
    throw new UsageError(`Cannot save the run: ${path} must hold nothing but a run, got ${odd.name}`);
  }
  for (const { name } of held) Deno.removeSync(`${path}/${name}`);
}

function holdsRun(path: string): boolean {
  try {
    const config = readJsonFile(`${path}/config.json`);
    return typeof config === "object" && config !== null && "env" in config &&
      Object.keys(config).every(isSettingName);
  } catch {
    return false;
  }
}

/** The seconds of training that the last summary of a run tells of; 0 where there is none. */
function secondsOf(path: string): number {
  try {
    const { wall_seconds: seconds } = Object(readJsonFile(`${path}/summary.json`));
    return typeof seconds === "number" && seconds >= 0 && seconds < Infinity ? seconds : 0;
  } catch {
    return 0;
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot save the run: ${path} must be a folder that can be written, got: ${reason}`);
  }
}
