import type { Job, JobQueue } from "../jobs/job_queue.ts";
import { runKey } from "../run_folder/run_key.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";
import { nextTrials } from "./next_trials.ts";
import { promote } from "./promote.ts";
import { roundSizes, runSettings, type SweepPlan } from "./sweep_plan.ts";
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
  /** Called with the ids of runs from which no other will continue. */
  onUnneeded?(ids: readonly string[]): void;
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
 * A run may continue from the end of the shorter run of the rung before, if the queue keeps its state. Started from the beginning, it
 * gives the same result, bit for bit: resuming is exact. If one trial in η is promoted, starting over costs at most 1 / (η − 1)
 * more steps.
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
    await runRound(plan, { round, results }, queue, listener);
  }
  return { plan, results };
}

/** Runs the trials of a round through all rungs, and adds to their results. */
async function runRound(
  plan: SweepPlan,
  { round, results }: { round: readonly TrialResult[]; results: readonly TrialResult[] },
  queue: JobQueue<Settings, RunResult>,
  listener: SweepListener,
): Promise<void> {
  const idsOf = ({ trial }: TrialResult, rung: number) =>
    Array.from({ length: plan.seeds }, (_, seed) => runKey(runSettings(plan, trial, rung, seed)));
  let alive: readonly TrialResult[] = round;
  for (let rung = 0; rung < plan.rungs && alive.length > 0; rung++) {
    listener.onRung?.(plan, rung, alive.map(({ trial }) => trial));
    await Promise.all(alive.map(async (result) => {
      const { trial, rungs } = result;
      const ids = idsOf(result, rung);
      const before = rung === 0 ? [] : idsOf(result, rung - 1);
      const outcomes = await Promise.all(ids.map(async (id, seed) => {
        const job: Job<Settings> = {
          ...{ id, input: runSettings(plan, trial, rung, seed) },
          ...{ from: before[seed], isContinued: rung + 1 < plan.rungs },
        };
        const outcome = await queue.submit(job, (done) => listener.onProgress?.(trial, seed, done));
        listener.onProgress?.(trial, seed, 1);
        return outcome;
      }));
      listener.onUnneeded?.(before);
      rungs.push(rungResult(rung, outcomes));
      listener.onTrial?.(results);
    }));
    const ended = alive;
    alive = rung + 1 === plan.rungs ? [] : promote(plan, round, results, rung);
    const needed = new Set(alive.flatMap((result) => idsOf(result, rung)));
    listener.onUnneeded?.(ended.flatMap((result) => idsOf(result, rung)).filter((id) => !needed.has(id)));
  }
}
