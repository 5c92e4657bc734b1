import { readJsonFile } from "../cli/read_file.ts";
import { readIndex } from "./check_files.ts";
import { movedConfig } from "./config_json.ts";
import { lockRun, type RunLock } from "./run_lock.ts";
import { clearRun, holdsRunToReplace } from "./replaceable_run.ts";
import { UsageError } from "../cli/usage_error.ts";
import { appendToFile, removeIfThere, syncFolderOf, temporaryName, writeFile } from "../cli/write_file.ts";
import type { FileIndex } from "./file_index.ts";
import { DRAWN_FILES, LATE_FILES, RUN_FILES, type RunFile } from "./run_file.ts";
import { type NamedFile, sealFolder } from "./sealed_folder.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The subfolder of a run until it replaces the run in the folder. */
const NEW_RUN = "new-run";

/** A folder that belongs to one run, and to this process while it trains. */
export interface RunFolder {
  /** Its path, as the user would write it. */
  readonly path: string;
  /** Seconds of training before this process. */
  readonly earlierSeconds: number;
  /** Saves files of the run and lists them in its index; the old content of each stays until the new one is on disk. */
  save(...files: NamedFile<RunFile>[]): void;
  /** The same, asynchronously. */
  saveMeanwhile(name: RunFile, content: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Appends to a file of this run, for programs that follow it. */
  append(name: RunFile, content: Uint8Array): void;
  /** Records the seconds of training so far, in case this process is killed. */
  note(seconds: number): void;
  /** Ends the run: a run that it replaces is removed only now. More files may be saved afterwards. */
  finish(): void;
  /** Releases the folder. */
  close(): void;
}

/**
 * Takes a folder for a run.
 *
 * @param wish `out`, the folder the user asked for, if any; `overwrite`, whether a run that it holds may be replaced.
 * @param fallback The folder to take when the user asked for none; `-2`, `-3`, … is added until the name is free.
 * @returns The folder, created.
 * @throws {UsageError} If the folder cannot be created or written, is in use, or holds files that may not be replaced.
 */
export function takeRunFolder(wish: { out?: string; overwrite: boolean }, fallback: string): RunFolder {
  const { out, overwrite } = wish;
  return attempt(out ?? fallback, () => {
    if (out === undefined) {
      const path = createFree(fallback);
      syncFolderOf(path);
      return ownFolder(path, lockRun(path));
    }
    Deno.mkdirSync(out, { recursive: true });
    syncFolderOf(out);
    return withLock(
      out,
      (lock) => holdsRunToReplace(out, overwrite) ? replacingFolder(out, lock) : ownFolder(out, lock),
    );
  });
}

/**
 * Takes the folder of a run to resume.
 *
 * @param path The folder.
 * @param check What must hold; called once no other process can change the folder, before anything in it is changed. Gives what lies
 * in the folder, and anything else.
 * @returns The folder, and what `check` gave.
 * @throws {UsageError} If the folder cannot be written or is in use.
 */
export async function retakeRunFolder<T>(
  path: string,
  check: () => Promise<{ index: FileIndex; checked: T }>,
): Promise<{ folder: RunFolder; checked: T }> {
  const lock = attempt(path, () => lockRun(path));
  try {
    const { index, checked } = await check();
    const earlier = lock.earlierSeconds ?? secondsOf(path);
    const folder = attempt(path, () => {
      for (const name of RUN_FILES) removeIfThere(temporaryName(`${path}/${name}`));
      const folder = ownFolder(path, lock, { earlierSeconds: earlier, index });
      for (const name of DRAWN_FILES) removeIfThere(`${path}/${name}`);
      return folder;
    });
    return { folder, checked };
  } catch (error) {
    lock.release(true);
    throw error;
  }
}

/** A folder without another run: files are saved directly. */
function ownFolder(
  path: string,
  lock: RunLock,
  { earlierSeconds = 0, index = new Map() }: { earlierSeconds?: number; index?: FileIndex } = {},
): RunFolder {
  let hasEnded = false;
  const sealed = sealFolder<RunFile>(path, index);
  if (index.size > 0) sealed.leaveOut(LATE_FILES);
  return {
    path,
    earlierSeconds,
    save(...files) {
      sealed.save(files.filter(([name]) => !LATE_FILES.includes(name)));
      for (const [name, content] of files) {
        if (LATE_FILES.includes(name)) writeFile(`${path}/${name}`, content);
      }
    },
    saveMeanwhile: (name, content) => sealed.saveMeanwhile(name, content),
    append: (name, content) => appendToFile(`${path}/${name}`, content),
    note: (seconds) => lock.note(seconds),
    finish() {
      hasEnded = true;
      sealed.settle();
    },
    close() {
      try {
        sealed.settle(LATE_FILES);
      } catch {
        // The index is then older than the pictures, and does not list them.
      }
      lock.release(!hasEnded);
    },
  };
}

/** A folder with another run: the new run is in a subfolder, where it can be resumed, until it has ended. */
function replacingFolder(path: string, lock: RunLock): RunFolder {
  const within = `${path}/${NEW_RUN}`;
  Deno.mkdirSync(within, { recursive: true });
  const inner = withLock(within, (innerLock) => {
    clearRun(within);
    return ownFolder(within, innerLock);
  });
  let outer: RunFolder | undefined;
  const current = () => outer ?? inner;
  return {
    path,
    earlierSeconds: 0,
    save: (...files) =>
      current().save(
        ...files.map(([name, content]): NamedFile<RunFile> =>
          outer === undefined && name === "config.json" && typeof content === "string"
            ? [name, movedConfig(content, path, within)]
            : [name, content]
        ),
      ),
    saveMeanwhile: (name, content) => current().saveMeanwhile(name, content),
    append: (name, content) => current().append(name, content),
    note: (seconds) => current().note(seconds),
    finish() {
      const config = `${within}/config.json`;
      const moved = movedConfig(Deno.readTextFileSync(config), within, path);
      if (moved !== Deno.readTextFileSync(config)) inner.save(["config.json", moved]);
      inner.finish();
      const index = readIndex(within) ?? new Map();
      const names = new Set([...Deno.readDirSync(within)].map(({ name }) => name));
      // The index is moved first, so that an unfinished replacement shows which files are missing.
      for (const name of RUN_FILES) {
        if (names.has(name)) Deno.renameSync(`${within}/${name}`, `${path}/${name}`);
        else removeIfThere(`${path}/${name}`);
      }
      inner.close();
      Deno.removeSync(within);
      syncFolderOf(within);
      outer = ownFolder(path, lock, { index });
      outer.finish();
    },
    close() {
      if (outer !== undefined) return outer.close();
      inner.close();
      lock.release(false); // No seconds were recorded of the run that stays.
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

/** The seconds of training in the last summary of a run; 0 without a summary. */
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
    throw new UsageError(
      `Cannot save the run: ${path} must be a writable folder, got: ${reasonOf(error)}`,
    );
  }
}
