import { readJsonFile } from "../cli/read_file.ts";
import { UsageError } from "../cli/usage_error.ts";
import { temporaryName } from "../cli/write_file.ts";
import { isSettingName } from "../settings/settings.ts";
import { INDEX_FILE, isIndex } from "./file_index.ts";
import { RUN_FILES } from "./run_file.ts";
import { LOCK_FILE } from "./run_lock.ts";

/** Files left by a process that was killed before its run began, besides those of a run. */
function isLeftover(path: string, name: string): boolean {
  if (name === INDEX_FILE) return isEmptyRun(path);
  return name === LOCK_FILE || RUN_FILES.some((file) => name === temporaryName(file));
}

/** Whether a folder has the index of a run, but not yet the run's first file. */
function isEmptyRun(path: string): boolean {
  try {
    const names = new Set([...Deno.readDirSync(path)].map(({ name }) => name));
    return isIndex(Deno.readTextFileSync(`${path}/${INDEX_FILE}`)) &&
      !RUN_FILES.slice(1).some((name) => names.has(name));
  } catch {
    return false;
  }
}

/**
 * Checks an existing folder.
 *
 * @param path The folder.
 * @param overwrite Whether a run that it holds may be replaced.
 * @returns Whether it holds one.
 * @throws {UsageError} If it holds anything that may not be replaced.
 */
export function holdsRunToReplace(path: string, overwrite: boolean): boolean {
  const held = [...Deno.readDirSync(path)].filter(({ name }) => !isLeftover(path, name));
  if (held.length > 0 && !overwrite) {
    const count = held.length === 1 ? "1 entry" : `${held.length} entries`;
    throw new UsageError(
      `Cannot save the run: ${path} must be empty, got ${count} (use --overwrite to replace a run there, or --resume to continue it)`,
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
  // The only way to know whether files can be created is to create one.
  Deno.removeSync(Deno.makeTempFileSync({ dir: path }));
  return files.length > 0;
}

/**
 * Removes the remains of a run that never replaced the other one.
 *
 * @throws {UsageError} If the folder holds anything else.
 */
export function clearRun(path: string): void {
  const held = [...Deno.readDirSync(path)].filter(({ name }) => name !== LOCK_FILE);
  const odd = held.find(({ name }) => !isLeftover(path, name) && !RUN_FILES.some((file) => file === name));
  if (odd !== undefined) {
    throw new UsageError(`Cannot save the run: ${path} must hold nothing but a run, got ${odd.name}`);
  }
  for (const { name } of held) Deno.removeSync(`${path}/${name}`);
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
