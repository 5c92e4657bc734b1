import { meanOf } from "../values/statistics.ts";
import type { Parameter } from "./search_space.ts";
import type { TrialValues } from "./sample_trials.ts";

/** How much of the scores' variance the values of a parameter account for. */
export interface Importance {
  /** Which parameter. */
  readonly parameter: Parameter;
  /** From 0, nothing, to 1, all of it. */
  readonly share: number;
}

/** Bins that the values of a range are put into, each with as many trials. */
const BINS = 4;

/**
 * The share of the variance of the scores that each parameter explains alone: trials are put into bins by its value, and
 * the variance between the bins' means is compared with the whole. It is adjusted for the number of bins (ε², Kelley 1935),
 * so that a parameter without effect is at 0 on average. What parameters do together is not seen.
 *
 * @param space The parameters.
 * @param trials Values and score of each trial, all with the same budget.
 * @returns One per parameter, the largest first; undefined where the scores do not differ or are fewer than three.
 */
export function importanceOf(
  space: readonly Parameter[],
  trials: readonly { values: TrialValues; score: number }[],
): Importance[] | undefined {
  const scores = trials.map(({ score }) => score);
  const total = squares(scores);
  if (scores.length < 3 || total === 0) return undefined;
  return space.map((parameter, i) => {
    const bins = binsOf(parameter, trials.map(({ values }) => values[i]!));
    const groups = new Map<number, number[]>();
    for (const [j, bin] of bins.entries()) groups.set(bin, [...groups.get(bin) ?? [], scores[j]!]);
    const within = [...groups.values()].reduce((sum, group) => sum + squares(group), 0);
    const [count, parts] = [scores.length, groups.size];
    const share = count === parts ? 0 : 1 - (within / (count - parts)) / (total / (count - 1));
    return { parameter, share: Math.max(0, share) };
  }).sort((a, b) => b.share - a.share);
}

/** Sum of squared deviations from the mean. */
function squares(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
}

/** The bin of each value: one per value of a list; for a range, by rank. */
function binsOf({ domain }: Parameter, values: readonly string[]): number[] {
  if (domain.kind === "choice") return values.map((value) => domain.values.indexOf(value));
  const sorted = values.map(Number).sort((a, b) => a - b);
  // Equal values share a bin.
  return values.map((value) => Math.floor(BINS * sorted.indexOf(Number(value)) / sorted.length));
}
