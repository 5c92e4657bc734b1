import { attempt, UsageError } from "./usage_error.ts";
import { writeFile } from "./write_file.ts";
import { reasonOf } from "../values/reason_of.ts";

/** A folder for the results of a command. */
export interface Output {
  /** Its path, as the user would write it. */
  readonly path: string;
  /** Saves a file, replacing an older one of the same name. */
  save(name: string, content: string | Uint8Array): void;
}

/**
 * Makes sure that results can be saved before anything is computed.
 *
 * @param path The folder; created if it does not exist.
 * @throws {UsageError} If it cannot be created or written.
 */
export function openOutput(path: string): Output {
  attempt(() => {
    Deno.mkdirSync(path, { recursive: true });
    // The only way to know whether files can be created is to create one.
    Deno.removeSync(Deno.makeTempFileSync({ dir: path }));
  }, `Cannot save results: ${path} must be a writable folder, got: `);
  return { path, save: (name, content) => writeFile(`${path}/${name}`, content) };
}

/**
 * An empty folder for results, which is not created.
 *
 * @param out The folder that the user asked for, if any.
 * @param fallback The folder to take otherwise; `-2`, `-3`, … is added until the name is free.
 * @returns Its path.
 * @throws {UsageError} If the folder asked for is not empty.
 */
export function freeFolder(out: string | undefined, fallback: string): string {
  if (out !== undefined && entriesOf(out) > 0) {
    throw new UsageError(`Cannot save results: ${out} must be empty, got ${entriesOf(out)} entries`);
  }
  for (let i = 1;; i++) {
    const path = out ?? (i === 1 ? fallback : `${fallback}-${i}`);
    if (entriesOf(path) === 0) return path;
  }
}

/** Number of entries in a folder; 0 if it does not exist. */
function entriesOf(path: string): number {
  try {
    return [...Deno.readDirSync(path)].length;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw new UsageError(
      `Cannot save results: ${path} must be a writable folder, got: ${reasonOf(error)}`,
    );
  }
}
