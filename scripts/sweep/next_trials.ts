import { rankTrials } from "./rank_trials.ts";
import type { TrialResult } from "./trial_result.ts";
import { randomTrials, type TrialValues } from "./sample_trials.ts";
import { isRunnable, type SweepPlan } from "./sweep_plan.ts";
import { tpeTrials } from "./tpe_trials.ts";

/** A search that learns begins with so many random trials, or more if they do not fill their last round. */
export const RANDOM_TRIALS = 10;

/**
 * The values of the trials of the next round: random ones while there are fewer than {@linkcode RANDOM_TRIALS} results, then those of
 * {@linkcode tpeTrials}. Trials are ranked as in the result: those of a later rung are better, failed ones the worst.
 *
 * @param plan The plan, with the trials of all rounds so far.
 * @param results Their results.
 * @param count Number of new trials.
 */
export function nextTrials(plan: SweepPlan, results: readonly TrialResult[], count: number): TrialValues[] {
  const { space, trials, seed } = plan;
  const random = randomTrials(space, trials.length + count, seed);
  if (results.length < RANDOM_TRIALS) return random.slice(trials.length);
  return tpeTrials(space, trials, rankTrials(results).map(({ trial }) => trial), {
    ...{ count, seed },
    accepts: (values) => isRunnable(plan, values),
    otherwise: (trial) => random[trial]!,
  });
}
