import type { CommandLine, Flag } from "../cli/command_line.ts";
import { readSettings, SETTING_FLAGS } from "../settings/read_settings.ts";
import { countOf, flagValue, MOST_SEEDS } from "../cli/flag_value.ts";
import { choiceOption, integerOption, optional } from "../cli/option.ts";
import { VERSION } from "../values/package.ts";
import { type EnvSource, envSourceOf } from "../run_folder/env_source.ts";
import { loadEnv, requireKnownEnv } from "../run_folder/load_env.ts";
import { prepareRun } from "../run/run.ts";
import { AGENT_FAMILIES } from "../settings/agent_families.ts";
import { familyOf } from "../settings/agents.ts";
import { flagName, flagOf, SETTING_NAMES } from "../settings/settings.ts";
import { isChangeable, requireUsed } from "../settings/used_settings.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import { gridTrials, randomTrials } from "./sample_trials.ts";
import { parseSpace, readSpace } from "./search_space.ts";
import { RANDOM_TRIALS } from "./next_trials.ts";
import {
  checkTrials,
  PRUNINGS,
  runSettings,
  SAMPLINGS,
  type SweepPlan,
  trialFlags,
  usefulRungs,
} from "./sweep_plan.ts";

const MOST_TRIALS = 100_000;
/** The most runs in one rung. */
const MOST_RUNS = 1_000_000;
/** The most trials of a search that learns, which compares each with all before it. */
const MOST_TPE_TRIALS = 10_000;

/** The flags that determine a sweep, besides those of `train`. */
export const PLAN_FLAGS: readonly Flag[] = [
  { name: "--trials", placeholder: "N", help: "trials to draw (default: 20; a grid has its own number)" },
  { name: "--seeds", placeholder: "N", help: "runs per trial, with seeds from --seed up (default: 3)" },
  {
    name: "--search",
    placeholder: "NAME=…",
    help:
      `a setting to search, repeatable: log:LOW:HIGH, lin:LOW:HIGH, int:LOW:HIGH, or VALUE|VALUE|… (default: ${
        AGENT_FAMILIES.network.searchSpace.join(" ")
      }; for q-learning: ${AGENT_FAMILIES.table.searchSpace.join(" ")})`,
    repeats: true,
  },
  {
    name: "--space",
    placeholder: "FILE",
    help: 'search space as JSON: {"learningRate": {"log": [1e-5, 1e-2]}, …}',
  },
  {
    name: "--sampling",
    placeholder: SAMPLINGS.join("|"),
    help:
      "draw trials at random, try every combination (ranges in a grid end in :POINTS), or learn from the trials before by a Tree-structured Parzen Estimator (default: random)",
  },
  {
    name: "--round-size",
    placeholder: "N",
    help: "trials that tpe draws, and compares, together (default: 10)",
  },
  {
    name: "--pruning",
    placeholder: PRUNINGS.join("|"),
    help:
      "trials that continue after a rung: one in --halving, or those whose best score is at least the median there; then rungs are equal parts of the budget (default: halving)",
  },
  {
    name: "--halving",
    placeholder: "N",
    help:
      "after each rung, one trial in N continues with N times the budget; none gives every trial the whole budget (default: 3)",
  },
  { name: "--rungs", placeholder: "N", help: "rungs at most, the last with the whole budget (default: 3)" },
];

/** The content of the files that a command line names; undefined if it names none. */
export interface PlanFiles {
  /** The content of `--config`. */
  readonly config: unknown;
  /** The content of `--space`. */
  readonly space: unknown;
}

/**
 * Makes the plan of a sweep.
 *
 * @param line The command line.
 * @param files The content of the files that it names.
 * @param source The allowed sources of an environment file.
 * @returns The plan, each run of which can start; its environment is loaded.
 * @throws {UsageError} If the plan is invalid.
 */
export async function planSweep(
  line: CommandLine,
  files: PlanFiles,
  source: EnvSource = envSourceOf(line),
): Promise<SweepPlan> {
  await requireKnownEnv(line, files.config);
  const searched = line.repeated?.get("search") ?? [];
  if (files.space !== undefined && searched.length > 0) {
    throw new UsageError("Cannot search: only one of --search and --space may be given, got both");
  }
  const space = files.space !== undefined
    ? readSpace(files.space)
    : parseSpace(searched.length > 0 ? searched : defaultSpace(line, files.config));
  const flags = Object.fromEntries(
    SETTING_FLAGS.map(({ name }) => name.slice(2)).filter((name) => name !== "seed").flatMap((name) => {
      const value = line.values.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const twice = space.find(({ name }) => flags[flagName(name)] !== undefined);
  if (twice !== undefined) {
    throw new UsageError(`Cannot search: ${flagOf(twice.name)} must be given or searched, got both`);
  }
  const seed = flagValue(line, "seed", integerOption(0, ""), 0);
  const sampling = flagValue(line, "sampling", choiceOption(SAMPLINGS, ""), "random");
  const grid = sampling === "grid";
  const most = sampling === "tpe" ? MOST_TPE_TRIALS : MOST_TRIALS;
  const wanted = countOf(line, "trials", { min: 1, max: most }, undefined);
  if (grid && wanted !== undefined) {
    throw new UsageError("Cannot search: --trials must be absent with --sampling grid, got both");
  }
  const seeds = countOf(line, "seeds", { min: 1, max: MOST_SEEDS }, 3);
  const trials = grid ? gridTrials(space) : randomTrials(space, wanted ?? 20, seed);
  if (trials.length * seeds > MOST_RUNS) {
    throw new UsageError(
      `Cannot search: trials times seeds must be at most ${MOST_RUNS}, got ${trials.length * seeds}`,
    );
  }
  const roundSize = roundSizeOf(line, sampling, trials.length);
  const pruning = flagValue(line, "pruning", choiceOption(PRUNINGS, ""), "halving");
  if (pruning === "median" && line.values.has("halving")) {
    throw new UsageError("Cannot search: --halving must be absent with --pruning median, got both");
  }
  const factor = flagValue(line, "halving", optional(integerOption(2, "")), 3);
  const halving = pruning === "halving" ? factor : null;
  const rungs = flagValue(line, "rungs", integerOption(1, ""), 3);
  const plan: SweepPlan = {
    version: VERSION,
    flags,
    config: files.config ?? null,
    space,
    sampling,
    count: trials.length,
    roundSize,
    trials,
    seeds,
    seed,
    pruning,
    halving,
    rungs: usefulRungs({ pruning, halving, roundSize, count: trials.length }, rungs),
  };
  checkTrials(plan);
  const whole = runSettings(plan, 0, plan.rungs - 1, 0);
  const { envSha256 } = await loadEnv(whole, source);
  const runs = trials.map((_, trial) => runSettings(plan, trial, plan.rungs - 1, 0));
  requireUsed({ values: trialFlags(plan, 0), words: [] }, runs);
  attempt(() => prepareRun({ ...whole, envSha256 }));
  const first = { ...plan, trials: trials.slice(0, roundSize) };
  if (envSha256 === null) return first;
  const { "env-sha256": _, ...others } = flags;
  return { ...first, flags: { ...others, "env-sha256": envSha256 } };
}

/** The number of trials in a round: that of `--round-size` if the search learns, otherwise all. */
function roundSizeOf(line: CommandLine, sampling: typeof SAMPLINGS[number], trials: number): number {
  if (sampling !== "tpe") {
    if (line.values.has("round-size")) {
      throw new UsageError(`Cannot search: --round-size needs --sampling tpe, got ${sampling}`);
    }
    return trials;
  }
  const size = countOf(line, "round-size", { min: 1, max: MOST_TPE_TRIALS }, 10);
  const random = size * Math.ceil(RANDOM_TRIALS / size);
  if (trials > random) return size;
  throw new UsageError(
    `Cannot search: --trials must be above ${random} with --sampling tpe, whose first ${random} are random, got ${trials}`,
  );
}

/** The default search space: settings that the agent leaves open, without those given on the command line. */
function defaultSpace(line: CommandLine, config: unknown): readonly string[] {
  const { agent, steps, learningRateSteps } = readSettings(line, config);
  return familyOf(agent).searchSpace.filter((text) => {
    const flag = text.slice(0, text.indexOf("="));
    const name = SETTING_NAMES.find((name) => flagName(name) === flag);
    return name !== undefined && isChangeable(agent, name) && !line.values.has(flag) &&
      !(name === "learningRateEnd" && learningRateSteps === null && steps === null);
  });
}
