/**
 * Compares the search that learns with random search, at equal numbers of trials: `deno task bench:search`. Ten searches of each
 * kind, with the seeds 0 to 9, in the search space of `deno task assignment` on MountainCar-v0 and in one of CartPole-v1. Budgets
 * are small, so that all of it takes minutes of one core. Both kinds begin with the same ten random trials. The best trial of each
 * search is trained again with three other seeds, since the best of many trials is partly luck.
 *
 * Runs are stored in `--out`; started again, it continues. It prints Markdown, or with `--json` every score.
 *
 * @module
 */

import { compareSearches, STUDIES } from "./bench/search_study.ts";
import { searchTable, winsText } from "./bench/compare_searches.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { countOf, refuseWords } from "./cli/flag_value.ts";
import { openOutput } from "./cli/output_folder.ts";
import { print, printError } from "./cli/print.ts";
import { exitCodeOf } from "./cli/usage_error.ts";
import { readCommand } from "./settings/read_command.ts";

const MOST_SEARCHES = 1_000;

const FLAGS: readonly Flag[] = [
  { name: "--searches", placeholder: "N", help: "searches of each kind (default: 10)" },
  { name: "--trials", placeholder: "N", help: "trials per search, more than 10 (default: 20)" },
  { name: "--out", placeholder: "DIR", help: "folder for the runs (default: benchmarks/search)" },
  { name: "--json", help: "print every score as JSON" },
  { name: "--quiet", help: "show no progress" },
];

/**
 * Runs the comparison that the command line describes.
 *
 * @param args The arguments.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line is wrong, or a file cannot be written.
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "bench:search");
  if (line === undefined) return 0;
  refuseWords(line);
  const searches = countOf(line, "searches", { min: 1, max: MOST_SEARCHES }, 10);
  const trials = countOf(line, "trials", { min: 11, max: MOST_SEARCHES }, 20);
  const [json, quiet] = [isOn(line, "json"), isOn(line, "quiet")];
  const folder = openOutput(line.values.get("out") ?? "benchmarks/search").path;
  const log = quiet ? () => {} : printError;
  const comparisons = await compareSearches(STUDIES, { searches, trials, folder, log });
  if (json) print(JSON.stringify(comparisons, null, 2));
  else {print(
      `${searchTable(comparisons, [Math.ceil((trials + 10) / 2), trials], 10)}\n\n${winsText(comparisons)}`,
    );}
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
