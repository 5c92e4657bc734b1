import { writeFile } from "../cli/write_file.ts";
import type { JobQueue } from "../jobs/job_queue.ts";
import { STATE_FILE } from "../run_folder/run_state.ts";

/** The most bytes that all states together may take on disk. */
const MOST_BYTES = 2_000_000_000;

/** The states at the end of runs from which a longer run may continue, as files. */
export interface RungStates {
  /** The state of a run; undefined if there is none: the longer run then starts from the beginning, with the same result. */
  read(id: string): Uint8Array | undefined;
  /** Stores the state of a run, if there is room for it. */
  write(id: string, state: Uint8Array): void;
  /** Removes the state of a run, if there is one. */
  remove(id: string): void;
}

/**
 * Opens the states in a folder, which exists only while there are some. They only save time, so a file that cannot be written or
 * read is none.
 *
 * @param folder The folder.
 */
export function openRungStates(folder: string): RungStates {
  const pathOf = (id: string) => `${folder}/${id}.state`;
  const quietly = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch {
      return undefined;
    }
  };
  const sizeOf = (name: string) => quietly(() => Deno.statSync(`${folder}/${name}`).size) ?? 0;
  const names = () => quietly(() => [...Deno.readDirSync(folder)].map(({ name }) => name)) ?? [];
  return {
    read: (id) => quietly(() => Deno.readFileSync(pathOf(id))),
    write(id, state) {
      const used = names().reduce((sum, name) => sum + sizeOf(name), 0);
      if (used + state.length > MOST_BYTES) return;
      quietly(() => {
        Deno.mkdirSync(folder, { recursive: true });
        writeFile(pathOf(id), state);
      });
    },
    remove(id) {
      quietly(() => Deno.removeSync(pathOf(id)));
      // Fails while there are others.
      quietly(() => Deno.removeSync(folder));
    },
  };
}

/**
 * Wraps a queue so that the states that its runs leave are stored, and no longer part of their files.
 *
 * @param queue The queue that makes the runs.
 * @param states Where their states go.
 */
export function keepingStates<Input, Output>(
  queue: JobQueue<Input, Output>,
  states: RungStates,
): JobQueue<Input, Output> {
  return {
    async submit(job, onProgress) {
      const outcome = await queue.submit(job, onProgress);
      if (outcome.failure !== undefined || outcome.files === undefined) return outcome;
      const { [STATE_FILE]: state, ...others } = Object.fromEntries(outcome.files);
      if (state !== undefined) states.write(job.id, state);
      return { output: outcome.output, files: new Map(Object.entries(others)) };
    },
    close: () => queue.close(),
  };
}
