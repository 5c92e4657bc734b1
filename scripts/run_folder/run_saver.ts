import type { RunFile } from "./run_file.ts";
import type { RunFolder } from "./run_folder.ts";
import type { NamedFile } from "./sealed_folder.ts";

/** Saves what it can: a disk that fills up or a folder that vanishes costs the files, not the training. */
export interface RunSaver {
  /** Whether something could not be saved; nothing more is tried then. */
  readonly failed: boolean;
  /** As the folder does. */
  save(...files: NamedFile<RunFile>[]): void;
  /** As the folder does, once the content is there. */
  saveMeanwhile(name: RunFile, content: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void>;
  /** As the folder does. */
  append(name: RunFile, content: Uint8Array): void;
  /** As the folder does. */
  note(seconds: number): void;
  /** As the folder does. */
  finish(): void;
}

/**
 * Wraps a folder.
 *
 * @param folder Where to save; undefined saves nothing.
 * @returns What never throws, but says on stderr what could not be saved.
 */
export function createRunSaver(folder: RunFolder | undefined): RunSaver {
  let failed = false;
  const fail = (error: unknown) => {
    if (failed) return;
    failed = true;
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`error: ${reason} (training goes on, nothing more is saved)`);
  };
  const attempt = (action: () => void) => {
    if (failed) return;
    try {
      action();
    } catch (error) {
      fail(error);
    }
  };
  return {
    get failed() {
      return failed;
    },
    save: (...files) => attempt(() => folder?.save(...files)),
    async saveMeanwhile(name, content) {
      if (failed || folder === undefined) return;
      try {
        await folder.saveMeanwhile(name, await content());
      } catch (error) {
        fail(error);
      }
    },
    append: (name, content) => attempt(() => folder?.append(name, content)),
    note: (seconds) => attempt(() => folder?.note(seconds)),
    finish: () => attempt(() => folder?.finish()),
  };
}
