import { type Job, type JobOutcome, type JobQueue, QueueClosedError } from "./job_queue.ts";
import { onStopSignal } from "../cli/stop_signals.ts";
import { clock, createTerminalLine, joinParts } from "../cli/terminal_line.ts";

/**
 * Runs jobs and shows their progress on the terminal.
 *
 * @param queue The queue that runs them.
 * @param jobs The jobs.
 * @param quiet Whether to hide the progress.
 * @returns The outcomes, in the order of the jobs.
 * @throws {QueueClosedError} If the queue is closed before all are done.
 */
export async function runJobs<Input, Output>(
  queue: JobQueue<Input, Output>,
  jobs: readonly Job<Input>[],
  quiet: boolean,
): Promise<JobOutcome<Output>[]> {
  const line = createTerminalLine(quiet);
  const done: number[] = jobs.map(() => 0);
  const begun = new Set<number>();
  let failed = 0;
  let free = 0;
  const note = (index: number, part: number) => {
    done[index] = part;
    line.draw((seconds, columns) => jobsLine({ done, failed, free, seconds }, columns));
  };
  try {
    return await Promise.all(jobs.map(async (job, index) => {
      const outcome = await queue.submit(job, (part) => {
        begun.add(index);
        note(index, Math.min(part, 0.999));
      });
      if (outcome.failure !== undefined) failed++;
      if (!begun.has(index)) free++;
      note(index, 1);
      return outcome;
    }));
  } finally {
    line.clear();
  }
}

/** The progress of jobs. */
export interface JobsState {
  /** The completed part of each. */
  readonly done: readonly number[];
  /** Jobs that failed. */
  readonly failed: number;
  /** Jobs done by an earlier process, which estimates of time ignore. */
  readonly free: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** The progress line. */
export function jobsLine({ done, failed, free, seconds }: JobsState, columns: number): string {
  const sum = done.reduce((total, value) => total + value, 0);
  const part = sum / done.length;
  const ended = done.filter((value) => value === 1).length;
  return joinParts([
    `${(100 * part).toFixed(0).padStart(3)} %`,
    `${ended} of ${done.length} runs`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(sum > free ? [`ETA ${clock(seconds * (done.length - sum) / (sum - free))}`] : []),
  ], columns);
}

/**
 * Runs a body that uses a queue, and closes the queue when the body ends for any reason, or at Ctrl-C.
 *
 * @param queue The queue.
 * @param body The code that uses the queue.
 * @returns The result of the body; undefined after Ctrl-C.
 */
export async function withQueue<Input, Output, T>(
  queue: JobQueue<Input, Output>,
  body: () => Promise<T>,
): Promise<T | undefined> {
  const unlisten = onStopSignal(() => void queue.close());
  try {
    return await body();
  } catch (error) {
    if (error instanceof QueueClosedError) return undefined;
    throw error;
  } finally {
    unlisten();
    await queue.close();
  }
}
