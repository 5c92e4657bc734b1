import type { Job, JobOutcome, JobProgress, JobQueue } from "./job_queue.ts";
import { jsonObject } from "../values/json_object.ts";
import { writeFile } from "../cli/write_file.ts";

/** How {@linkcode storedQueue} keeps results. */
export interface StoredQueueOptions<Output> {
  /** A folder that is there; each outcome is a file in it, named after the job. */
  readonly folder: string;
  /** Reads an output; throws if it is something else. */
  readonly read: (output: unknown) => Output;
  /** Whether a job that failed is not tried again the next time. */
  readonly keepFailures: boolean;
  /** The names of files that a job may leave; they lie in a folder named after it. @default {[]} */
  readonly fileNames?: readonly string[];
}

/**
 * Lets a queue do only what has not been done: each outcome is on disk before it is told, so a second start with the same
 * jobs goes on where the first one was stopped, however it was stopped.
 *
 * @param queue Who does what is missing.
 * @param options Where outcomes are kept.
 * @returns The queue to hand jobs to; the id of a job must stand for its input.
 */
export function storedQueue<Input, Output>(
  queue: JobQueue<Input, Output>,
  options: StoredQueueOptions<Output>,
): JobQueue<Input, Output> {
  const { folder, read, keepFailures, fileNames = [] } = options;
  const going = new Map<string, Promise<JobOutcome<Output>>>();
  const pathOf = (job: Job<Input>) => `${folder}/${job.id}.json`;
  const complete = async (job: Job<Input>, onProgress: JobProgress | undefined) => {
    const stored = readStored(pathOf(job), read);
    if (stored !== undefined && (keepFailures || stored.failure === undefined)) return stored;
    const outcome = await queue.submit(job, onProgress);
    if (outcome.failure !== undefined) {
      if (keepFailures) writeFile(pathOf(job), JSON.stringify(outcome) + "\n");
      return outcome;
    }
    const { output, files = new Map<string, Uint8Array>() } = outcome;
    for (const [name, content] of files) {
      if (!fileNames.includes(name)) continue;
      Deno.mkdirSync(`${folder}/${job.id}`, { recursive: true });
      writeFile(`${folder}/${job.id}/${name}`, content);
    }
    writeFile(pathOf(job), JSON.stringify({ output }) + "\n");
    return { output };
  };
  return {
    submit(job, onProgress) {
      const outcome = going.get(job.id) ?? complete(job, onProgress);
      going.set(job.id, outcome);
      return outcome;
    },
    close: () => queue.close(),
  };
}

/** An outcome on disk; undefined if there is none, or none that can be read: it is then made anew. */
function readStored<Output>(path: string, read: (output: unknown) => Output): JobOutcome<Output> | undefined {
  try {
    const stored = jsonObject(JSON.parse(Deno.readTextFileSync(path)), path);
    return stored.value("failure") === undefined
      ? { output: read(stored.value("output")) }
      : { failure: stored.text("failure") };
  } catch {
    return undefined;
  }
}
