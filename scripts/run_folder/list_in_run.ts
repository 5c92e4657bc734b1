import { type FileIndex, INDEX_FILE } from "./file_index.ts";
import { readIndex } from "./check_files.ts";
import { RUN_FILES } from "./run_file.ts";
import { lockRun, type RunLock } from "./run_lock.ts";
import { sealFolder } from "./sealed_folder.ts";

/**
 * Writes a file; if it belongs to the run folder that contains it, the folder's index lists it afterwards.
 *
 * @param path Where.
 * @param write Writes it.
 * @throws {Error} If `write` throws, or the index cannot be written.
 */
export async function listInRun(path: string, write: () => void | Promise<void>): Promise<void> {
  const [, folder = ".", file = path] = path.match(/^(.*)[/\\]([^/\\]*)$/) ?? [];
  const name = RUN_FILES.find((known) => known === file && known !== INDEX_FILE);
  const index = name === undefined ? undefined : indexOf(folder);
  const lock = index === undefined ? undefined : lockOf(folder);
  try {
    if (name === undefined || index === undefined || lock === undefined) return await write();
    const sealed = sealFolder(folder, index);
    sealed.leaveOut([name]);
    await write();
    sealed.settle([name]);
  } finally {
    lock?.release(true);
  }
}

/** A damaged index is left unchanged. */
function indexOf(folder: string): FileIndex | undefined {
  try {
    return readIndex(folder);
  } catch {
    return undefined;
  }
}

/** During a run, its own process writes the index, and lists the file at the end. */
function lockOf(folder: string): RunLock | undefined {
  try {
    return lockRun(folder);
  } catch {
    return undefined;
  }
}
