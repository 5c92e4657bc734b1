import { removeIfThere, writeFile, writeFileMeanwhile } from "../cli/write_file.ts";
import { sealMeanwhile, sealOf } from "../run/seal.ts";
import { encodeIndex, type FileIndex, INDEX_FILE, NOTHING } from "./file_index.ts";

/** A file to save. */
export type NamedFile<Name extends string = string> = readonly [name: Name, content: string | Uint8Array];

/**
 * Writes the files of a folder and their index. The index is written first, with the previous content as the alternative:
 * so it is correct at every moment at which the process may be killed.
 */
export interface SealedFolder<Name extends string = string> {
  /** Saves files, one after another. */
  save(files: readonly NamedFile<Name>[]): void;
  /** Saves a file asynchronously. */
  saveMeanwhile(name: Name, content: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Removes files from the index, so that they may change freely. */
  leaveOut(names: readonly Name[]): void;
  /** Writes the current index, without alternatives, and lists these files if they exist. */
  settle(others?: readonly Name[]): void;
}

/**
 * Starts writing a folder.
 *
 * @param path The folder, which must exist.
 * @param known The files in it.
 * @returns A writer for the folder, which throws if it cannot save.
 */
export function sealFolder<Name extends string>(
  path: string,
  known: FileIndex = new Map(),
): SealedFolder<Name> {
  const states = new Map(known);
  let written: string | undefined;
  const writeIndex = () => {
    const text = encodeIndex(states);
    if (text === written) return;
    writeFile(`${path}/${INDEX_FILE}`, text);
    written = text;
  };
  /** Announces the files about to be saved. */
  const announce = (hashes: readonly (readonly [string, string])[]) => {
    const before = new Map(states);
    for (const [name, hash] of hashes) {
      const others = states.get(name) ?? [NOTHING];
      states.set(name, [hash, ...others.filter((other) => other !== hash)]);
    }
    try {
      writeIndex();
    } catch (error) {
      for (const [name] of hashes) {
        const old = before.get(name);
        if (old === undefined) states.delete(name);
        else states.set(name, old);
      }
      throw error;
    }
  };
  const settleOne = (name: string, possible: readonly string[] | undefined) => {
    const hash = hashOf(`${path}/${name}`);
    if (hash === undefined) states.delete(name);
    else if (possible === undefined || possible.includes(hash)) states.set(name, [hash]);
  };
  return {
    save(files) {
      const contents = files.map(([name, content]) => {
        const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
        return { name, bytes, hash: sealOf(bytes) };
      });
      announce(contents.map(({ name, hash }) => [name, hash]));
      for (const { name, bytes, hash } of contents) {
        writeFile(`${path}/${name}`, bytes);
        states.set(name, [hash]);
      }
    },
    async saveMeanwhile(name, content) {
      const hash = await sealMeanwhile(content);
      announce([[name, hash]]);
      await writeFileMeanwhile(`${path}/${name}`, content);
      states.set(name, [hash]);
    },
    leaveOut(names) {
      for (const name of names) states.delete(name);
      if (states.size > 0) writeIndex();
      else removeIfThere(`${path}/${INDEX_FILE}`);
    },
    settle(others = []) {
      for (const [name, possible] of [...states]) if (possible.length > 1) settleOne(name, possible);
      for (const name of others) if (!states.has(name)) settleOne(name, undefined);
      if (states.size > 0) writeIndex();
    },
  };
}

/** The SHA-256 of a file; undefined if it does not exist. */
function hashOf(path: string): string | undefined {
  try {
    return sealOf(Deno.readFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
