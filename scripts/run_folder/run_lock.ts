import { removeIfThere } from "../cli/write_file.ts";
import { UsageError } from "../cli/usage_error.ts";

/** The name of the file that is locked. */
export const LOCK_FILE = "run.lock";

/** The hold of one process on the folder of a run; the system ends it with the process, however that ends. */
export interface RunLock {
  /** Seconds of training so far, as whoever held the lock before has noted them; undefined if nobody has. */
  readonly earlierSeconds: number | undefined;
  /** Notes the seconds of training so far, for the case that this process is killed. */
  note(seconds: number): void;
  /** Gives the folder back; a note stays there if it is to. */
  release(keepNote: boolean): void;
}

/**
 * Takes hold of the folder of a run.
 *
 * @param folder Its path; it must exist.
 * @returns The lock.
 * @throws {UsageError} If another process has it.
 */
export function lockRun(folder: string): RunLock {
  const path = `${folder}/${LOCK_FILE}`;
  while (true) {
    const file = Deno.openSync(path, { read: true, write: true, create: true });
    if (!file.tryLockSync(true)) {
      file.close();
      throw new UsageError(`Cannot save the run: ${folder} is in use by another process`);
    }
    // Whoever had it may have removed the file just before: then the lock is on nothing.
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
        // Unlocked it does no harm.
      }
      file.close();
    },
  };
}

/** What was noted; whatever else stands there counts as nothing. */
function readNote(path: string): number | undefined {
  try {
    const { wall_seconds: seconds } = Object(JSON.parse(Deno.readTextFileSync(path)));
    return typeof seconds === "number" && seconds >= 0 && seconds < Infinity ? seconds : undefined;
  } catch {
    return undefined;
  }
}
