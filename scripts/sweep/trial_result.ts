import type { JobOutcome } from "../jobs/job_queue.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import { meanOf, stdOf } from "../values/statistics.ts";

/** The result of a trial at one rung: one run per seed with this rung's budget. */
export interface RungResult {
  /** From 0. */
  readonly rung: number;
  /** The outcome of each run, in the order of the seeds. */
  readonly outcomes: readonly JobOutcome<RunResult>[];
  /** Mean over seeds of the return of each run's kept policy; undefined if a run failed. */
  readonly score: number | undefined;
  /** Its standard deviation over seeds. */
  readonly std: number | undefined;
  /** Mean over seeds of the environment steps taken. */
  readonly envSteps: number | undefined;
  /** Mean over seeds of the mean return of the episodes of training. */
  readonly trainingReturn: number | undefined;
  /** The reason for the first failed run; undefined if none failed. */
  readonly failure: string | undefined;
}

/** The result of a trial. */
export interface TrialResult {
  /** From 0. */
  readonly trial: number;
  /** One per rung that it took part in. */
  readonly rungs: RungResult[];
}

/**
 * Sums up the runs of a trial at a rung.
 *
 * @param rung From 0.
 * @param outcomes The outcome of each run, in the order of the seeds.
 */
export function rungResult(rung: number, outcomes: readonly JobOutcome<RunResult>[]): RungResult {
  const failure = outcomes.find((outcome) => outcome.failure !== undefined)?.failure;
  const runs = outcomes.flatMap((outcome) => outcome.failure === undefined ? [outcome.output] : []);
  if (failure !== undefined) {
    return {
      rung,
      outcomes,
      score: undefined,
      std: undefined,
      envSteps: undefined,
      trainingReturn: undefined,
      failure,
    };
  }
  const scores = runs.map(({ evaluation }) => evaluation.mean);
  const returns = runs.map((run) => run.episode_returns).filter((list) => list.length > 0);
  return {
    rung,
    outcomes,
    score: meanOf(scores),
    std: stdOf(scores),
    envSteps: meanOf(runs.map(({ env_steps: steps }) => steps)),
    trainingReturn: returns.length === 0 ? undefined : meanOf(returns.map(meanOf)),
    failure,
  };
}
