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

/** A policy that can play. */
export interface Policy {
  /** Chooses an action; exploring agents explore unless `greedy` is set. */
  act(observation: Observation, options?: ActOptions): Action;
  /** The Q-value of each action; absent for agents without Q-values. */
  qValues?(observation: Observation): Float32Array;
}

/** A policy loaded from a run folder. */
export interface LoadedPolicy {
  /** The settings of the run. */
  readonly settings: Settings;
  /** Its environment, fresh. */
  readonly env: Env;
  /** The kept policy, or the random agent. */
  readonly policy: Policy;
  /** What plays, for messages. @default {the agent of the settings} */
  readonly name?: string;
}

/**
 * The settings of a run folder; their environment is loaded.
 *
 * @param folder Its path.
 * @param line The command line, with the `ENV_FILE_FLAGS`.
 * @returns The settings in its config.json.
 * @throws {UsageError} If it cannot be read, or holds anything other than settings, or names an environment file that
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
 * @throws {UsageError} If the folder holds no run, or its policy is invalid or from another run.
 */
export async function loadPolicy(folder: string, line: CommandLine): Promise<LoadedPolicy> {
  const path = `${folder}/policy.safetensors`;
  return restorePolicy(await loadSettings(folder, line), () => readFile(path), path);
}

/**
 * The policy of a run.
 *
 * @param settings The settings of the run.
 * @param read Reads its policy.safetensors; not called for agents without one.
 * @param path Its path, for messages.
 * @returns The policy, and the environment to play it in.
 * @throws {UsageError} If the policy is invalid or from another run.
 */
export function restorePolicy(settings: Settings, read: () => Uint8Array, path: string): LoadedPolicy {
  const env = makeRunEnv(settings);
  const { create, parameterCount } = behaviourOf(settings.agent);
  const expected = parameterCount(env, settings);
  const tensors = expected === 0 ? undefined : decodeTensors(read(), path, settings).tensors;
  const policy = attempt(() => {
    if (tensors !== undefined) requireElements(tensors, expected);
    // Only the learned state of the agent is needed, so the replay buffer is minimal.
    const created = create(env, { ...settings, batchSize: 1, bufferSize: 1 });
    if (tensors !== undefined) created?.learner?.learned.setTensors(tensors);
    return created?.agent;
  }, `Cannot read ${path}: `);
  if (policy !== undefined) return { settings, env, policy };
  throw new UsageError(`Cannot play ${path}: ${settings.agent} has no policy in ${settings.env}`);
}

/**
 * The kept parameters of a run.
 *
 * @param path Of its policy.safetensors.
 * @param settings Of the run.
 * @returns The parameters and their environment step.
 * @throws {UsageError} If the file cannot be read, is invalid, or is from another run.
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

/** Number of parameters that may always be allocated, whatever a file holds. */
const FEW = 100_000;

/** Refuses a far too small file before allocating the size that config.json asks for, which may be any number. */
function requireElements(tensors: readonly Tensor[], expected: number): void {
  const got = tensors.reduce((sum, { data }) => sum + data.length, 0);
  if (expected <= Math.max(FEW, 4 * got)) return; // the check of its tensors reports a mismatch later
  throw new TypeError(`it must have the ${expected} parameters that config.json asks for, got ${got}`);
}
