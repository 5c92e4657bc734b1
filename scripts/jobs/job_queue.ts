/** A task for another process: plain JSON in, plain JSON out. */
export interface Job<Input> {
  /** Its name in messages and in a store of results. */
  readonly id: string;
  /** The input of the task. */
  readonly input: Input;
  /** The id of a shorter job from whose end this one may continue, with the same output; undefined if there is none. */
  readonly from?: string | undefined;
  /** Whether a longer job may continue from its end. @default {false} */
  readonly isContinued?: boolean;
}

/** The outcome of a job. */
export type JobOutcome<Output> =
  | {
    /** Its output. */
    readonly output: Output;
    /** Additional files, by name; absent if there are none. */
    readonly files?: ReadonlyMap<string, Uint8Array>;
    /** Absent. */
    readonly failure?: undefined;
  }
  | {
    /** Why it finally failed, in words that are the same on every machine. */
    readonly failure: string;
  };

/** Receives the completed part of a job, in [0, 1], from time to time. */
export type JobProgress = (done: number) => void;

/**
 * A queue that runs jobs. Results depend only on the jobs, not on which workers run them or how many run in parallel.
 */
export interface JobQueue<Input, Output> {
  /**
   * Submits a job; jobs start in the order of submission.
   *
   * @throws {QueueClosedError} If the queue is closed before the job has ended.
   */
  submit(job: Job<Input>, onProgress?: JobProgress): Promise<JobOutcome<Output>>;
  /** Stops all running jobs. */
  close(): Promise<void>;
}

/** A job was stopped because its queue was closed. */
export class QueueClosedError extends Error {
  override readonly name = "QueueClosedError";
}
