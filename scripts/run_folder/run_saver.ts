import { printError } from "../cli/print.ts";
import type { RunFile } from "./run_file.ts";
import type { RunFolder } from "./run_folder.ts";
import type { NamedFile } from "./sealed_folder.ts";
import { reasonOf } from "../values/reason_of.ts";

/**
 * Saves what it can: a disk that is full for a while costs neither the training nor what is saved after that. What could not be
 * saved is kept, and tried again with the next checkpoint and at the end.
 */
export interface RunSaver {
  /** Whether something is not saved as it is now. */
  readonly failed: boolean;
  /** As the folder does. */
  save(...files: NamedFile<RunFile>[]): void;
  /** As the folder does, once the content is there. */
  saveMeanwhile(name: RunFile, content: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void>;
  /** As the folder does. */
  append(name: RunFile, content: Uint8Array): void;
  /** As the folder does; a note that is lost costs a killed run some seconds of its count, no more. */
  note(seconds: number): void;
  /** Saves what is missing, with some patience, or says that it cannot. */
  settle(): Promise<void>;
  /** As the folder does, if nothing is missing. */
  finish(): void;
}

/** How long the end of a run waits for its disk before each attempt. */
const WAITS_MS = [0, 250, 1_000, 2_000];

/**
 * Wraps a folder.
 *
 * @param folder Where to save; undefined saves nothing.
 * @param warn Hears of what could not be saved, and of when it was.
 * @returns What never throws.
 */
export function createRunSaver(
  folder: RunFolder | undefined,
  warn: (text: string) => void = printError,
): RunSaver {
  /** Files whose last content is not on disk. */
  const whole = new Map<RunFile, string | Uint8Array>();
  /** What is still to be added to the end of a file. */
  const ends = new Map<RunFile, Uint8Array[]>();
  /** Files whose last content could not even be made. */
  const lost = new Set<RunFile>();
  let reason: string | undefined;
  let hasEnded = true;

  const missing = () => [...new Set([...whole.keys(), ...ends.keys(), ...lost])];
  const fail = (error: unknown) => {
    const isFirst = reason === undefined;
    reason = reasonOf(error);
    if (isFirst) warn(`warning: ${reason} (training continues; the next checkpoint and the end try again)`);
  };
  const recover = () => {
    if (reason === undefined || missing().length > 0) return;
    reason = undefined;
    warn(`saved again: ${folder?.path}`);
  };
  const attempt = (action: () => void): boolean => {
    try {
      action();
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };
  const write = (files: readonly NamedFile<RunFile>[]) => {
    if (!attempt(() => folder?.save(...files))) {
      // One that is too large for what is left of a disk keeps no other from being saved.
      for (const file of files) if (attempt(() => folder?.save(file))) whole.delete(file[0]);
    } else for (const [name] of files) whole.delete(name);
  };
  const add = (name: RunFile, parts: Uint8Array[]) => {
    while (parts.length > 0 && attempt(() => folder?.append(name, parts[0]!))) parts.shift();
    if (parts.length === 0) ends.delete(name);
  };
  const retry = () => {
    if (whole.size > 0) write([...whole]);
    for (const [name, parts] of ends) if (!whole.has(name)) add(name, parts);
    recover();
  };
  return {
    get failed() {
      return missing().length > 0 || !hasEnded;
    },
    save(...files) {
      for (const [name, content] of files) {
        whole.set(name, content);
        ends.delete(name);
      }
      write(files);
      recover();
    },
    async saveMeanwhile(name, content) {
      if (folder === undefined) return;
      whole.delete(name); // which this takes the place of
      lost.add(name);
      if (reason !== undefined) retry();
      try {
        const bytes = await content();
        lost.delete(name);
        whole.set(name, bytes);
        await folder.saveMeanwhile(name, bytes);
        whole.delete(name);
      } catch (error) {
        fail(error);
      }
      recover();
    },
    append(name, content) {
      const parts = ends.get(name);
      if (parts !== undefined) return void parts.push(content); // What came before it must be there first.
      const own = [content];
      ends.set(name, own);
      if (!whole.has(name)) add(name, own);
    },
    note(seconds) {
      try {
        folder?.note(seconds);
      } catch {
        // As said.
      }
    },
    async settle() {
      for (const wait of WAITS_MS) {
        if (missing().length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, wait));
        retry();
      }
      if (missing().length > 0) warn(`error: ${reason} (not saved: ${missing().join(", ")})`);
    },
    finish() {
      if (missing().length > 0) return;
      hasEnded = attempt(() => folder?.finish());
    },
  };
}
