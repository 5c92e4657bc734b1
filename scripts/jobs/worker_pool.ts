import { type Job, type JobOutcome, type JobProgress, type JobQueue, QueueClosedError } from "./job_queue.ts";
import { type Ending, startWorker, type WorkerOptions, type WorkerProcess } from "./worker_process.ts";

/** Options of {@linkcode createWorkerPool}. */
export interface WorkerPoolOptions<Input, Output> extends WorkerOptions {
  /** Parallel jobs, a whole number from 1. */
  readonly workers: number;
  /** Reads the output of a worker; throws if it is invalid. */
  readonly read: (output: unknown) => Output;
  /** Makes the input of a worker when a job starts. @default {that of the job} */
  readonly inputOf?: (job: Job<Input>) => unknown;
}

interface Waiting<Input, Output> {
  readonly job: Job<Input>;
  readonly onProgress: JobProgress;
  readonly resolve: (outcome: JobOutcome<Output>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A queue on this machine. Each job has its own process, without permissions, so that a job that crashes, runs out of
 * memory or hangs affects no other: it is tried a second time, and then fails. An error that the job
 * itself reports is final, since the same seed would cause it again.
 *
 * @param options The number of parallel jobs, their module, and their limits.
 * @returns The queue.
 */
export function createWorkerPool<Input, Output>(
  options: WorkerPoolOptions<Input, Output>,
): JobQueue<Input, Output> {
  const { inputOf = ({ input }) => input } = options;
  const waiting: Waiting<Input, Output>[] = [];
  const running = new Set<WorkerProcess>();
  let busy = 0;
  let closed = false;

  const attempt = async (
    entry: Waiting<Input, Output>,
    onFile: (name: string, content: Uint8Array) => void,
  ): Promise<Ending> => {
    if (closed) throw new QueueClosedError("The queue was closed");
    const worker = startWorker(inputOf(entry.job), { onFile, ...options }, entry.onProgress);
    running.add(worker);
    try {
      return await worker.ending;
    } finally {
      running.delete(worker);
    }
  };
  const outcomeOf = async (entry: Waiting<Input, Output>): Promise<JobOutcome<Output>> => {
    const files = new Map<string, Uint8Array>();
    const keep = (name: string, content: Uint8Array) => files.set(name, content);
    let ending = await attempt(entry, keep);
    if (ending.kind === "lost") ending = await attempt(entry, keep);
    if (closed) throw new QueueClosedError("The queue was closed");
    if (ending.kind !== "output") return { failure: ending.reason };
    const output = options.read(ending.output);
    return files.size === 0 ? { output } : { output, files };
  };
  const fill = () => {
    while (busy < options.workers) {
      const entry = waiting.shift();
      if (entry === undefined) return;
      busy++;
      outcomeOf(entry).then(entry.resolve, entry.reject).finally(() => {
        busy--;
        fill();
      });
    }
  };
  return {
    submit: (job, onProgress = () => {}) =>
      new Promise((resolve, reject) => {
        waiting.push({ job, onProgress, resolve, reject });
        fill();
      }),
    async close() {
      closed = true;
      for (const worker of running) worker.kill();
      await Promise.all([...running].map((worker) => worker.ending));
    },
  };
}
