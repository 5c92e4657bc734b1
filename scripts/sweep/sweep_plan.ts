import type { CommandLine } from "../cli/command_line.ts";
import { readSettings } from "../settings/read_settings.ts";
import { flagName, flagOf, SETTING_NAMES, type Settings } from "../settings/settings.ts";
import { UsageError } from "../cli/usage_error.ts";
import type { Parameter } from "./search_space.ts";
import type { TrialValues } from "./sample_trials.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The ways to draw trials. */
export const SAMPLINGS = ["random", "grid", "tpe"] as const;

/** The ways to choose the trials that continue after a rung. */
export const PRUNINGS = ["halving", "median"] as const;

/** Everything that determines the results of a sweep. */
export interface SweepPlan {
  /** The version of this package, whose bits may differ from another's. */
  readonly version: string;
  /** The flags that all runs share, by name without dashes. */
  readonly flags: Readonly<Record<string, string>>;
  /** The content of the `config.json` that all runs start from; null if there is none. */
  readonly config: unknown;
  /** The names of the settings searched. */
  readonly space: readonly Parameter[];
  /** How trials are drawn. */
  readonly sampling: typeof SAMPLINGS[number];
  /** Number of trials. */
  readonly count: number;
  /** Trials that are drawn, and compared, together: all, unless the search learns. */
  readonly roundSize: number;
  /** The values of the trials drawn so far: at the start those of the first round, at the end all. */
  readonly trials: readonly TrialValues[];
  /** Runs per trial, with the seeds `seed`, `seed` + 1, … */
  readonly seeds: number;
  /** The first seed. */
  readonly seed: number;
  /** How the trials that continue after a rung are chosen. */
  readonly pruning: typeof PRUNINGS[number];
  /** One in this many trials is promoted to the next rung; null if not one in a number is. */
  readonly halving: number | null;
  /** Number of rungs, from 1. */
  readonly rungs: number;
}

/** Number of trials in each round. */
export function roundSizes({ count, roundSize }: Pick<SweepPlan, "count" | "roundSize">): number[] {
  const rounds = Math.ceil(count / roundSize);
  return Array.from({ length: rounds }, (_, i) => Math.min(roundSize, count - i * roundSize));
}

/**
 * Number of trials in each rung, at least one: all, then one in `halving` of the rung before; with a median, whose number depends on
 * the scores, at most all.
 *
 * @param plan The plan of the sweep.
 * @param trials Number of trials in the round.
 */
export function rungSizes({ halving, rungs }: SweepPlan, trials: number): number[] {
  const sizes = [trials];
  while (sizes.length < rungs) sizes.push(Math.max(1, Math.floor(sizes.at(-1)! / (halving ?? 1))));
  return sizes;
}

/**
 * The part of the whole budget that a run gets at a rung: equal steps up to all of it, or in halving 1 / `halving` of the next rung.
 *
 * @returns A numerator and a denominator, so that the budget is exact.
 */
export function budgetPart({ pruning, halving, rungs }: SweepPlan, rung: number): [number, number] {
  return pruning === "median" ? [rung + 1, rungs] : [1, (halving ?? 1) ** (rungs - 1 - rung)];
}

/** The number of rungs: at most so many, and only while there is more than one trial to choose from. */
export function usefulRungs(
  { pruning, halving, roundSize, count }: Pick<SweepPlan, "pruning" | "halving" | "roundSize" | "count">,
  most: number,
): number {
  if (pruning === "median") return count === 1 ? 1 : most;
  if (halving === null) return 1;
  let rungs = 1;
  for (let left = roundSize; rungs < most && left >= halving; rungs++) left = Math.floor(left / halving);
  return rungs;
}

/** The flags of `deno task train` for a trial, without budget and seed. */
export function trialFlags(plan: SweepPlan, trial: number): Map<string, string> {
  const flags = new Map(Object.entries(plan.flags));
  for (const [i, { name }] of plan.space.entries()) {
    flags.set(flagName(name), plan.trials[trial]![i]!);
  }
  return flags;
}

/**
 * The settings of a run.
 *
 * @param plan The plan of the sweep.
 * @param trial The trial's number, from 0.
 * @param rung The rung's number, from 0; the last one has the whole budget.
 * @param seed The seed's number, from 0.
 * @throws {UsageError} If the trial's values contradict each other.
 */
export function runSettings(plan: SweepPlan, trial: number, rung: number, seed: number): Settings {
  const line: CommandLine = { values: trialFlags(plan, trial), words: [] };
  const settings = readSettings(line, plan.config ?? undefined);
  const [part, parts] = budgetPart(plan, rung);
  const cut = (budget: number | null) =>
    budget === null ? null : Math.max(1, Math.floor(budget * part / parts));
  const whole = Object.fromEntries(SETTING_NAMES.map((name) => [name, settings[name]]));
  const budget = { steps: cut(settings.steps), episodes: cut(settings.episodes) };
  return readSettings({ values: new Map(), words: [] }, { ...whole, ...budget, seed: plan.seed + seed });
}

/**
 * Checks that every trial drawn so far can run at every rung, before any trial starts.
 *
 * @throws {UsageError} If one cannot; the message contains its values.
 */
export function checkTrials(plan: SweepPlan): void {
  for (let trial = 0; trial < plan.trials.length; trial++) {
    for (let rung = 0; rung < plan.rungs; rung++) {
      try {
        runSettings(plan, trial, rung, 0);
      } catch (error) {
        const reason = reasonOf(error);
        const where = plan.rungs === 1 ? "" : ` in rung ${rung + 1} of ${plan.rungs}`;
        throw new UsageError(`${reason} (trial ${trial + 1}${where}: ${describeTrial(plan, trial)})`);
      }
    }
  }
}

/** Whether a trial with these values can run at every rung. */
export function isRunnable(plan: SweepPlan, values: TrialValues): boolean {
  try {
    checkTrials({ ...plan, trials: [values] });
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** The names of the searched settings, as flags without dashes. */
export function searchedNames({ space }: SweepPlan): string[] {
  return space.map(({ name }) => flagName(name));
}

/** A trial's values as flags. */
export function describeTrial(plan: SweepPlan, trial: number): string {
  return plan.space.map(({ name }, i) => `${flagOf(name)} ${plan.trials[trial]![i]!}`).join(" ");
}
