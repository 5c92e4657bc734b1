import { printError } from "../cli/print.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import { sealMeanwhile } from "../run/seal.ts";
import { decodeIndex, type FileIndex, INDEX_FILE, NOTHING } from "./file_index.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The state of a file compared with its folder's index; `unlisted` if the index does not list it. */
export type FileState = "same" | "changed" | "missing" | "unlisted";

/** A file compared with the index of its folder. */
export interface FileCheck {
  /** Its name within the folder. */
  readonly name: string;
  /** The result of the comparison. */
  readonly state: FileState;
  /** The SHA-256 in the index; null if it does not list the file. */
  readonly recorded: string | null;
  /** The SHA-256 of the file; null if it does not exist. */
  readonly found: string | null;
}

/** How often files that do not match are read again: a run in progress may have saved new ones meanwhile. */
const ATTEMPTS = 3;

/**
 * Compares files with the index of their folder.
 *
 * @param folder Its path.
 * @param names Files to check, besides those in the index.
 * @param onlyThese Whether to skip files in the index that are not in `names`.
 * @returns One entry per file that exists or should exist; undefined if the folder has no index.
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
 * @returns Its content; undefined if there is no index.
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
 * Warns on stderr about files of a folder that do not match its index.
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

/** The warning about a folder without an index. */
export function withoutIndex(folder: string): string {
  return `${folder} has no ${INDEX_FILE}, so changes of its files cannot be detected`;
}

/**
 * Lists files of a folder without an index.
 *
 * @param folder Their folder.
 * @param names Any.
 * @returns One entry per file that exists.
 * @throws {UsageError} If one cannot be read.
 */
export async function listFiles(folder: string, names: readonly string[]): Promise<FileCheck[]> {
  const checks = await Promise.all(names.map((name) => checkFile(folder, name, undefined)));
  return checks.filter((check) => check !== undefined);
}

/** The result of a comparison as text. */
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
