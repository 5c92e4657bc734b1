import { printError } from "../cli/print.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import { sealMeanwhile } from "../run/seal.ts";
import { decodeIndex, type FileIndex, INDEX_FILE, NOTHING } from "./file_index.ts";
import { reasonOf } from "../values/reason_of.ts";

/** What became of a file since it was saved; `unlisted` if its folder's index does not know it. */
export type FileState = "same" | "changed" | "missing" | "unlisted";

/** A file, and what the index of its folder says about it. */
export interface FileCheck {
  /** Within the folder. */
  readonly name: string;
  /** What became of it. */
  readonly state: FileState;
  /** The SHA-256 in the index; null if it does not list the file. */
  readonly recorded: string | null;
  /** The SHA-256 of what lies there; null if nothing does. */
  readonly found: string | null;
}

/** How often files are read again that do not fit: a run in progress may have saved others meanwhile. */
const ATTEMPTS = 3;

/**
 * Compares files with the index of their folder.
 *
 * @param folder Its path.
 * @param names Files to look at, beside those in the index.
 * @param onlyThese Whether those in the index but not in `names` are passed over.
 * @returns One entry per file that is there or ought to be; undefined if the folder has no index.
 * @throws {UsageError} If the index is damaged, or a file cannot be read.
 */
export async function checkFiles(
  folder: string,
  names: readonly string[],
  onlyThese = false,
): Promise<FileCheck[] | undefined> {
  let checks: FileCheck[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const index = readIndex(folder);
    if (index === undefined) return undefined;
    const all = onlyThese ? names : [...new Set([...index.keys(), ...names])].sort();
    checks = [];
    for (const name of all) {
      const check = await checkFile(folder, name, index.get(name));
      if (check !== undefined) checks.push(check);
    }
    if (checks.every(({ state }) => state === "same")) break;
  }
  return checks;
}

async function checkFile(
  folder: string,
  name: string,
  possible: readonly string[] | undefined,
): Promise<FileCheck | undefined> {
  const bytes = readIfThere(`${folder}/${name}`);
  const found = bytes === undefined ? null : await sealMeanwhile(bytes);
  if (possible === undefined) {
    return found === null ? undefined : { name, state: "unlisted", recorded: null, found };
  }
  const recorded = possible[0]!;
  if (possible.includes(found ?? NOTHING)) {
    return found === null ? undefined : { name, state: "same", recorded: found, found };
  }
  return { name, state: found === null ? "missing" : "changed", recorded, found };
}

/**
 * Reads the index of a folder.
 *
 * @param folder Its path.
 * @returns What it says; undefined if there is none.
 * @throws {UsageError} If it is damaged, or cannot be read.
 */
export function readIndex(folder: string): FileIndex | undefined {
  const path = `${folder}/${INDEX_FILE}`;
  const bytes = readIfThere(path);
  if (bytes === undefined) return undefined;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return attempt(() => decodeIndex(decoder.decode(bytes)), `Cannot read ${path}: `);
}

function readIfThere(path: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new UsageError(`Cannot read ${path}: ${reasonOf(error)}`);
  }
}

/**
 * Says on stderr which files of a folder are not what its index says.
 *
 * @param folder Its path.
 * @param names Files that are about to be read.
 */
export async function warnOfFiles(folder: string, names: readonly string[]): Promise<void> {
  let checks: FileCheck[] | undefined;
  try {
    checks = await checkFiles(folder, names, true);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    printError(`warning: ${error.message}`);
    return;
  }
  if (checks === undefined) {
    if (names.some((name) => isThere(`${folder}/${name}`))) {
      printError(`warning: ${withoutIndex(folder)}`);
    }
    return;
  }
  for (const check of checks) {
    if (check.state !== "same") printError(`warning: ${describe(folder, check)}`);
  }
}

/** What is to be said of a folder that has no index. */
export function withoutIndex(folder: string): string {
  return `${folder} has no ${INDEX_FILE}, so nothing tells whether its files were changed`;
}

/**
 * Takes files as they are, where nothing tells how they were saved.
 *
 * @param folder Their folder.
 * @param names Any.
 * @returns One entry per file that is there.
 * @throws {UsageError} If one cannot be read.
 */
export async function listFiles(folder: string, names: readonly string[]): Promise<FileCheck[]> {
  const checks = await Promise.all(names.map((name) => checkFile(folder, name, undefined)));
  return checks.filter((check) => check !== undefined);
}

/** What is wrong with a file. */
export function describe(folder: string, { name, state }: FileCheck): string {
  const what = {
    same: "is as it was saved",
    changed: `has changed since it was saved, as ${INDEX_FILE} shows`,
    missing: `is missing, though ${INDEX_FILE} lists it`,
    unlisted: `is not listed in ${INDEX_FILE}`,
  };
  return `${folder}/${name} ${what[state]}`;
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
