/**
 * The command that writes a report of runs: one HTML file with everything in it.
 *
 * ```sh
 * deno task report runs/CartPole-v1/dqn-seed0             # writes report.html into the folder
 * deno task report runs/CartPole-v1/* --out report.html   # compares runs
 * deno run -RW jsr:@bellman/dqn/report runs/CartPole-v1/dqn-seed0
 * ```
 *
 * @module
 */

import { printLine } from "./cli/print.ts";
import type { Flag } from "./cli/command_line.ts";
import { readCommand } from "./settings/read_command.ts";
import { readFile } from "./cli/read_file.ts";
import { reportHtml } from "./report/report_html.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { listInRun } from "./run_folder/list_in_run.ts";
import { readSavedRun, SAVED_FILES } from "./run_folder/saved_run.ts";
import { exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { writeFile } from "./cli/write_file.ts";
import { reasonOf } from "./values/reason_of.ts";

const FLAGS: readonly Flag[] = [
  {
    name: "--out",
    placeholder: "FILE",
    help: "file to write (default: report.html, in the run folder if only one is given)",
  },
];

/**
 * Writes the report: the best run's hyperparameters, rewards and animation first, then how it compares with
 * the others, then how it trained and how to repeat it.
 *
 * @param args The arguments: run folders and flags.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line or in a run folder is wrong, or the report cannot be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/report";
 *
 * await main(["runs/CartPole-v1/dqn-seed0"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "report", { words: "RUN…" });
  if (line === undefined) return 0;
  const [first] = line.words;
  if (first === undefined) {
    throw new UsageError("Cannot report: at least one run folder must be given, got 0; see --help");
  }
  const out = line.values.get("out") ?? (line.words.length === 1 ? `${first}/report.html` : "report.html");
  if (!/\.html?$/i.test(out)) throw new UsageError(`Cannot report: --out must end in .html, got ${out}`);
  const runs = line.words.map((folder) => ({ ...readSavedRun(folder), gif: gifOf(folder) }));
  const html = await reportHtml(runs);
  try {
    await listInRun(out, () => writeFile(out, html));
  } catch (error) {
    throw new UsageError(reasonOf(error));
  }
  for (const folder of new Set(line.words)) await warnOfFiles(folder, [...SAVED_FILES, "policy.gif"]);
  printLine(`saved in    ${out}`);
  return 0;
}

/** The animation that a run folder holds, if it does. */
function gifOf(folder: string): Uint8Array | undefined {
  const path = `${folder}/policy.gif`;
  try {
    Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
  }
  return readFile(path);
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
