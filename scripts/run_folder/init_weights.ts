import { dirname } from "node:path";
import { decodeSafetensors } from "../../nn/mod.ts";
import type { CommandLine, Flag } from "../cli/command_line.ts";
import { readFile } from "../cli/read_file.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import type { InitWeights } from "../run/run.ts";
import { requireSeal, sealOf, withoutSeal } from "../run/seal.ts";
import { flagName, type Settings } from "../settings/settings.ts";
import { agentNeeded, isUsedBy } from "../settings/used_settings.ts";
import type { RunFile } from "./run_file.ts";

/** The copy, in a run's folder, of the file that it started from. */
export const INIT_WEIGHTS: RunFile = "init_weights.bin";

/** The flag that names such a file. */
export const INIT_WEIGHTS_FLAG: Flag = {
  name: "--init-weights",
  placeholder: "FILE",
  help:
    "start the network from the weights in this safetensors or ONNX file, whoever wrote it, instead of random ones; a copy is saved with the run (default: none, or with --config the run's)",
};

/** The most bytes of a file of weights. */
const MOST_BYTES = 2 ** 30;

/**
 * The weights that a new run starts from: those of `--init-weights`, or the copy beside the `config.json` of a run that has some.
 *
 * @param line The command line.
 * @param settings Of the run.
 * @param config The path of `--config`, if it was given.
 * @returns The settings with the SHA-256 of the file, and the file; undefined for random weights.
 * @throws {UsageError} If the file cannot be read, is damaged, or has another SHA-256; or the agent has no network.
 */
export function takeInitWeights(
  line: CommandLine,
  settings: Settings,
  config: string | undefined,
): { settings: Settings; weights: InitWeights | undefined } {
  const named = line.values.get(INIT_WEIGHTS_FLAG.name.slice(2));
  const isGiven = line.values.has(flagName("initWeightsSha256"));
  if (!isUsedBy(settings.agent, "initWeightsSha256")) {
    if (named === undefined) {
      return { settings: { ...settings, initWeightsSha256: null }, weights: undefined };
    }
    throw new UsageError(
      `Cannot start the run: --init-weights needs ${agentNeeded("initWeightsSha256", settings)}`,
    );
  }
  if (named !== undefined) {
    const expected = isGiven ? settings.initWeightsSha256 : null; // a configuration's is of another file
    const { weights, sha256 } = readWeights(named, expected, (got) => `--init-weights-sha256 ${got}`);
    return { settings: { ...settings, initWeightsSha256: sha256 }, weights };
  }
  if (settings.initWeightsSha256 === null) return { settings, weights: undefined };
  if (config === undefined) {
    throw new UsageError("Cannot start the run: --init-weights-sha256 needs --init-weights, got none");
  }
  return { settings, weights: storedWeights(dirname(config), settings) };
}

/**
 * The copy of the weights in the folder of a run.
 *
 * @param folder The folder.
 * @param settings Of the run.
 * @returns The file; undefined if the run started from random weights.
 * @throws {UsageError} If the file is missing, or has another SHA-256 than the run's.
 */
export function storedWeights(folder: string, settings: Settings): InitWeights | undefined {
  const { agent, initWeightsSha256: expected } = settings;
  if (expected === null || !isUsedBy(agent, "initWeightsSha256")) return undefined;
  return readWeights(`${folder}/${INIT_WEIGHTS}`, expected, () => "--init-weights FILE").weights;
}

/** Reads a file; `accept` gives the flag that would accept another one. */
function readWeights(
  path: string,
  expected: string | null,
  accept: (sha256: string) => string,
): { weights: InitWeights; sha256: string } {
  const bytes = attempt(() => {
    if (!Deno.statSync(path).isFile) throw new TypeError("it must be a file");
    return readFile(path, MOST_BYTES);
  }, `Cannot start from ${path}: `);
  const sha256 = sealOf(bytes);
  if (expected !== null && sha256 !== expected) {
    throw new UsageError(
      `Cannot start from ${path}: its SHA-256 must be ${expected}, got ${sha256} (train takes another file with ${
        accept(sha256)
      })`,
    );
  }
  requireWhole(path, bytes);
  return { weights: { path, bytes }, sha256 };
}

/** Refuses a sealed safetensors file of this library that was changed; `networkWeights` checks all else. */
function requireWhole(path: string, bytes: Uint8Array): void {
  let metadata: Readonly<Record<string, string>>;
  try {
    metadata = decodeSafetensors(bytes).metadata;
  } catch {
    return; // an ONNX file, or one that networkWeights refuses
  }
  if (!("sha256" in metadata)) return;
  attempt(() => requireSeal(metadata, sealOf(withoutSeal(bytes))), `Cannot start from ${path}: `);
}
