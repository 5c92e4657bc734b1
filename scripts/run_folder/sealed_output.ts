import type { Output } from "../cli/output_folder.ts";
import { UsageError } from "../cli/usage_error.ts";
import { checkFiles, describe, readIndex, withoutIndex } from "./check_files.ts";
import { INDEX_FILE } from "./file_index.ts";
import { sealFolder } from "./sealed_folder.ts";

/**
 * Lists the files saved in a folder in an index.
 *
 * @param output The folder.
 * @returns A writer for the folder.
 * @throws {UsageError} If the folder has an index that is damaged.
 */
export function sealOutput(output: Output): Output {
  const { path } = output;
  const sealed = sealFolder(path, readIndex(path));
  return {
    path,
    save(name, content) {
      sealed.save([[name, content]]);
      sealed.settle();
    },
  };
}

/**
 * Makes sure that a file needed to resume is unchanged since it was saved.
 *
 * @param folder Its folder.
 * @param name Its name.
 * @returns A warning; undefined if the file is unchanged.
 * @throws {UsageError} If it was changed.
 */
export async function requireFile(folder: string, name: string): Promise<string | undefined> {
  const checks = await checkFiles(folder, [name], true);
  for (const check of checks ?? []) {
    if (check.state === "same") continue;
    throw new UsageError(
      `Cannot resume ${folder}: ${describe(folder, check)} (remove ${INDEX_FILE} to resume anyway)`,
    );
  }
  return checks === undefined ? withoutIndex(folder) : undefined;
}
