/**
 * Writes a file under a temporary name, flushes it to disk, and renames it: a crash leaves the old file or the new one.
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
  } catch (error) {
    throw failure(path, error);
  }
}

/**
 * The same, while the process goes on with other things.
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
  } catch (error) {
    throw failure(path, error);
  }
}

/** What a file is called before it is whole. */
export function temporaryName(path: string): string {
  return `${path}.tmp`;
}

function failure(path: string, error: unknown): Error {
  try {
    removeIfThere(temporaryName(path));
  } catch {
    // The first error says more.
  }
  return new Error(`Cannot save ${path}: ${error instanceof Error ? error.message : String(error)}`);
}

/**
 * Adds bytes to the end of a file; one that is not there begins with them.
 *
 * @throws {Error} If it cannot be written.
 */
export function appendToFile(path: string, content: Uint8Array): void {
  try {
    Deno.writeFileSync(path, content, { append: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot save ${path}: ${reason}`);
  }
}

/** Removes a file, if there is one. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
