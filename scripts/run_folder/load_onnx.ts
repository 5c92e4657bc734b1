import { printError } from "../cli/print.ts";
import { GreedyPolicy } from "../../agents/mod.ts";
import { ActionRows } from "../../agents/action_rows.ts";
import { Box, type BoxArray, type DiscreteAction, type Env } from "../../envs/mod.ts";
import { buildWithKernels, decodeOnnx, type OnnxPolicyFile, onnxSeal, QNetwork } from "../../nn/mod.ts";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { readSettings } from "../settings/read_settings.ts";
import type { CommandLine } from "../cli/command_line.ts";
import { envSourceOf } from "./env_source.ts";
import { loadEnv } from "./load_env.ts";
import { presetSettings } from "../settings/presets.ts";
import { readFile } from "../cli/read_file.ts";
import { actionCounts, isNetworkEnv } from "../run/env_kinds.ts";
import { makeRunEnv } from "../run/run_env.ts";
import type { Settings } from "../settings/settings.ts";
import { envName, isEnvFile } from "../settings/env_name.ts";
import { UsageError } from "../cli/usage_error.ts";
import { reasonOf } from "../values/reason_of.ts";

/** A policy loaded from an ONNX file. */
export interface LoadedOnnx {
  /** The settings of its training, or the environment's preset if the file has none. */
  readonly settings: Settings;
  /** Its environment, fresh. */
  readonly env: Env<BoxArray, DiscreteAction>;
  /** Its actions. */
  readonly actions: ActionRows<DiscreteAction>;
  /** The file. */
  readonly bytes: Uint8Array;
  /** Its content. */
  readonly file: OnnxPolicyFile;
}

/**
 * Loads a policy and the environment that its metadata or `--env` names.
 *
 * @param path Of an ONNX file that this library wrote.
 * @param line The command line, with the `ENV_FILE_FLAGS`.
 * @returns The policy and its environment.
 * @throws {UsageError} If the file cannot be read, is invalid, or does not fit its environment.
 */
export async function loadOnnx(path: string, line: CommandLine): Promise<LoadedOnnx> {
  const bytes = readFile(path);
  const file = decode(path, bytes);
  const read = readMetadata(path, file, line.values.get("env"));
  const settings = await loadEnv(read, envSourceOf(line, { content: read, path }));
  const env = makeRunEnv({ ...settings, normalize: "none" }); // the file does that itself
  const { observationSpace: space } = env;
  if (!isNetworkEnv(env) || !(space instanceof Box)) {
    throw new UsageError(`Cannot play ${path}: ${settings.env} has no network policy`);
  }
  const { observationLength, image, byteScale, actionCount, actionParts } = file.architecture;
  const wanted = inputText(space.shape, space.dtype === "uint8");
  const taken = inputText(image ?? [observationLength], byteScale !== undefined);
  const [expected, got] = [choicesText(actionCounts(env)), choicesText(actionParts ?? actionCount)];
  if (taken !== wanted || expected !== got) {
    const given = taken.endsWith(" numbers") ? observationLength : taken;
    throw new UsageError(
      `Cannot play ${path}: a policy for ${settings.env} must take ${wanted} and choose from ${expected}, got ${given} and ${got}`,
    );
  }
  return { settings, env, actions: new ActionRows(env.actionSpace, `a policy of ${path}`), bytes, file };
}

/** The choices of an architecture as text. */
function choicesText(counts: number | readonly number[]): string {
  return typeof counts === "number" ? `${counts} actions` : `${counts.join(" × ")} actions in parts`;
}

/** Observations in words: `4 numbers`, or `images of 7 × 7 × 3 bytes`. */
function inputText(shape: readonly number[], isBytes: boolean): string {
  const kind = isBytes ? "bytes" : "numbers";
  if (shape.length === 3) return `images of ${shape.join(" × ")} ${kind}`;
  return `${shape.reduce((product, length) => product * length, 1)} ${kind}`;
}

function decode(path: string, bytes: Uint8Array): OnnxPolicyFile {
  try {
    const file = decodeOnnx(bytes);
    if (onnxSeal(bytes) === undefined) {
      printError(`warning: ${path} has no SHA-256 of itself, so changes cannot be detected`);
    }
    return file;
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${reasonOf(error)}`);
  }
}

/** The settings of the policy's training, with another environment of this package if `--env` names one. */
function readMetadata(
  path: string,
  { architecture, metadata: { env: stored, config } }: OnnxPolicyFile,
  named: string | undefined,
): Settings {
  const other = named !== undefined && (stored === undefined || !isEnvFile(named))
    ? envName(named)
    : undefined;
  if (config !== undefined) {
    const settings = readSettings({ values: new Map(), words: [] }, parseConfig(path, config));
    if (other === undefined || other === settings.env) return settings;
    return { ...settings, env: other, envOptions: {}, envSha256: null };
  }
  const env = other ?? stored;
  if (env === undefined) {
    throw new UsageError(
      `Cannot play ${path}: its metadata must have an env, or --env must be given, got none`,
    );
  }
  const { convolution = null } = architecture;
  const preset = { ...presetSettings({ env, agent: "dqn" }), convolution };
  const bins = architecture.actionParts?.[0];
  return bins === undefined ? preset : { ...preset, actionParts: true, actionBins: bins };
}

function parseConfig(path: string, config: string): unknown {
  try {
    return parseBoundedJson(config, { depth: 16, length: 1_000_000 });
  } catch {
    throw new UsageError(`Cannot read ${path}: the config in its metadata must be JSON`);
  }
}

/** Plays with a network of this library. */
export function nativePolicy({ file, actions }: LoadedOnnx): GreedyPlayer {
  const { architecture, tensors, normalization } = file;
  const policy = buildWithKernels((kernels) =>
    new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
  );
  policy.network.setTensors(tensors);
  const act: GreedyPlayer["act"] = (observation, mask) =>
    actions.fromColumns(policy.bestColumns(observation, mask));
  if (normalization === undefined) return { act };
  const { mean, std } = normalization;
  const normalize = (observation: Float32Array) =>
    observation.map((value, i) => Math.fround(value - mean[i]!) / std[i]!);
  return {
    act: (observation, mask) =>
      act(observation instanceof Uint8Array ? observation : normalize(observation), mask),
  };
}

/** Chooses the best action. */
export interface GreedyPlayer {
  /** The best action for an observation, among those that a mask allows. */
  act(observation: BoxArray, actionMask?: Uint8Array): DiscreteAction;
}
