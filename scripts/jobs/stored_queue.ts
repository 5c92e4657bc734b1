import { printError } from "../cli/print.ts";
import type { Job, JobOutcome, JobProgress, JobQueue } from "./job_queue.ts";
import { parseSealedJson, sealedJson } from "../run/sealed_json.ts";
import { jsonObject } from "../values/json_object.ts";
import { keepUnsaved } from "./unsaved.ts";
import { writeFile } from "../cli/write_file.ts";
import { reasonOf } from "../values/reason_of.ts";

/** Options of {@linkcode storedQueue}. */
export interface StoredQueueOptions<Output> {
  /** An existing folder; each outcome is a file in it, named after the job. */
  readonly folder: string;
  /** Reads an output; throws if it is invalid. */
  readonly read: (output: unknown) => Output;
  /** The id of the job that an output belongs to. */
  readonly idOf: (output: Output) => string;
  /** Whether failures are stored, so that a failed job is not tried again the next time. */
  readonly keepFailures: boolean;
  /** The names of files that a job may leave; they lie in a folder named after it. @default {[]} */
  readonly fileNames?: readonly string[];
}

/**
 * Wraps a queue so that it runs only jobs without a stored outcome. Each outcome is on disk before it is reported, so a second start
 * with the same jobs continues where the first one was stopped, however it was stopped. An outcome that cannot be saved is reported
 * anyway, and saved later.
 *
 * @param queue The queue that runs the missing jobs.
 * @param options Where outcomes are stored.
 * @returns A queue; the id of a job must identify its input.
 */
export function storedQueue<Input, Output>(
  queue: JobQueue<Input, Output>,
  options: StoredQueueOptions<Output>,
): JobQueue<Input, Output> {
  const { folder, keepFailures, fileNames = [], idOf } = options;
  const unsaved = keepUnsaved();
  const going = new Map<string, Promise<JobOutcome<Output>>>();
  const pathOf = (job: Job<Input>) => `${folder}/${job.id}.json`;
  const complete = async (job: Job<Input>, onProgress: JobProgress | undefined) => {
    const stored = readStored(pathOf(job), job.id, options);
    if (stored !== undefined && (keepFailures || stored.failure === undefined)) return stored;
    const outcome = await queue.submit(job, onProgress);
    if (outcome.failure !== undefined) {
      const { failure } = outcome;
      if (keepFailures) unsaved.save(() => writeFile(pathOf(job), sealedJson({ id: job.id, failure })));
      return outcome;
    }
    const { output, files = new Map<string, Uint8Array>() } = outcome;
    if (idOf(output) !== job.id) {
      throw new Error(
        `Cannot keep the result of ${job.id}: it must be of this run, got one of ${idOf(output)}`,
      );
    }
    unsaved.save(() => {
      for (const [name, content] of files) {
        if (!fileNames.includes(name)) continue;
        Deno.mkdirSync(`${folder}/${job.id}`, { recursive: true });
        writeFile(`${folder}/${job.id}/${name}`, content);
      }
      writeFile(pathOf(job), sealedJson({ id: job.id, output }));
    });
    return { output };
  };
  return {
    submit(job, onProgress) {
      const outcome = going.get(job.id) ?? complete(job, onProgress);
      going.set(job.id, outcome);
      return outcome;
    },
    async close() {
      await queue.close();
      unsaved.settle();
    },
  };
}

/** An outcome on disk; undefined if it does not exist or cannot be trusted: the job is then repeated. */
function readStored<Output>(
  path: string,
  id: string,
  { read, idOf }: Pick<StoredQueueOptions<Output>, "read" | "idOf">,
): JobOutcome<Output> | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
  try {
    const stored = jsonObject(parseSealedJson(text), path);
    const demand = (own: string) => {
      if (own !== id) throw new SyntaxError(`it must be the result of ${id}, got that of ${own}`);
    };
    demand(stored.text("id"));
    if (stored.value("failure") !== undefined) return { failure: stored.text("failure") };
    const output = read(stored.value("output"));
    demand(idOf(output));
    return { output };
  } catch (error) {
    printError(`warning: ${path} is ignored, and its run is repeated: ${reasonOf(error)}`);
    return undefined;
  }
}
