import { randomStream } from "../../agents/mod.ts";
import { cellOf, valueAt } from "./axis.ts";
import { parzenEstimator } from "./parzen_estimator.ts";
import type { TrialValues } from "./sample_trials.ts";
import type { Parameter } from "./search_space.ts";

/** Points drawn from the good trials' estimator, of which the most promising one is tried. */
const CANDIDATES = 24;
/** One trial in ten is good, but at most this many. */
const MOST_GOOD = 25;

/** Number of good trials among so many: one in ten, rounded up, at most 25. */
export function goodCount(trials: number): number {
  return Math.min(MOST_GOOD, Math.ceil(trials / 10));
}

/** Options of {@linkcode tpeTrials}. */
export interface TpeOptions {
  /** Number of trials to draw. */
  readonly count: number;
  /** The root seed. */
  readonly seed: number;
  /** Whether a trial with these values may be tried. */
  readonly accepts: (values: TrialValues) => boolean;
  /** The values of a trial, by its number from 0, if none of its candidates may be tried. */
  readonly otherwise: (trial: number) => TrialValues;
}

/**
 * Draws the next trials by the Tree-structured Parzen Estimator (Bergstra et al. 2011, "Algorithms for Hyper-Parameter
 * Optimization"): one estimator l of the good trials, one g of all others, and of 24 candidates drawn from l the one with the
 * highest l / g, which has the highest expected improvement. The trials drawn so far in this round have no result yet, and
 * count among the others, so that a round does not try one place again and again. Trials have a stream each, so the
 * result depends on nothing but the arguments.
 *
 * @param space The parameters.
 * @param trials The values of all trials that have ended, in their order.
 * @param ranked Their numbers, the best one first.
 * @param options How many trials to draw, and which.
 * @returns The values of the new trials.
 */
export function tpeTrials(
  space: readonly Parameter[],
  trials: readonly TrialValues[],
  ranked: readonly number[],
  { count, seed, accepts, otherwise }: TpeOptions,
): TrialValues[] {
  const cellsOf = (values: TrialValues) => values.map((value, i) => cellOf(space[i]!, value));
  const good = new Set(ranked.slice(0, goodCount(ranked.length)));
  const cells = trials.map(cellsOf);
  const likely = parzenEstimator(space, cells.filter((_, trial) => good.has(trial)));
  const others = cells.filter((_, trial) => !good.has(trial));
  const seen = new Set(trials.map((values) => values.join("\n")));
  const drawn: TrialValues[] = [];
  for (let trial = trials.length; trial < trials.length + count; trial++) {
    const unlikely = parzenEstimator(space, [...others, ...drawn.map(cellsOf)]);
    const random = randomStream(seed, `tpe ${trial}`);
    // The same values again would give the same result again.
    const candidates = Array.from(
      { length: CANDIDATES },
      () => likely.sample(random).map((place, i) => valueAt(space[i]!, place)),
    ).filter((values) => !seen.has(values.join("\n")) && accepts(values));
    const promise = candidates.map((values) => {
      const point = cellsOf(values);
      return likely.density(point) / unlikely.density(point);
    });
    const best = candidates[promise.indexOf(Math.max(...promise))] ?? otherwise(trial);
    seen.add(best.join("\n"));
    drawn.push(best);
  }
  return drawn;
}
