import type { Job, JobQueue } from "../jobs/job_queue.ts";
import { runKey } from "../run_folder/run_key.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";
import { nextTrials } from "./next_trials.ts";
import { rankTrials } from "./rank_trials.ts";
import { roundSizes, rungSizes, runSettings, type SweepPlan } from "./sweep_plan.ts";
import { rungResult, type TrialResult } from "./trial_result.ts";

/** A sweep that has ended. */
export interface SweepResult {
  /** The plan with the values of all trials. */
  readonly plan: SweepPlan;
  /** The results of all trials, in order. */
  readonly results: readonly TrialResult[];
}

/** Callbacks during a sweep. */
export interface SweepListener {
  /** Called when a rung begins, with the plan as far as it is known. */
  onRung?(plan: SweepPlan, rung: number, trials: readonly number[]): void;
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
 * A search that learns does so in rounds of fixed size, each halved by itself: the trials of a round depend only on the results of
 * the rounds before.
 *
 * A run starts from the beginning at every rung; with the same seed it repeats the shorter run bit for bit. If one trial in η is
 * promoted, this costs at most 1 / (η − 1) more steps than resuming would.
 *
 * @param start The plan of the sweep, with the trials of the first round.
 * @param queue The queue that makes the runs.
 * @param listener Receives the progress.
 * @returns The results of all trials, and the plan with all of them.
 * @throws {QueueClosedError} If the queue is closed before the sweep has ended.
 */
export async function runSweep(
  start: SweepPlan,
  queue: JobQueue<Settings, RunResult>,
  listener: SweepListener = {},
): Promise<SweepResult> {
  let plan = start;
  const results: TrialResult[] = [];
  for (const size of roundSizes(plan)) {
    if (results.length > 0) plan = { ...plan, trials: [...plan.trials, ...nextTrials(plan, results, size)] };
    const round = Array.from(
      { length: size },
      (_, i): TrialResult => ({ trial: results.length + i, rungs: [] }),
    );
    results.push(...round);
    await runRound(plan, round, queue, { ...listener, onTrial: () => listener.onTrial?.(results) });
  }
  return { plan, results };
}

/** Runs the trials of a round through all rungs, and adds to their results. */
async function runRound(
  plan: SweepPlan,
  round: readonly TrialResult[],
  queue: JobQueue<Settings, RunResult>,
  listener: SweepListener,
): Promise<void> {
  let alive = round;
  const sizes = rungSizes(plan, round.length);
  for (let rung = 0; rung < plan.rungs && alive.length > 0; rung++) {
    listener.onRung?.(plan, rung, alive.map(({ trial }) => trial));
    await Promise.all(alive.map(async ({ trial, rungs }) => {
      const outcomes = await Promise.all(Array.from({ length: plan.seeds }, async (_, seed) => {
        const settings = runSettings(plan, trial, rung, seed);
        const job: Job<Settings> = { id: runKey(settings), input: settings };
        const outcome = await queue.submit(job, (done) => listener.onProgress?.(trial, seed, done));
        listener.onProgress?.(trial, seed, 1);
        return outcome;
      }));
      rungs.push(rungResult(rung, outcomes));
      listener.onTrial?.(round);
    }));
    alive = rankTrials(alive).filter(({ rungs }) => rungs.at(-1)!.failure === undefined)
      .slice(0, sizes[rung + 1] ?? 0).sort((a, b) => a.trial - b.trial);
  }
}
