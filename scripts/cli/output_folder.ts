import { attempt, UsageError } from "./usage_error.ts";
import { writeFile } from "./write_file.ts";
import { reasonOf } from "../values/reason_of.ts";

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
  attempt(() => {
    Deno.mkdirSync(path, { recursive: true });
    // Whether files can be created is known only by creating one.
    Deno.removeSync(Deno.makeTempFileSync({ dir: path }));
  }, `Cannot save results: ${path} must be a folder that can be written, got: `);
  return { path, save: (name, content) => writeFile(`${path}/${name}`, content) };
}

/**
 * Takes a folder that holds nothing yet.
 *
 * @param out The folder that the user asked for, if any.
 * @param fallback The folder to take otherwise; `-2`, `-3`, … is added until the name is free.
 * @throws {UsageError} If it holds something, or cannot be made or written.
 */
export function takeFreeFolder(out: string | undefined, fallback: string): Output {
  return openOutput(freeFolder(out, fallback));
}

/**
 * The folder that {@linkcode takeFreeFolder} takes, which it leaves as it is.
 *
 * @param out The folder that the user asked for, if any.
 * @param fallback The folder to take otherwise; `-2`, `-3`, … is added until the name is free.
 * @returns Its path.
 * @throws {UsageError} If the folder asked for holds something.
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

/** Number of entries in a folder, 0 if there is none. */
function entriesOf(path: string): number {
  try {
    return [...Deno.readDirSync(path)].length;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw new UsageError(
      `Cannot save results: ${path} must be a folder that can be written, got: ${reasonOf(error)}`,
    );
  }
}
