import type { ActOptions } from "../../agents/mod.ts";
import type { Action, Env, Observation } from "../../envs/mod.ts";
import { decodeSafetensors, float32Tensors, type Tensor } from "../../nn/mod.ts";
import { readSettings } from "../settings/read_settings.ts";
import type { CommandLine } from "../cli/command_line.ts";
import { envSourceOf } from "./env_source.ts";
import { loadEnv } from "./load_env.ts";
import { readFile, readJsonFile } from "../cli/read_file.ts";
import { behaviourOf } from "../run/agent_behaviours.ts";
import { makeRunEnv } from "../run/run_env.ts";
import { requireSeal, sealOf, withoutSeal } from "../run/seal.ts";
import type { Settings } from "../settings/settings.ts";
import { attempt, UsageError } from "../cli/usage_error.ts";

/** The files that the policy of a run is read from. */
export const POLICY_FILES = ["config.json", "policy.safetensors"] as const;

/** Something that plays. */
export interface Policy {
  /** Chooses an action; agents that explore do so unless asked to be greedy. */
  act(observation: Observation, options?: ActOptions): Action;
  /** The Q-value of each action; absent where there are none. */
  qValues?(observation: Observation): Float32Array;
}

/** What a run folder holds to play with. */
export interface LoadedPolicy {
  /** How the run was made. */
  readonly settings: Settings;
  /** Its environment, fresh. */
  readonly env: Env;
  /** The policy that it kept; of a random agent, the agent. */
  readonly policy: Policy;
}

/**
 * The settings of a run folder; their environment is loaded.
 *
 * @param folder Its path.
 * @param line The command line, with the `ENV_FILE_FLAGS`.
 * @returns What its config.json says.
 * @throws {UsageError} If that cannot be read, or holds anything else than settings, or names a file as its environment that
 * may not be loaded.
 */
export async function loadSettings(folder: string, line: CommandLine): Promise<Settings> {
  const path = `${folder}/config.json`;
  const content = readJsonFile(path);
  const settings = readSettings({ values: new Map(), words: [] }, content);
  return await loadEnv(settings, envSourceOf(line, { content, path }));
}

/**
 * The policy of a run folder.
 *
 * @param folder Its path.
 * @param line The command line, with the `ENV_FILE_FLAGS`.
 * @returns The policy, and the environment to play it in.
 * @throws {UsageError} If the folder holds no run, or its policy is spoiled or of another run.
 */
export async function loadPolicy(folder: string, line: CommandLine): Promise<LoadedPolicy> {
  const path = `${folder}/policy.safetensors`;
  return restorePolicy(await loadSettings(folder, line), () => readFile(path), path);
}

/**
 * The policy of a run.
 *
 * @param settings How the run was made.
 * @param read Gives the content of its policy.safetensors; not called where there is none.
 * @param path Where that lies, for messages.
 * @returns The policy, and the environment to play it in.
 * @throws {UsageError} If the policy is spoiled or of another run.
 */
export function restorePolicy(settings: Settings, read: () => Uint8Array, path: string): LoadedPolicy {
  const env = makeRunEnv(settings);
  const { create, parameterCount } = behaviourOf(settings.agent);
  const expected = parameterCount(env, settings);
  const tensors = expected === 0 ? undefined : decodeTensors(read(), path, settings).tensors;
  const policy = attempt(() => {
    if (tensors !== undefined) requireElements(tensors, expected);
    // Only what is learned is needed of the agent: no replay to speak of.
    const created = create(env, { ...settings, batchSize: 1, bufferSize: 1 });
    if (tensors !== undefined) created?.learner?.learned.setTensors(tensors);
    return created?.agent;
  }, `Cannot read ${path}: `);
  if (policy !== undefined) return { settings, env, policy };
  throw new UsageError(`Cannot play ${path}: ${settings.agent} has no policy in ${settings.env}`);
}

/**
 * The parameters that a run kept.
 *
 * @param path Of its policy.safetensors.
 * @param settings Of the run.
 * @returns The parameters, and the environment step they are of.
 * @throws {UsageError} If the file cannot be read, is spoiled, or is of another run.
 */
export function readTensors(path: string, settings: Settings): { tensors: Tensor[]; step: number } {
  return decodeTensors(readFile(path), path, settings);
}

function decodeTensors(
  bytes: Uint8Array,
  path: string,
  settings: Settings,
): { tensors: Tensor[]; step: number } {
  return attempt(() => {
    const content = decodeSafetensors(bytes);
    const { metadata } = content;
    const tensors = float32Tensors(content);
    requireSeal(metadata, sealOf(withoutSeal(bytes)));
    for (const name of ["env", "agent"] as const) {
      if (metadata[name] === settings[name]) continue;
      throw new TypeError(`its ${name} must be the run's, ${settings[name]}, got ${metadata[name]}`);
    }
    const spoiled = tensors.find(({ data }) => !data.every(Number.isFinite));
    if (spoiled !== undefined) {
      throw new RangeError(`every weight must be finite, got others in ${spoiled.name}`);
    }
    return { tensors, step: Number(metadata.step) };
  }, `Cannot read ${path}: `);
}

/** Parameters that may be allocated whatever a file holds. */
const FEW = 100_000;

/** Refuses what is far too small before anything of the size is allocated: a config.json may say anything. */
function requireElements(tensors: readonly Tensor[], expected: number): void {
  const got = tensors.reduce((sum, { data }) => sum + data.length, 0);
  if (expected <= Math.max(FEW, 4 * got)) return; // what does not fit is named by its tensors later
  throw new TypeError(`it must have the ${expected} parameters that config.json asks for, got ${got}`);
}
