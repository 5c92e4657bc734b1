/**
 * The command that draws the learning curves of runs.
 *
 * ```sh
 * deno task plot runs/CartPole-v1/dqn-seed*                      # writes curves.svg
 * deno task plot runs/CartPole-v1/* --x episode --smooth 50 --out curves.png
 * deno run -RW jsr:@bellman/dqn/plot runs/CartPole-v1/dqn-seed*
 * ```
 *
 * @module
 */

import { printLine } from "./cli/print.ts";
import type { Flag } from "./cli/command_line.ts";
import { flagValue } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { choiceOption, integerOption } from "./cli/option.ts";
import { loadRasterizer } from "./plots/rasterize.ts";
import { groupRuns } from "./run_folder/run_groups.ts";
import { AXES, plotSavedRuns } from "./plots/saved_curves.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { readSavedRun, SAVED_FILES } from "./run_folder/saved_run.ts";
import { stackSvgs } from "./plots/stack_svgs.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { writeFile } from "./cli/write_file.ts";

const FLAGS: readonly Flag[] = [
  {
    name: "--x",
    placeholder: AXES.join("|"),
    help:
      "horizontal axis; time is estimated as steps divided by the run's mean steps per second, since logs hold no times (default: step)",
  },
  {
    name: "--smooth",
    placeholder: "N",
    help: "episodes in the moving average of returns (default: a hundredth of them, from 20)",
  },
  { name: "--out", placeholder: "FILE", help: "picture to write, .svg or .png (default: curves.svg)" },
];

/**
 * Plots runs. Runs that differ only in their seeds become one curve with a band; each
 * environment has its own picture, one below another.
 *
 * @param args The arguments: run folders and flags.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line or in a run folder is wrong, or the picture cannot be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/plot";
 *
 * await main(["runs/CartPole-v1/dqn-seed0", "runs/CartPole-v1/dqn-seed1", "--x", "episode"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "plot", { words: "RUN…" });
  if (line === undefined) return 0;
  if (line.words.length === 0) {
    throw new UsageError("Cannot plot: at least one run folder must be given, got 0; see --help");
  }
  const axis = flagValue(line, "x", choiceOption(AXES, ""), "step");
  const smooth = flagValue(line, "smooth", integerOption(1, ""), undefined);
  const out = line.values.get("out") ?? "curves.svg";
  const ending = out.match(/\.(svg|png)$/i)?.[1]?.toLowerCase();
  if (ending === undefined) throw new UsageError(`Cannot plot: --out must end in .svg or .png, got ${out}`);

  const groups = groupRuns(line.words.map(readSavedRun));
  const pictures: string[] = [];
  for (const panel of Map.groupBy(groups, ({ env }) => env).values()) {
    pictures.push(await plotSavedRuns(panel, axis, smooth));
  }
  const svg = stackSvgs(pictures);
  const content = ending === "png" ? (await loadRasterizer(true)).png(svg, 2) : svg;
  attempt(() => writeFile(out, content));
  for (const folder of new Set(line.words)) await warnOfFiles(folder, SAVED_FILES);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  printLine(
    `saved in    ${out} (${count(line.words.length, "run")}, ${count(groups.length, "curve")})`,
  );
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
