import { printError } from "../cli/print.ts";
import { GreedyPolicy } from "../../agents/mod.ts";
import { ActionRows } from "../../agents/action_rows.ts";
import { Box, type BoxArray, type BoxArrays, type DiscreteAction, type Env } from "../../envs/mod.ts";
import {
  buildWithKernels,
  decodeOnnx,
  decodeOnnxMlp,
  onnxOutline,
  type OnnxPolicyFile,
  onnxSeal,
  QNetwork,
} from "../../nn/mod.ts";
import { isOwnOnnx } from "../../nn/onnx/is_own_onnx.ts";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { readSettings } from "../settings/read_settings.ts";
import type { CommandLine, Flag } from "../cli/command_line.ts";
import { envSourceOf } from "./env_source.ts";
import { loadEnv } from "./load_env.ts";
import { presetSettings } from "../settings/presets.ts";
import { readFile } from "../cli/read_file.ts";
import { runConfig } from "./run_config.ts";
import { actionCounts, isNetworkEnv } from "../run/env_kinds.ts";
import { channelsFirst } from "../run/channels_first.ts";
import { fittingBins } from "../run/fitting_bins.ts";
import { onnxFit, policyShape } from "../run/onnx_fit.ts";
import { makeRunEnv } from "../run/run_env.ts";
import type { Settings } from "../settings/settings.ts";
import { envName, isEnvFile } from "../settings/env_name.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";
import { choiceOption } from "../cli/option.ts";
import { flagValue } from "../cli/flag_value.ts";
import type { LoadedPolicy, Policy } from "./load_policy.ts";
import { OnnxWorkerPolicy } from "./onnx_worker_policy.ts";

/** The runtimes for an ONNX file. */
const RUNTIMES = ["native", "onnxruntime"] as const;
const RUNTIME = choiceOption(
  RUNTIMES,
  "runtime for --policy: native computes multilayer perceptrons itself (default: native where it can, else onnxruntime)",
);

/** The flags of a command that plays an ONNX file in place of a run folder. */
export const POLICY_FLAGS: readonly Flag[] = [
  { name: "--policy", placeholder: "FILE", help: "ONNX file of any program to play instead of a run folder" },
  {
    name: "--policy-output",
    placeholder: "NAME",
    help: "output of --policy to act by (default: the one that fits the actions)",
  },
  { name: "--runtime", placeholder: RUNTIME.placeholder, help: RUNTIME.help },
];

/** `--env` of a command with the {@linkcode POLICY_FLAGS}. */
export const POLICY_ENV_FLAG: Flag = {
  name: "--env",
  placeholder: "ID",
  help:
    "environment for --policy (default: the one named in the file), or the run's environment file; its code runs on this machine",
};

/** Plays a policy, of a run or of an ONNX file, and frees what plays. */
export function playAndClose<T>(loaded: LoadedPolicy | LoadedOnnx, play: () => T): T {
  try {
    return play();
  } finally {
    if ("close" in loaded) loaded.close();
  }
}

/** Refuses flags that are of no use without `--policy`. */
export function requirePolicy(line: CommandLine, action: string): void {
  for (const name of ["runtime", "policy-output"]) {
    if (!line.values.has(name) || line.values.has("policy")) continue;
    throw new UsageError(`Cannot ${action}: --${name} needs --policy, got none`);
  }
}

/** A policy loaded from an ONNX file. */
export interface LoadedOnnx extends LoadedPolicy {
  readonly env: Env<BoxArray, DiscreteAction>;
  /** The file. */
  readonly bytes: Uint8Array;
  /** Its network; undefined if only ONNX Runtime can compute it. */
  readonly file: OnnxPolicyFile | undefined;
  /** The output that its actions follow from. */
  readonly output: string;
  /** Frees what plays. */
  close(): void;
}

/**
 * Loads a policy and the environment that its metadata or `--env` names. How the actions of another program's model follow from it
 * is said on stderr.
 *
 * @param path Of an ONNX file of any program.
 * @param line The command line, with the {@linkcode POLICY_FLAGS} and `ENV_FILE_FLAGS`.
 * @returns The policy and its environment.
 * @throws {UsageError} If the file cannot be read, is invalid, or does not fit its environment.
 */
export async function loadOnnx(path: string, line: CommandLine): Promise<LoadedOnnx> {
  const bytes = readFile(path);
  const outline = attempt(() => onnxOutline(bytes), `Cannot read ${path}: `);
  const isOwn = isOwnOnnx(outline.metadata);
  const file = isOwn ? decode(path, bytes) : undefined;
  const { config, ...others } = outline.metadata;
  const isOfRun = isOwn || runConfig(config) !== undefined;
  const read = readMetadata(path, {
    metadata: file?.metadata ?? (isOfRun ? outline.metadata : others),
    architecture: file?.architecture,
  }, line.values.get("env"));
  const loadedSettings = await loadEnv(read, envSourceOf(line, { content: read, path }));
  const asked = line.values.get("policy-output") ?? outline.metadata.policy_output;
  const settings = isOfRun
    ? loadedSettings
    : attempt(() => fittingBins(loadedSettings, outline, asked), `Cannot play ${path}: `);
  const env = makeRunEnv({ ...settings, normalize: "none" }); // the file does that itself
  const { observationSpace: space } = env;
  if (!isNetworkEnv(env) || !(space instanceof Box)) {
    throw new UsageError(`Cannot play ${path}: ${settings.env} has no network policy`);
  }
  const actions = new ActionRows(env.actionSpace, `a policy of ${path}`);
  const observationLength = space.low.length;
  if (file !== undefined) requireFit(path, file, env, space);
  const runtime = flagValue(line, "runtime", RUNTIME, undefined);
  const fit = attempt(
    () => onnxFit(outline, policyShape(settings.env, env, space, actions), asked),
    `Cannot play ${path}: `,
  );
  const network = file ??
    (runtime === "onnxruntime"
      ? undefined
      : withParts(plainNetwork(path, bytes, fit.output, runtime), actions));
  if (runtime === "native" && network === undefined) {
    throw new UsageError(`Cannot play ${path}: its streams of actions in parts need --runtime onnxruntime`);
  }
  if (!isOwn) {
    printError(`${path}: ${fit.text}, computed by ${network === undefined ? "ONNX Runtime" : "bellman"}`);
  }
  const obeysMasks = settings.actionMask !== false;
  const { output } = fit;
  const loaded = { settings, env, bytes, output, file: network, ...(isOwn ? {} : { name: path }) };
  if (network !== undefined && runtime !== "onnxruntime") {
    return { ...loaded, policy: nativePolicy(network, { actions, obeysMasks }), close: () => {} };
  }
  const worker = await OnnxWorkerPolicy.load({
    path,
    bytes,
    output,
    actions,
    observationLength,
    isBytes: outline.inputs[0]?.type === "uint8",
  });
  const image = fit.channelsFirst;
  const taken = (observation: unknown) =>
    image === undefined ? vector(observation) : channelsFirst(vector(observation), image);
  const policy: Policy = {
    act: (observation, { actionMask } = {}) =>
      worker.act(taken(observation), { actionMask: obeysMasks ? actionMask : undefined }),
    qValues: (observation) => worker.qValues(taken(observation)),
  };
  return { ...loaded, policy, close: () => worker.close() };
}

function decode(path: string, bytes: Uint8Array): OnnxPolicyFile {
  const file = attempt(() => decodeOnnx(bytes), `Cannot read ${path}: `);
  if (onnxSeal(bytes) === undefined) {
    printError(`warning: ${path} has no SHA-256 of itself, so changes cannot be detected`);
  }
  return file;
}

function requireFit(
  path: string,
  { architecture }: OnnxPolicyFile,
  env: Env<BoxArray, DiscreteAction>,
  space: Box<keyof BoxArrays>,
): void {
  const { observationLength, image, byteScale, actionCount, actionParts } = architecture;
  const wanted = inputText(space.shape, space.dtype === "uint8");
  const taken = inputText(image ?? [observationLength], byteScale !== undefined);
  const [expected, got] = [choicesText(actionCounts(env)), choicesText(actionParts ?? actionCount)];
  if (taken === wanted && expected === got) return;
  const given = taken.endsWith(" numbers") ? observationLength : taken;
  throw new UsageError(
    `Cannot play ${path}: a policy for ${env.id} must take ${wanted} and choose from ${expected}, got ${given} and ${got}`,
  );
}

/** Observations in words: `4 numbers`, or `images of 7 × 7 × 3 bytes`. */
function inputText(shape: readonly number[], isBytes: boolean): string {
  const kind = isBytes ? "bytes" : "numbers";
  if (shape.length === 3) return `images of ${shape.join(" × ")} ${kind}`;
  return `${shape.reduce((product, length) => product * length, 1)} ${kind}`;
}

/** The choices of an architecture as text. */
function choicesText(counts: number | readonly number[]): string {
  return typeof counts === "number" ? `${counts} actions` : `${counts.join(" × ")} actions in parts`;
}

/** The network of another program's file; undefined if it needs ONNX Runtime, which is an error if the user ruled that out. */
function plainNetwork(
  path: string,
  bytes: Uint8Array,
  output: string,
  runtime: typeof RUNTIMES[number] | undefined,
): OnnxPolicyFile | undefined {
  if (runtime === "native") return attempt(() => decodeOnnxMlp(bytes, { output }), `Cannot read ${path}: `);
  try {
    return decodeOnnxMlp(bytes, { output });
  } catch {
    return undefined;
  }
}

/** A network whose outputs are the values of each part of an action, if actions have parts. */
function withParts(
  file: OnnxPolicyFile | undefined,
  { isVector, counts }: ActionRows<DiscreteAction>,
): OnnxPolicyFile | undefined {
  if (file === undefined || !isVector) return file;
  // Ours has a mean of the advantages of each part, that of another program one of all.
  if (file.architecture.dueling) return undefined;
  return { ...file, architecture: { ...file.architecture, actionParts: [...counts] } };
}

/** The settings of the policy's training, with another environment of this package if `--env` names one. */
function readMetadata(
  path: string,
  { metadata: { env: stored, config }, architecture }: {
    metadata: OnnxPolicyFile["metadata"];
    architecture: OnnxPolicyFile["architecture"] | undefined;
  },
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
  const { convolution = null, actionParts } = architecture ?? {};
  const preset = { ...presetSettings({ env, agent: "dqn" }), convolution };
  const bins = actionParts?.[0];
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
function nativePolicy(
  { architecture, tensors, normalization }: OnnxPolicyFile,
  { actions, obeysMasks }: { actions: ActionRows<DiscreteAction>; obeysMasks: boolean },
): Policy {
  const policy = buildWithKernels((kernels) =>
    new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
  );
  policy.network.setTensors(tensors);
  const normalize = (observation: BoxArray) =>
    normalization === undefined || observation instanceof Uint8Array
      ? observation
      : observation.map((value, i) => Math.fround(value - normalization.mean[i]!) / normalization.std[i]!);
  return {
    act: (observation, { actionMask } = {}) =>
      actions.fromColumns(
        policy.bestColumns(normalize(vector(observation)), obeysMasks ? actionMask : undefined),
      ),
    qValues: (observation) => policy.qValues(normalize(vector(observation))),
  };
}

/** An observation as numbers of one type. */
function vector(observation: unknown): BoxArray {
  if (observation instanceof Float32Array || observation instanceof Uint8Array) return observation;
  throw new TypeError(`Cannot act: the observation must be an array of numbers, got ${observation}`);
}
