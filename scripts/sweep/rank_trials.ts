import type { TrialResult } from "./trial_result.ts";

/**
 * Sorts trials, best first: by last rung reached, then by score at that rung, then by fewer environment steps,
 * then by higher return in training, then by lower number. Failed trials come last.
 */
export function rankTrials(results: readonly TrialResult[]): TrialResult[] {
  return results.filter(({ rungs }) => rungs.length > 0).toSorted((a, b) => {
    const [left, right] = [a.rungs.at(-1)!, b.rungs.at(-1)!];
    return Number(left.failure !== undefined) - Number(right.failure !== undefined) ||
      right.rung - left.rung ||
      (right.score ?? 0) - (left.score ?? 0) ||
      (left.envSteps ?? 0) - (right.envSteps ?? 0) ||
      (right.trainingReturn ?? -Infinity) - (left.trainingReturn ?? -Infinity) || // -∞ − -∞ is NaN: falls through
      a.trial - b.trial;
  });
}
