import { UsageError } from "./_usage_error.ts";
import { writeFile } from "./_write_file.ts";

/** A folder that a command leaves its results in. */
export interface Output {
  /** Its path, as the user would write it. */
  readonly path: string;
  /** Saves a file, in the place of an older one of this name. */
  save(name: string, content: string | Uint8Array): void;
}

/**
 * Makes sure that results can be saved before anything is computed.
 *
 * @param path The folder; made if it is not there.
 * @throws {UsageError} If it cannot be made or written.
 */
export function openOutput(path: string): Output {
  try {
    Deno.mkdirSync(path, { recursive: true });
    // Whether files can be created is known only by creating one.
    Deno.removeSync(Deno.makeTempFileSync({ dir: path }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot save results: ${path} must be a folder that can be written, got: ${reason}`);
  }
  return { path, save: (name, content) => writeFile(`${path}/${name}`, content) };
}
