import { meanOf } from "../values/statistics.ts";
import type { Parameter } from "./search_space.ts";
import type { TrialValues } from "./sample_trials.ts";

/** The share of the scores' variance that a parameter explains. */
export interface Importance {
  /** The name of the parameter. */
  readonly parameter: Parameter;
  /** The share, from 0 to 1. */
  readonly share: number;
}

/** Number of bins of a range, with equal numbers of trials. */
const BINS = 4;

/**
 * The share of the variance of the scores that each parameter explains alone: trials are put into bins by its value, and
 * the variance between the bins' means is compared with the total. It is adjusted for the number of bins (ε², Kelley 1935),
 * so that a parameter without effect is at 0 on average. Interactions between parameters are not covered.
 *
 * @param space The parameters.
 * @param trials Values and score of each trial, all with the same budget.
 * @returns One per parameter, the largest first; undefined if the scores are all equal or fewer than three.
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
