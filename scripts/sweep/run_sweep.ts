import type { Job, JobOutcome, JobQueue } from "../jobs/job_queue.ts";
import { runKey } from "../run_folder/run_key.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";
import { meanOf, stdOf } from "../values/statistics.ts";
import { rungSizes, runSettings, type SweepPlan } from "./sweep_plan.ts";

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

/** Callbacks during a sweep. */
export interface SweepListener {
  /** Called when a rung begins. */
  onRung?(rung: number, trials: readonly number[]): void;
  /** Called with the progress of a run, from 0 to 1. */
  onProgress?(trial: number, seed: number, done: number): void;
  /** Called when all runs of a trial at a rung have ended. */
  onTrial?(results: readonly TrialResult[]): void;
}

/**
 * Runs a sweep by synchronous successive halving (Jamieson and Talwalkar 2016; Li et al. 2020, section 3, whose
 * asynchronous variant promotes the trial that happens to be first): a rung ends before the next begins, and promotion depends
 * only on the results. So a sweep finds the same with one worker as with a hundred, and after it was killed and resumed.
 *
 * A run starts from the beginning at every rung; with the same seed it repeats the shorter run bit for bit. If one trial in η is
 * promoted, this costs at most 1 / (η − 1) more steps than resuming would.
 *
 * @param plan The plan of the sweep.
 * @param queue The queue that makes the runs.
 * @param listener Receives the progress.
 * @returns The results of all trials, in order.
 * @throws {QueueClosedError} If the queue is closed before the sweep has ended.
 */
export async function runSweep(
  plan: SweepPlan,
  queue: JobQueue<Settings, RunResult>,
  listener: SweepListener = {},
): Promise<TrialResult[]> {
  const results = plan.trials.map((_, trial): TrialResult => ({ trial, rungs: [] }));
  let alive = results.map(({ trial }) => trial);
  const sizes = rungSizes(plan);
  for (let rung = 0; rung < plan.rungs && alive.length > 0; rung++) {
    listener.onRung?.(rung, alive);
    await Promise.all(alive.map(async (trial) => {
      const outcomes = await Promise.all(Array.from({ length: plan.seeds }, async (_, seed) => {
        const settings = runSettings(plan, trial, rung, seed);
        const job: Job<Settings> = { id: runKey(settings), input: settings };
        const outcome = await queue.submit(job, (done) => listener.onProgress?.(trial, seed, done));
        listener.onProgress?.(trial, seed, 1);
        return outcome;
      }));
      results[trial]!.rungs.push(rungResult(rung, outcomes));
      listener.onTrial?.(results);
    }));
    const ranked = rankTrials(alive.map((trial) => results[trial]!));
    alive = ranked.filter((result) => result.rungs.at(-1)!.failure === undefined)
      .slice(0, sizes[rung + 1] ?? 0).map(({ trial }) => trial).sort((a, b) => a - b);
  }
  return results;
}

function rungResult(rung: number, outcomes: readonly JobOutcome<RunResult>[]): RungResult {
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
