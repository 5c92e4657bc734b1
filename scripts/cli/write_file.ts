import { dirname } from "node:path";
import { reasonOf } from "../values/reason_of.ts";

/**
 * Writes a file under a temporary name, flushes it to disk, renames it, and flushes its folder: a crash leaves the old file
 * or the new one, and a loss of power after that the new one.
 *
 * @throws {Error} If it cannot be written.
 */
export function writeFile(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = temporaryName(path);
  try {
    const file = Deno.openSync(temporary, { write: true, create: true, truncate: true });
    try {
      for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
      file.syncSync();
    } finally {
      file.close();
    }
    Deno.renameSync(temporary, path);
    syncFolderOf(path);
  } catch (error) {
    throw failure(path, error);
  }
}

/**
 * The same, asynchronously: the process continues meanwhile.
 *
 * @throws {Error} If it cannot be written.
 */
export async function writeFileMeanwhile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const file = await Deno.open(temporary, { write: true, create: true, truncate: true });
    try {
      for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
    syncFolderOf(path);
  } catch (error) {
    throw failure(path, error);
  }
}

/** The name of a file until it is complete. */
export function temporaryName(path: string): string {
  return `${path}.tmp`;
}

function failure(path: string, error: unknown): Error {
  try {
    removeIfThere(temporaryName(path));
  } catch {
    // The first error is more informative.
  }
  return new Error(`Cannot save ${path}: ${reasonOf(error)}`);
}

/**
 * Flushes the folder of a path, so that files created, renamed or removed in it stay so. Does nothing if the system or the
 * permissions do not allow it.
 */
export function syncFolderOf(path: string): void {
  const folder = dirname(path);
  if (Deno.permissions.querySync({ name: "read", path: folder }).state !== "granted") return;
  try {
    using file = Deno.openSync(folder, { read: true });
    file.syncSync();
  } catch {
    // Windows cannot open folders, and some file systems cannot flush them.
  }
}

/**
 * Appends bytes to a file, which is created if it does not exist.
 *
 * @throws {Error} If it cannot be written; the file then keeps its old end.
 */
export function appendToFile(path: string, content: Uint8Array): void {
  let length: number | undefined;
  try {
    using file = Deno.openSync(path, { append: true, create: true });
    length = file.statSync().size;
    for (let written = 0; written < content.length;) written += file.writeSync(content.subarray(written));
  } catch (error) {
    try {
      if (length !== undefined) Deno.truncateSync(path, length);
    } catch {
      // The first error is more informative.
    }
    throw new Error(`Cannot save ${path}: ${reasonOf(error)}`);
  }
}

/** Removes a file if it exists. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
