/**
 * The command that shows the reason for Double DQN: a maximum over noisy values is too large.
 *
 * ```sh
 * deno task overestimation                       # the lecture's two histograms, and DQN beside Double DQN
 * deno task overestimation --seeds 0             # the histograms alone
 * deno run -RW --allow-run jsr:@bellman/dqn/overestimation --seeds 10 --steps 50000
 * ```
 *
 * @module
 */

import { print } from "./cli/print.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { countOf, flagValue, MOST_SEEDS, workersOf } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { envName } from "./settings/env_name.ts";
import { namedEnv } from "./run_folder/env_source.ts";
import { loadEnv } from "./run_folder/load_env.ts";
import { plotMaximum } from "./overestimation/maximum_plot.ts";
import { meansOf, studyMaximum } from "./overestimation/maximum_study.ts";
import { integerOption, numberOption } from "./cli/option.ts";
import { openOutput } from "./cli/output_folder.ts";
import { MEASURED_ENV, measuredSettings, VALUE_AGENTS } from "./overestimation/measured_settings.ts";
import type { Settings } from "./settings/settings.ts";
import { textTable } from "./cli/table.ts";
import { tryToDraw } from "./plots/try_to_draw.ts";
import { exitCodeOf } from "./cli/usage_error.ts";
import {
  measureRuns,
  plotValues,
  type ValueRow,
  valueRows,
  valuesCsv,
} from "./overestimation/value_study.ts";

const FLAGS: readonly Flag[] = [
  { name: "--samples", placeholder: "N", help: "maxima to sample (default: 1000)" },
  { name: "--actions", placeholder: "N", help: "actions to take the maximum of, all worth 0 (default: 4)" },
  { name: "--noise", placeholder: "X", help: "standard deviation of an action's estimate (default: 1)" },
  {
    name: "--seed",
    placeholder: "N",
    help: "seed of the samples and first seed of the runs (default: 0)",
  },
  { name: "--seeds", placeholder: "N", help: "training runs each of DQN and Double DQN, or 0 (default: 5)" },
  { name: "--steps", placeholder: "N", help: "environment steps per run (default: 30000)" },
  { name: "--gamma", placeholder: "X", help: "discount, below 1 (default: the lecture's 0.98)" },
  { name: "--env", placeholder: "ID", help: "environment of the runs (default: CartPole-v1)" },
  { name: "--workers", placeholder: "N", help: "runs in parallel (default: one per core)" },
  { name: "--out", placeholder: "DIR", help: "folder for the pictures (default: runs/overestimation)" },
  { name: "--json", help: "print the numbers as JSON" },
  { name: "--quiet", help: "show no progress" },
];

/** More actions would only make the samples slow. */
const MOST_ACTIONS = 1_000;
/** More noise would leave the range of float64 at the tails. */
const MOST_NOISE = 1e6;

/**
 * Makes both studies.
 *
 * @param args The arguments.
 * @returns The exit code: 0, or 130 after Ctrl-C.
 * @throws {Error} If something on the command line is wrong, a run fails, or a file cannot be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/overestimation";
 *
 * await main(["--seeds", "0", "--out", "pictures"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "overestimation");
  if (line === undefined) return 0;
  const samples = countOf(line, "samples", { min: 1, max: MOST_SAMPLES }, 1_000);
  const seed = flagValue(line, "seed", integerOption(0, ""), 0);
  const seeds = countOf(line, "seeds", { min: 0, max: MOST_SEEDS }, 5);
  const workers = workersOf(line);
  const [json, quiet] = [isOn(line, "json"), isOn(line, "quiet")];
  const actions = countOf(line, "actions", { min: 1, max: MOST_ACTIONS }, 4);
  const noise = flagValue(line, "noise", numberOption({ min: 0, max: MOST_NOISE }, ""), 1);
  const named = line.values.get("env") ?? MEASURED_ENV;
  const { envSha256 } = await loadEnv({ env: envName(named), envSha256: null }, namedEnv(named));
  const settings = VALUE_AGENTS.flatMap((agent) =>
    Array.from(
      { length: seeds },
      (_, i) => ({ ...measuredSettings(agent, seed + i, line.values), envSha256 }),
    )
  );
  const output = openOutput(line.values.get("out") ?? "runs/overestimation");

  const study = studyMaximum({ samples, actions, noise, seed });
  const save = async (name: string, draw: () => Promise<string>) => {
    const svg = await tryToDraw(name, draw);
    if (svg !== undefined) output.save(name, svg);
  };
  await save("maximum.svg", () => plotMaximum(study));
  const means = meansOf(study);
  const maximum = { samples, actions, noise, seed, max_q: means.single, double_estimator: means.double };
  if (!json) {
    print(
      `largest of ${actions} zeros with noise ${noise}, ${
        samples.toLocaleString("en")
      } samples, seed ${seed}\n`,
    );
    print(textTable([
      ["estimate", "mean", "true value"],
      ["max Q(a)", means.single.toFixed(3), "0"],
      ["Q′(argmax Q(a))", means.double.toFixed(3), "0"],
    ]));
  }
  const [first] = settings;
  const runs = first === undefined ? [] : await measureRuns(settings, workers, json || quiet);
  if (runs === undefined) return 130;
  const values = valueRows(runs);
  if (first !== undefined) {
    output.save("values.csv", valuesCsv(runs));
    await save("values.svg", () => plotValues(first, runs));
  }
  if (json) print(JSON.stringify({ maximum, values, saved_in: output.path }, null, 2));
  else {
    if (first !== undefined) print("\n" + valuesText(first, values, seeds));
    print(`\nsaved in ${output.path}`);
  }
  return 0;
}

/** More samples would fill gigabytes. */
const MOST_SAMPLES = 10_000_000;

function valuesText(settings: Settings, rows: readonly ValueRow[], seeds: number): string {
  const lasts = VALUE_AGENTS.map((agent) => rows.findLast((row) => row.agent === agent)!);
  const { step } = lasts[0]!;
  const heading = `${settings.env} after ${step.toLocaleString("en")} steps, mean of ${seeds} ${
    seeds === 1 ? "seed" : "seeds"
  }, γ = ${settings.gamma}`;
  return `${heading}\n\n` + textTable([
    ["agent", "predicted", "obtained", "excess", "95 % interval"],
    ...lasts.map((row) => [
      row.agent,
      row.predicted.toFixed(1),
      row.obtained.toFixed(1),
      row.excess.toFixed(1),
      `${row.excess_low.toFixed(1)} to ${row.excess_high.toFixed(1)}`,
    ]),
  ]);
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
