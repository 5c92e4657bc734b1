import { printError } from "../cli/print.ts";
import type { RunFile } from "./run_file.ts";
import type { RunFolder } from "./run_folder.ts";
import type { NamedFile } from "./sealed_folder.ts";
import { reasonOf } from "../values/reason_of.ts";

/**
 * Saves the files of a run. A temporarily full disk affects neither training nor later files: files that could not be
 * saved are kept, and tried again at the next checkpoint and at the end.
 */
export interface RunSaver {
  /** Whether the latest content of a file is not saved. */
  readonly failed: boolean;
  /** As the folder does. */
  save(...files: NamedFile<RunFile>[]): void;
  /** As the folder does, once the content is ready. */
  saveMeanwhile(name: RunFile, content: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void>;
  /** As the folder does. */
  append(name: RunFile, content: Uint8Array): void;
  /** As the folder does; a lost note only makes the recorded seconds of a killed run too few. */
  note(seconds: number): void;
  /** Saves what is missing, with several attempts, or reports that it cannot. */
  settle(): Promise<void>;
  /** As the folder does, if nothing is missing. */
  finish(): void;
}

/** The delays before the attempts at the end of a run. */
const WAITS_MS = [0, 250, 1_000, 2_000];

/**
 * Wraps a folder.
 *
 * @param folder Where to save; undefined saves nothing.
 * @param warn Receives a message when files cannot be saved, and when they are saved again.
 * @returns A saver that never throws.
 */
export function createRunSaver(
  folder: RunFolder | undefined,
  warn: (text: string) => void = printError,
): RunSaver {
  /** Files whose last content is not on disk. */
  const whole = new Map<RunFile, string | Uint8Array>();
  /** Content still to be appended to a file. */
  const ends = new Map<RunFile, Uint8Array[]>();
  /** Files whose last content could not be created. */
  const lost = new Set<RunFile>();
  let reason: string | undefined;
  let hasEnded = true;

  const missing = () => [...new Set([...whole.keys(), ...ends.keys(), ...lost])];
  const fail = (error: unknown) => {
    const isFirst = reason === undefined;
    reason = reasonOf(error);
    if (isFirst) {
      warn(`warning: ${reason} (training continues; trying again at the next checkpoint and at the end)`);
    }
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
      // A file too large for the disk does not prevent others from being saved.
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
      whole.delete(name); // replaced by this content
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
      if (parts !== undefined) return void parts.push(content); // Earlier content must be saved first.
      const own = [content];
      ends.set(name, own);
      if (!whole.has(name)) add(name, own);
    },
    note(seconds) {
      try {
        folder?.note(seconds);
      } catch {
        // The next attempt saves it.
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
