import { quantileOf } from "../values/statistics.ts";
import { rankTrials } from "./rank_trials.ts";
import { rungSizes, type SweepPlan } from "./sweep_plan.ts";
import type { TrialResult } from "./trial_result.ts";

/** The ways to choose the trials that continue. */
const PROMOTIONS: Readonly<Record<SweepPlan["pruning"], typeof promote>> = { halving, median };

/**
 * The trials of a round that continue after a rung. A failed trial never does.
 *
 * @param plan The plan.
 * @param round The results of all trials of the round.
 * @param results The results of all trials, those of this round included.
 * @param rung The rung that has ended, from 0, but not the last one.
 * @returns Those that continue, in their order.
 */
export function promote(
  plan: SweepPlan,
  round: readonly TrialResult[],
  results: readonly TrialResult[],
  rung: number,
): TrialResult[] {
  return PROMOTIONS[plan.pruning](plan, round, results, rung);
}

/** The best ones, as many as the next rung takes. */
function halving(
  plan: SweepPlan,
  round: readonly TrialResult[],
  _: readonly TrialResult[],
  rung: number,
): TrialResult[] {
  return rankTrials(passed(round, rung)).slice(0, rungSizes(plan, round.length)[rung + 1])
    .sort((a, b) => a.trial - b.trial);
}

/**
 * Those whose best score so far is at least the median of all scores at this rung, earlier rounds included (the median stopping rule
 * of Golovin et al. 2017, "Google Vizier", with scores in place of their running averages).
 */
function median(
  _: SweepPlan,
  round: readonly TrialResult[],
  results: readonly TrialResult[],
  rung: number,
): TrialResult[] {
  const scores = passed(results, rung).map(({ rungs }) => rungs[rung]!.score!);
  const middle = quantileOf(scores, 0.5);
  return passed(round, rung).filter(({ rungs }) =>
    Math.max(...rungs.map(({ score }) => score ?? -Infinity)) >= middle
  );
}

/** The trials that took part in a rung and did not fail. */
function passed(results: readonly TrialResult[], rung: number): TrialResult[] {
  return results.filter(({ rungs }) => rungs[rung] !== undefined && rungs[rung].failure === undefined);
}
