import { dirname } from "node:path";
import { decodeSafetensors } from "../../nn/mod.ts";
import type { CommandLine, Flag } from "../cli/command_line.ts";
import { readFile } from "../cli/read_file.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import type { GivenFile, GivenFiles } from "../run/given_files.ts";
import { requireSeal, sealOf, withoutSeal } from "../run/seal.ts";
import { flagOf, type Settings } from "../settings/settings.ts";
import { agentNeeded, isUsedBy } from "../settings/used_settings.ts";
import type { RunFile } from "./run_file.ts";
import type { NamedFile } from "./sealed_folder.ts";

/** A file that a run needs from outside; its folder keeps a copy, and its settings the SHA-256. */
interface Kind {
  /** Which of the files of a run it is. */
  readonly part: keyof GivenFiles;
  /** The setting that has its SHA-256. */
  readonly setting: "initWeightsSha256" | "bufferSha256";
  /** The flag that names it. */
  readonly flag: Flag;
  /** The copy in a run's folder. */
  readonly copy: RunFile;
  /** What a message says that the run does with it. */
  readonly verb: string;
}

const KINDS: readonly Kind[] = [
  {
    part: "weights",
    setting: "initWeightsSha256",
    flag: {
      name: "--init-weights",
      placeholder: "FILE",
      help:
        "start the network from the weights in this safetensors or ONNX file, whoever wrote it, instead of random ones; a copy is saved with the run (default: none, or with --config the run's)",
    },
    copy: "init_weights.bin",
    verb: "start from",
  },
  {
    part: "buffer",
    setting: "bufferSha256",
    flag: {
      name: "--from-buffer",
      placeholder: "FILE",
      help:
        "learn from the recorded transitions in this safetensors file alone, without acting; --env only evaluates, and --steps counts steps of learning; a copy is saved with the run (default: none, or with --config the run's)",
    },
    copy: "buffer.safetensors",
    verb: "learn from",
  },
];

/** The flags that name such files. */
export const GIVEN_FILE_FLAGS: readonly Flag[] = KINDS.map(({ flag }) => flag);

/** The most bytes of such a file. */
export const MOST_GIVEN_BYTES: number = 2 ** 30;

/**
 * The files that a new run needs: those that flags name, or the copies beside the `config.json` of a run that has some.
 *
 * @param line The command line.
 * @param settings Of the run.
 * @param config The path of `--config`, if it was given.
 * @returns The settings with the SHA-256 of each file, and the files.
 * @throws {UsageError} If a file cannot be read, is damaged, or has another SHA-256; or the agent does not use it.
 */
export function takeGivenFiles(
  line: CommandLine,
  settings: Settings,
  config: string | undefined,
): { settings: Settings; files: GivenFiles } {
  let taken: { settings: Settings; files: GivenFiles } = { settings, files: {} };
  for (const kind of KINDS) {
    const { file, sha256 } = take(kind, line, settings, config);
    taken = {
      settings: { ...taken.settings, [kind.setting]: sha256 },
      files: file === undefined ? taken.files : { ...taken.files, [kind.part]: file },
    };
  }
  return taken;
}

function take(
  kind: Kind,
  line: CommandLine,
  settings: Settings,
  config: string | undefined,
): { file: GivenFile | undefined; sha256: string | null } {
  const { setting, flag } = kind;
  const named = line.values.get(flag.name.slice(2));
  const expected = settings[setting];
  if (!isUsedBy(settings.agent, setting)) {
    if (named === undefined) return { file: undefined, sha256: null };
    throw new UsageError(`Cannot start the run: ${flag.name} needs ${agentNeeded(setting, settings)}`);
  }
  if (named !== undefined) {
    const isGiven = line.values.has(flagOf(setting).slice(2));
    // A configuration's is of another file.
    return read(kind, named, isGiven ? expected : null, (got) => `${flagOf(setting)} ${got}`);
  }
  if (expected === null) return { file: undefined, sha256: null };
  if (config === undefined) {
    throw new UsageError(`Cannot start the run: ${flagOf(setting)} needs ${flag.name}, got none`);
  }
  return { file: stored(kind, dirname(config), settings), sha256: expected };
}

/**
 * The copies of such files in the folder of a run.
 *
 * @param folder The folder.
 * @param settings Of the run.
 * @param options Whether a checkpoint has what the run started from.
 * @returns The files that the run needs.
 * @throws {UsageError} If one is missing, or has another SHA-256 than the run's.
 */
export function storedFiles(
  folder: string,
  settings: Settings,
  { isStarted = false }: { isStarted?: boolean } = {},
): GivenFiles {
  return Object.fromEntries(KINDS.flatMap((kind) => {
    if (isStarted && kind.part === "weights") return [];
    const file = stored(kind, folder, settings);
    return file === undefined ? [] : [[kind.part, file]];
  }));
}

function stored(kind: Kind, folder: string, settings: Settings): GivenFile | undefined {
  const expected = settings[kind.setting];
  if (expected === null || !isUsedBy(settings.agent, kind.setting)) return undefined;
  return read(kind, `${folder}/${kind.copy}`, expected, () => `${kind.flag.name} FILE`).file;
}

/** The copies to save in the folder of a new run. */
export function copiesOf(files: GivenFiles): NamedFile<RunFile>[] {
  return KINDS.flatMap(({ part, copy }) => {
    const file = files[part];
    return file === undefined ? [] : [[copy, file.bytes] as const];
  });
}

/** Reads a file; `accept` gives the flag that would accept another one. */
function read(
  { verb }: Kind,
  path: string,
  expected: string | null,
  accept: (sha256: string) => string,
): { file: GivenFile; sha256: string } {
  const bytes = attempt(() => {
    if (!Deno.statSync(path).isFile) throw new TypeError("it must be a file");
    return readFile(path, MOST_GIVEN_BYTES);
  }, `Cannot ${verb} ${path}: `);
  const sha256 = sealOf(bytes);
  if (expected !== null && sha256 !== expected) {
    throw new UsageError(
      `Cannot ${verb} ${path}: its SHA-256 must be ${expected}, got ${sha256} (train takes another file with ${
        accept(sha256)
      })`,
    );
  }
  requireWhole(verb, path, bytes);
  return { file: { path, bytes }, sha256 };
}

/** Refuses a sealed safetensors file of this library that was changed; all else is checked when the run is prepared. */
function requireWhole(verb: string, path: string, bytes: Uint8Array): void {
  let metadata: Readonly<Record<string, string>>;
  try {
    metadata = decodeSafetensors(bytes).metadata;
  } catch {
    return; // an ONNX file, or one that is refused later
  }
  if (!("sha256" in metadata)) return;
  attempt(() => requireSeal(metadata, sealOf(withoutSeal(bytes))), `Cannot ${verb} ${path}: `);
}
