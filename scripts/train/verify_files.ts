import { print, printLine } from "../cli/print.ts";
import { UsageError } from "../cli/usage_error.ts";
import { checkFiles } from "../run_folder/check_files.ts";
import { INDEX_FILE } from "../run_folder/file_index.ts";
import { LATE_FILES, RUN_FILES } from "../run_folder/run_file.ts";

/**
 * Compares the files of a folder with their index, and prints what was found.
 *
 * @param folder Of a run or a sweep.
 * @param options `json`, whether to print JSON; `quiet`, whether to print nothing.
 * @returns The exit code: 0 if all are unchanged, else 1.
 * @throws {UsageError} If there is no index, or a damaged one.
 */
export async function verifyFiles(
  folder: string,
  { json, quiet }: { json: boolean; quiet: boolean },
): Promise<number> {
  const isRun = isThere(`${folder}/config.json`);
  const files = await checkFiles(folder, isRun ? RUN_FILES.slice(1) : []);
  if (files === undefined) {
    throw new UsageError(`Cannot verify ${folder}: it must have the index ${INDEX_FILE}, got none`);
  }
  // Pictures, and the log for TensorBoard, are listed only once a run has ended.
  const mayBeUnlisted = (name: string) => LATE_FILES.some((late) => late === name);
  const different = files.filter(({ name, state }) =>
    state !== "same" && !(state === "unlisted" && mayBeUnlisted(name))
  );
  const others = new Set(different);
  if (json) print(JSON.stringify({ same: different.length === 0, files }, null, 2));
  else if (!quiet) {
    for (const file of files) {
      const { name, state, found } = file;
      const word = others.has(file) ? state.toUpperCase() : state;
      printLine(`${word.padEnd(11)}${name.padEnd(31)}${found ?? "nothing"}`);
    }
    const count = different.length === 0
      ? `same: all ${files.length}`
      : `DIFFERENT: ${different.length} of ${files.length}`;
    print(`\n${count} files of ${folder}`);
  }
  return different.length === 0 ? 0 : 1;
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
