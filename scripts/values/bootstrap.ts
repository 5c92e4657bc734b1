import { randomStream } from "../../agents/mod.ts";
import { quantileOf } from "./statistics.ts";

/** An interval. */
export interface Interval {
  /** Its lower end. */
  readonly low: number;
  /** Its upper end. */
  readonly high: number;
}

/** Number of resamples. */
const DRAWS = 2_000;

/**
 * The stratified percentile bootstrap of Agarwal et al. 2021 (section 4.1): how much a statistic of all scores could have
 * differed with other seeds. Runs are drawn with replacement within each task, never across tasks.
 *
 * @param strata The scores of each task's runs; every task has at least one.
 * @param statistic Of all the scores together.
 * @returns The 95 % interval, the same in every call: the draws come from a separate stream.
 */
export function bootstrapInterval(
  strata: readonly (readonly number[])[],
  statistic: (scores: readonly number[]) => number,
): Interval {
  const random = randomStream(0, "bootstrap");
  const values = Array.from({ length: DRAWS }, () =>
    statistic(
      strata.flatMap((scores) => scores.map(() => scores[random.nextIndex(scores.length)]!)),
    ));
  return { low: quantileOf(values, 0.025), high: quantileOf(values, 0.975) };
}
