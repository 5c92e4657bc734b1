import { Generator } from "../../envs/mod.ts";
import { meanOf } from "../values/statistics.ts";

/** The result of {@linkcode studyMaximum}. */
export interface MaximumStudy {
  /** The largest of the noisy values, one per sample. */
  readonly single: number[];
  /** The second estimate of the action that the first one prefers, one per sample. */
  readonly double: number[];
}

/** Options of {@linkcode studyMaximum}. */
export interface MaximumOptions {
  /** Number of maxima to sample. */
  readonly samples: number;
  /** Number of actions, all worth 0. */
  readonly actions: number;
  /** The standard deviation of an estimate. @default {1} */
  readonly noise?: number;
  /** Seeds the estimates. */
  readonly seed: number;
}

/**
 * The lecture's experiment: every action is worth 0, and an estimate of it is a normal number. The largest
 * estimate is too large on average; an independent second estimate of the same action is not (van Hasselt
 * 2010, "Double Q-learning").
 *
 * @param options The number of samples and of actions, the standard deviation of an estimate (by default 1), and the seed: NumPy's
 * `default_rng(seed)` draws the same numbers.
 * @returns Both estimates of the largest value, which is 0.
 */
export function studyMaximum(options: MaximumOptions): MaximumStudy {
  const { samples, actions, noise = 1, seed } = options;
  const random = new Generator(seed);
  const draw = () => Array.from({ length: actions }, () => noise * random.standardNormal());
  const estimates = Array.from({ length: samples }, () => {
    const values = draw();
    const others = draw();
    const largest = Math.max(...values);
    return { single: largest, double: others[values.indexOf(largest)]! };
  });
  return { single: estimates.map(({ single }) => single), double: estimates.map(({ double }) => double) };
}

/** A bar of a histogram. */
export interface Bin {
  /** Its lower edge. */
  readonly from: number;
  /** Its upper edge. */
  readonly to: number;
  /** Number of values in it; a value on an inner edge belongs to the upper bar. */
  readonly count: number;
}

/** The smallest and the largest of at least one value. */
export function rangeOf(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((least, value) => Math.min(least, value), Infinity),
    values.reduce((most, value) => Math.max(most, value), -Infinity),
  ];
}

/**
 * Counts values in bins of equal width, as `plt.hist(values, bins=16)` does.
 *
 * @param values All within the range.
 * @param bins Number of bins.
 * @param range The edges of the first and the last bin; by default the smallest and the largest value.
 */
export function histogramOf(values: readonly number[], bins = 16, [low, high] = rangeOf(values)): Bin[] {
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = width > 0 ? Math.min(bins - 1, Math.floor((value - low) / width)) : 0;
    counts[bin] = counts[bin]! + 1;
  }
  return counts.map((count, i) => ({ from: low + i * width, to: low + (i + 1) * width, count }));
}

/** The mean of each estimate. */
export function meansOf(study: MaximumStudy): { single: number; double: number } {
  return { single: meanOf(study.single), double: meanOf(study.double) };
}
