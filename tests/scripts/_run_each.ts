// Runs a command of this repository with one line of arguments after the other, all in this process, and prints MARK after
// each, on stderr with the exit code: the command's name, then the lines as JSON.
import { exitCodeOf } from "../../scripts/cli/usage_error.ts";
import { main as assignment } from "../../scripts/assignment.ts";
import { main as benchmark } from "../../scripts/benchmark.ts";
import { main as evaluate } from "../../scripts/evaluate.ts";
import { main as exportPolicy } from "../../scripts/export.ts";
import { main as overestimation } from "../../scripts/overestimation.ts";
import { main as plot } from "../../scripts/plot.ts";
import { main as record } from "../../scripts/record.ts";
import { main as replay } from "../../scripts/replay.ts";
import { main as report } from "../../scripts/report.ts";
import { main as sweep } from "../../scripts/sweep.ts";
import { main as train } from "../../scripts/train.ts";
import { MARK } from "./_refusals.ts";

const COMMANDS = new Map<string, (args: readonly string[]) => number | Promise<number>>(
  Object.entries({
    assignment,
    benchmark,
    evaluate,
    export: exportPolicy,
    overestimation,
    plot,
    record,
    replay,
    report,
    sweep,
    train,
  }),
);

const [name, lines] = Deno.args;
const main = COMMANDS.get(name!)!;
const parsed: string[][] = JSON.parse(lines!);
for (const args of parsed) {
  const code = await exitCodeOf(() => main(args));
  console.log(MARK);
  console.error(code + MARK);
}
