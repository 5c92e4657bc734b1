import { UsageError } from "./_usage_error.ts";

/** Every file that a run may leave in its folder. */
export const RUN_FILES = [
  "config.json",
  "episodes.csv",
  "evaluations.csv",
  "summary.json",
  "policy.safetensors",
  "reward.svg",
] as const;
/** A name of {@linkcode RUN_FILES}. */
export type RunFile = typeof RUN_FILES[number];

/** A folder that belongs to one run. */
export interface RunFolder {
  /** Its path, as the user would write it. */
  readonly path: string;
  /** Writes one file of the run: the old content stays until the new one is on disk. */
  write(name: RunFile, content: string | Uint8Array): void;
}

/**
 * Takes a folder for a run.
 *
 * @param wish `out`, the folder the user asked for, else a free name below `runs/` is taken; `overwrite`, whether a folder
 * that holds something may be used.
 * @param fallback The folder to take when the user asked for none; `-2`, `-3`, … is added until the name is free.
 * @returns The folder, created.
 * @throws {UsageError} If the folder cannot be created, or holds something and may not be overwritten.
 */
export function takeRunFolder(wish: { out?: string; overwrite: boolean }, fallback: string): RunFolder {
  const path = wish.out ?? createFree(fallback);
  if (wish.out !== undefined) createAsked(path, wish.overwrite);
  return { path, write: (name, content) => writeAtOnce(`${path}/${name}`, content) };
}

function createFree(name: string): string {
  return attempt(name, () => {
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
  });
}

function createAsked(path: string, overwrite: boolean): void {
  attempt(path, () => {
    Deno.mkdirSync(path, { recursive: true });
    const held = [...Deno.readDirSync(path)];
    if (held.length > 0 && !overwrite) {
      throw new UsageError(
        `Cannot save the run: ${path} must be empty, got ${held.length} ${
          held.length === 1 ? "entry" : "entries"
        } (use --overwrite to replace a run there)`,
      );
    }
    // Whether files can be created is known only by creating one.
    const probe = `${path}/.write-test`;
    Deno.writeTextFileSync(probe, "");
    Deno.removeSync(probe);
    for (const { name } of held) {
      if (RUN_FILES.some((file) => file === name)) Deno.removeSync(`${path}/${name}`);
    }
  });
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

function writeAtOnce(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = `${path}.tmp`;
  const file = Deno.openSync(temporary, { write: true, create: true, truncate: true });
  try {
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
    file.syncSync();
  } finally {
    file.close();
  }
  Deno.renameSync(temporary, path);
}
