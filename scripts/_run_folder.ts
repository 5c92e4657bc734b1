import { readJsonFile } from "./_read_file.ts";
import { isSettingName } from "./_settings.ts";
import { UsageError } from "./_usage_error.ts";
import { appendToFile, removeIfThere, writeFile } from "./_write_file.ts";

/** Every file that a run may leave in its folder. */
export const RUN_FILES = [
  "config.json",
  "episodes.csv",
  "evaluations.csv",
  "summary.json",
  "policy.safetensors",
  "policy.onnx",
  "q_table.csv",
  "q_table.svg",
  "reward.svg",
  "policy.gif",
  "policy.svg",
  "policy.mp4",
  "state.svg",
  "report.html",
  "events.out.tfevents.0.bellman",
] as const;
/** A name of {@linkcode RUN_FILES}. */
export type RunFile = typeof RUN_FILES[number];

/** A folder that belongs to one run. */
export interface RunFolder {
  /** Its path, as the user would write it. */
  readonly path: string;
  /** Saves one file of the run: the old content stays until the new one is on disk. */
  save(name: RunFile, content: string | Uint8Array): void;
  /** Adds to the end of a file of this run, for those who watch it grow. */
  append(name: RunFile, content: Uint8Array): void;
  /** Ends the run: where it replaces another one, the old run gives way only now. More may be saved afterwards. */
  finish(): void;
}

/**
 * Takes a folder for a run.
 *
 * @param wish `out`, the folder the user asked for, if any; `overwrite`, whether a run that it holds may be replaced.
 * @param fallback The folder to take when the user asked for none; `-2`, `-3`, … is added until the name is free.
 * @returns The folder, created.
 * @throws {UsageError} If the folder cannot be created or written, or holds what may not be replaced.
 */
export function takeRunFolder(wish: { out?: string; overwrite: boolean }, fallback: string): RunFolder {
  const { out, overwrite } = wish;
  if (out === undefined) return freshFolder(attempt(fallback, () => createFree(fallback)));
  return attempt(out, () => createAsked(out, overwrite)) ? replacingFolder(out) : freshFolder(out);
}

/** A folder without a run: files are saved at once. */
function freshFolder(path: string): RunFolder {
  return {
    path,
    save: (name, content) => writeFile(`${path}/${name}`, content),
    append: (name, content) => appendToFile(`${path}/${name}`, content),
    finish: () => {},
  };
}

/** A folder with another run: files wait until the new one has ended. */
function replacingFolder(path: string): RunFolder {
  const waiting = new Map<RunFile, string | Uint8Array>();
  const growing = new Map<RunFile, Uint8Array[]>();
  let ended = false;
  return {
    path,
    save(name, content) {
      if (ended) writeFile(`${path}/${name}`, content);
      else waiting.set(name, content);
    },
    append(name, content) {
      growing.set(name, [...growing.get(name) ?? [], content]);
    },
    finish() {
      ended = true;
      for (const [name, parts] of growing) {
        waiting.set(name, Uint8Array.from(parts.flatMap((part) => [...part])));
      }
      for (const name of RUN_FILES) if (!waiting.has(name)) removeIfThere(`${path}/${name}`);
      for (const [name, content] of waiting) writeFile(`${path}/${name}`, content);
    },
  };
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

/** Creates a folder, or checks the one that is there; returns whether it holds a run to replace. */
function createAsked(path: string, overwrite: boolean): boolean {
  Deno.mkdirSync(path, { recursive: true });
  const held = [...Deno.readDirSync(path)];
  if (held.length > 0 && !overwrite) {
    const count = held.length === 1 ? "1 entry" : `${held.length} entries`;
    throw new UsageError(
      `Cannot save the run: ${path} must be empty, got ${count} (use --overwrite to replace a run there)`,
    );
  }
  const files = held.filter(({ name }) => RUN_FILES.some((file) => file === name));
  const odd = files.find((entry) => !entry.isFile);
  if (odd !== undefined) {
    throw new UsageError(`Cannot save the run: ${path}/${odd.name} must be a file to be replaced`);
  }
  if (files.length > 0 && !holdsRun(path)) {
    throw new UsageError(
      `Cannot save the run: ${path} must hold a run to be replaced, got a ${
        files[0]!.name
      } without a run's config.json`,
    );
  }
  // Whether files can be created is known only by creating one.
  Deno.removeSync(Deno.makeTempFileSync({ dir: path }));
  return files.length > 0;
}

function holdsRun(path: string): boolean {
  try {
    const config = readJsonFile(`${path}/config.json`);
    return typeof config === "object" && config !== null && "env" in config &&
      Object.keys(config).every(isSettingName);
  } catch {
    return false;
  }
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
