/**
 * The command that shows what a replay buffer holds: the shapes of a mini-batch, what sampling does to the order of experience,
 * and, with prioritized replay, what is drawn.
 *
 * ```sh
 * deno task train --agent random --steps 1000 --save-buffer random.safetensors
 * deno task replay random.safetensors
 * deno task replay runs/CartPole-v1/prioritized-dqn-seed0
 * deno run -R jsr:@bellman/dqn/replay random.safetensors --batch-size 64
 * ```
 *
 * @module
 */

import { randomStream } from "../agents/mod.ts";
import { Box, envIds, makeEnv } from "../envs/mod.ts";
import { type CommandLine, type Flag, isOn } from "./cli/command_line.ts";
import { countOf, flagValue } from "./cli/flag_value.ts";
import { integerOption, numberOption } from "./cli/option.ts";
import { print, printLine } from "./cli/print.ts";
import { textTable } from "./cli/table.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { batchColumns, shapeText } from "./replay/batch_columns.ts";
import { correlationText } from "./replay/correlation.ts";
import { newestRows } from "./replay/newest_rows.ts";
import { type PriorityRequest, type PriorityStudy, studyPriorities } from "./replay/priority_study.ts";
import { readReplay, type SavedReplay } from "./replay/read_replay.ts";
import { drawRows, studyReplay } from "./replay/replay_study.ts";
import { readCommand } from "./settings/read_command.ts";
import { OPTIONS } from "./settings/settings.ts";
import { counted } from "./values/counted.ts";

const FLAGS: readonly Flag[] = [
  { name: "--buffer-size", placeholder: "N", help: "only the newest transitions (default: all)" },
  { name: "--batch-size", placeholder: "N", help: "transitions of the mini-batch (default: 32)" },
  { name: "--alpha", placeholder: "X", help: "α of the draws by priority (default: the run's)" },
  { name: "--beta", placeholder: "X", help: "β of their importance weights, in [0, 1] (default: 1)" },
  { name: "--draws", placeholder: "N", help: "draws by priority (default: 3200)" },
  { name: "--seed", placeholder: "N", help: "seed of everything drawn (default: 0)" },
  { name: "--json", help: "print the numbers as JSON" },
];

/** The flags that only prioritized replay needs. */
const OF_PRIORITIES = ["alpha", "beta", "draws"] as const;

/** More draws would fill gigabytes. */
const MOST_DRAWS = 10_000_000;

/** Images have thousands of parts, which `--json` has all. */
const MOST_PARTS_SHOWN = 24;

/**
 * Shows what the replay buffer in a file, or in the checkpoint of a run, holds.
 *
 * @param args The arguments: the file or the run folder, and flags.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line, in the file or in the run folder is wrong.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/replay";
 *
 * await main(["random.safetensors", "--batch-size", "64"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "replay", { words: "BUFFER_OR_RUN" });
  if (line === undefined) return 0;
  const [path] = line.words;
  if (path === undefined || line.words.length > 1) {
    throw new UsageError(
      `Cannot show a replay buffer: one file or run folder must be given, got ${line.words.length}; see --help`,
    );
  }
  const size = flagValue(line, "buffer-size", integerOption(1, ""), Infinity);
  const batchSize = countOf(line, "batch-size", { min: 1, max: MOST_DRAWS }, 32);
  const seed = flagValue(line, "seed", integerOption(0, ""), 0);
  const drawing = {
    alpha: flagValue(line, "alpha", OPTIONS.priorityAlpha, undefined),
    beta: flagValue(line, "beta", numberOption({ min: 0, max: 1 }, ""), 1),
    draws: countOf(line, "draws", { min: 1, max: MOST_DRAWS }, 3200),
    seed,
  };
  const json = isOn(line, "json");

  const saved = await readReplay(path);
  const rows = newestRows(saved.rows, size);
  const held = rows.rewards.length;
  const { consecutive, sampled } = studyReplay(rows, seed);
  const columns = held < batchSize
    ? []
    : batchColumns(rows, drawRows(held, batchSize, randomStream(seed, "replay")));
  const correlations = partNames(saved).map((name, i) => ({
    name,
    consecutive: consecutive.correlations[i]!,
    sampled: sampled.correlations[i]!,
  }));
  const priorities = prioritiesIn(saved, line, path, drawing);
  if (json) {
    print(JSON.stringify(
      {
        env: saved.env ?? null,
        agent: saved.agent ?? null,
        transitions: held,
        saved: saved.rows.rewards.length,
        seed,
        batch: columns.map(({ name, shape }) => ({ name, shape })),
        correlations, // null where undefined
        ...(priorities === undefined ? {} : { priorities: jsonOf(priorities) }),
      },
      null,
      2,
    ));
    return 0;
  }
  const from = [saved.env, saved.agent].filter((name) => name !== undefined).map((name) => `${name}, `);
  const of = held < saved.rows.rewards.length
    ? `, the newest of ${saved.rows.rewards.length.toLocaleString("en")}`
    : "";
  printLine(`${from.join("")}${counted(held, "transition")}${of}`);
  print("");
  print(textTable(
    columns.length === 0
      ? [[`fewer transitions than a mini-batch of ${batchSize}`]]
      : [["mini-batch", "shape", "first row"], ...columns.map((c) => [c.name, shapeText(c.shape), c.first])],
  ));
  print(
    "\n" + textTable([
      ["correlation with the next one", "in the order of experience", "sampled at random"],
      ...correlations.slice(0, MOST_PARTS_SHOWN).map((row) => [
        row.name,
        correlationText(row.consecutive),
        correlationText(row.sampled),
      ]),
    ]),
  );
  const more = correlations.length - MOST_PARTS_SHOWN;
  if (more > 0) print(`and of ${more.toLocaleString("en")} others (--json has all)`);
  if (priorities !== undefined) print("\n" + prioritiesText(priorities));
  return 0;
}

/** The draws by priority; undefined if replay is uniform. */
function prioritiesIn(
  { priorities }: SavedReplay,
  line: CommandLine,
  path: string,
  drawing: Omit<PriorityRequest, "priorities" | "alpha"> & { alpha: number | undefined },
): Drawn | undefined {
  if (priorities === undefined) {
    const flag = OF_PRIORITIES.find((name) => line.values.has(name));
    if (flag === undefined) return undefined;
    throw new UsageError(
      `Cannot read the command line: --${flag} needs a run with prioritized replay, got ${path}`,
    );
  }
  const { values, alpha } = priorities;
  const request = { ...drawing, priorities: values, alpha: drawing.alpha ?? alpha };
  return { ...request, ...attempt(() => studyPriorities(request)) };
}

/** Draws by priority, and how they were made. */
type Drawn = PriorityRequest & PriorityStudy;

function jsonOf({ priorities, alpha, beta, draws, means, weights }: Drawn): Record<string, unknown> {
  return {
    slots: priorities.length,
    alpha,
    beta,
    draws,
    mean_uniform: means.uniform,
    mean_drawn: means.drawn,
    mean_weighted: means.weighted,
    weights,
  };
}

function prioritiesText({ priorities, alpha, beta, draws, means, weights: [least, most] }: Drawn): string {
  return `${counted(draws, "draw")} by priority from ${
    counted(priorities.length, "slot")
  }, α ${alpha}, β ${beta}\n\n` +
    textTable([
      ["", "mean |δ|"],
      ["every step once", means.uniform.toFixed(4)],
      ["the steps drawn", means.drawn.toFixed(4)],
      ["the steps drawn, with their weights", means.weighted.toFixed(4)],
    ]) + `\n\nimportance weights between ${least.toFixed(4)} and ${most.toFixed(4)}`;
}

/** The names of the parts of an observation: the environment's, if it is registered from the start, else their numbers. */
function partNames({ env, rows: { observations, rewards } }: SavedReplay): string[] {
  const length = observations.length / rewards.length;
  const space = env !== undefined && envIds().includes(env)
    ? makeEnv<string>(env).observationSpace
    : undefined;
  const names = space instanceof Box ? space.names : undefined;
  return Array.from(
    { length },
    (_, i) => names?.length === length ? names[i]! : `observation[${i}]`,
  );
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
