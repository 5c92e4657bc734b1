import type { Output } from "../cli/output_folder.ts";
import { UsageError } from "../cli/usage_error.ts";
import { checkFiles, describe, readIndex, withoutIndex } from "./check_files.ts";
import { INDEX_FILE } from "./file_index.ts";
import { sealFolder } from "./sealed_folder.ts";

/**
 * Has an index list what is saved in a folder.
 *
 * @param output The folder.
 * @returns What saves there.
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
 * Makes sure that a file that decides how something goes on is what was saved.
 *
 * @param folder Where it lies.
 * @param name Its name.
 * @returns What to warn of; undefined if all is well.
 * @throws {UsageError} If it was changed.
 */
export async function requireFile(folder: string, name: string): Promise<string | undefined> {
  const checks = await checkFiles(folder, [name], true);
  for (const check of checks ?? []) {
    if (check.state === "same") continue;
    throw new UsageError(
      `Cannot resume ${folder}: ${describe(folder, check)} (remove ${INDEX_FILE} to go on all the same)`,
    );
  }
  return checks === undefined ? withoutIndex(folder) : undefined;
}
