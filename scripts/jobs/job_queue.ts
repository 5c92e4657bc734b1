/** Something to be done elsewhere: plain JSON goes in, plain JSON comes out. */
export interface Job<Input> {
  /** Names it in messages, and in a store of results. */
  readonly id: string;
  /** What to do. */
  readonly input: Input;
}

/** How a job went. */
export type JobOutcome<Output> =
  | {
    /** What it gave. */
    readonly output: Output;
    /** What it left beside it, by name; absent if nothing. */
    readonly files?: ReadonlyMap<string, Uint8Array>;
    /** Absent. */
    readonly failure?: undefined;
  }
  | {
    /** Why it failed for good, in words that do not depend on the machine. */
    readonly failure: string;
  };

/** The part of a job that is done, in [0, 1], now and then. */
export type JobProgress = (done: number) => void;

/**
 * Where jobs are done. Whoever hands them in sees neither who does them nor how many at a time: results depend on the
 * jobs alone.
 */
export interface JobQueue<Input, Output> {
  /**
   * Hands a job in; jobs start in this order.
   *
   * @throws {QueueClosedError} If the queue is closed before the job has ended.
   */
  submit(job: Job<Input>, onProgress?: JobProgress): Promise<JobOutcome<Output>>;
  /** Stops everything that goes on. */
  close(): Promise<void>;
}

/** A job was stopped since its queue was closed. */
export class QueueClosedError extends Error {
  override readonly name = "QueueClosedError";
}
