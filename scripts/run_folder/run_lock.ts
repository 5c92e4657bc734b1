import { removeIfThere } from "../cli/write_file.ts";
import { UsageError } from "../cli/usage_error.ts";

/** The name of the file that is locked. */
export const LOCK_FILE = "run.lock";

/** The lock of a process on the folder of a run; the system releases it when the process ends. */
export interface RunLock {
  /** Seconds of training so far, as recorded by the previous holder of the lock; undefined if it recorded none. */
  readonly earlierSeconds: number | undefined;
  /** Records the seconds of training so far, in case this process is killed. */
  note(seconds: number): void;
  /** Releases the folder; the recorded seconds stay there if asked to. */
  release(keepNote: boolean): void;
}

/**
 * Locks the folder of a run.
 *
 * @param folder Its path; it must exist.
 * @returns The lock.
 * @throws {UsageError} If another process has locked it.
 */
export function lockRun(folder: string): RunLock {
  const path = `${folder}/${LOCK_FILE}`;
  while (true) {
    const file = Deno.openSync(path, { read: true, write: true, create: true });
    if (!file.tryLockSync(true)) {
      file.close();
      throw new UsageError(`Cannot save the run: ${folder} is in use by another process`);
    }
    // The previous holder may just have removed the file; then the lock is on a file that no longer exists.
    if (isAt(file, path)) return lockOf(file, path);
    file.close();
  }
}

function isAt(file: Deno.FsFile, path: string): boolean {
  try {
    return Deno.statSync(path).ino === file.statSync().ino;
  } catch {
    return false;
  }
}

function lockOf(file: Deno.FsFile, path: string): RunLock {
  const earlierSeconds = readNote(path);
  let hasNote = earlierSeconds !== undefined;
  return {
    earlierSeconds,
    note(seconds) {
      const bytes = new TextEncoder().encode(JSON.stringify({ wall_seconds: seconds }) + "\n");
      hasNote = true;
      file.truncateSync(0);
      file.seekSync(0, Deno.SeekMode.Start);
      file.writeSync(bytes);
    },
    release(keepNote) {
      try {
        if (!(keepNote && hasNote)) removeIfThere(path);
      } catch {
        // Without a lock, the file does no harm.
      }
      file.close();
    },
  };
}

/** The recorded seconds; any other content is ignored. */
function readNote(path: string): number | undefined {
  try {
    const { wall_seconds: seconds } = Object(JSON.parse(Deno.readTextFileSync(path)));
    return typeof seconds === "number" && seconds >= 0 && seconds < Infinity ? seconds : undefined;
  } catch {
    return undefined;
  }
}
