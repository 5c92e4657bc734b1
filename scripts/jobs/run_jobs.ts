import { type Job, type JobOutcome, type JobQueue, QueueClosedError } from "./job_queue.ts";
import { onStopSignal } from "../cli/stop_signals.ts";
import { clock, createTerminalLine, joinParts } from "../cli/terminal_line.ts";

/**
 * Has jobs done, and shows on the terminal how far they are.
 *
 * @param queue Who does them.
 * @param jobs What to do.
 * @param quiet Whether to show nothing.
 * @returns How each went, in the order of the jobs.
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

/** How far jobs are. */
export interface JobsState {
  /** The part of each that is done. */
  readonly done: readonly number[];
  /** Jobs that failed. */
  readonly failed: number;
  /** Jobs that were done before, and so tell nothing about the time that the others take. */
  readonly free: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** The line that tells how far jobs are. */
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
 * Closes a queue when the body has ended, however it ended, or when Ctrl-C asks to stop.
 *
 * @param queue The queue.
 * @param body What needs it.
 * @returns What the body gives; undefined after Ctrl-C.
 */
export async function withQueue<Input, Output, T>(
  queue: JobQueue<Input, Output>,
  body: () => Promise<T>,
): Promise<T | undefined> {
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) Deno.exit(130);
    interrupted = true;
    queue.close();
  };
  const unlisten = onStopSignal(interrupt);
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
