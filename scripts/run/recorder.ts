import { encodeReplay, ReplayBuffer, type StepRecord } from "../../agents/mod.ts";
import { Box, type BoxArray, type Env, MultiDiscrete, type Observation } from "../../envs/mod.ts";
import type { Settings } from "../settings/settings.ts";
import { VERSION } from "../values/package.ts";
import { actionCount, isNetworkEnv } from "./env_kinds.ts";
import { makeRunEnv, normalizationOf } from "./run_env.ts";

/** Keeps the steps of a training, for `--save-buffer`. */
export interface Recorder {
  /** Copies a step. */
  add(record: StepRecord): void;
  /** The steps as a file, by the environment of each; undefined before the first. */
  encode(): Uint8Array<ArrayBuffer> | undefined;
}

/** The most steps that are kept, and the most bytes that a file may have; of more, the last ones. */
const MOST_STEPS = 1_000_000;
const MOST_BYTES = 2 ** 30 - 2 ** 16;

/**
 * Prepares to record a run: single steps, whatever `--n-step` is, with observations in the environment's own numbers.
 *
 * @param settings Of the run.
 * @returns The recorder.
 * @throws {TypeError} If the agent's environment shows anything but a Box, or its actions are no choices.
 */
export function createRecorder(settings: Settings): Recorder {
  const env = makeRunEnv(settings);
  const { observationSpace, actionSpace } = env;
  if (!isNetworkEnv(env) || !(observationSpace instanceof Box)) {
    throw new TypeError(
      `Cannot start the run: --save-buffer needs observations that are a Box and actions Discrete or MultiDiscrete, as --agent dqn has them, got ${observationSpace} and ${actionSpace} for ${settings.agent}`,
    );
  }
  const parts = actionSpace instanceof MultiDiscrete ? actionSpace.nvec : undefined;
  const values = parts?.reduce((sum, count) => sum + count, 0) ?? actionCount(env);
  const maskLength = env.offersActionMask === true ? values : 0;
  const { shape, dtype } = observationSpace;
  const observationLength = observationSpace.low.length;
  const bytes = dtype === "uint8" ? { channels: shape[2] ?? 1, scale: 1 } : undefined;
  const elements = 2 * observationLength * (bytes === undefined ? 4 : 1);
  const rowBytes = elements + 4 * (parts?.length ?? 1) + 6 + 2 * maskLength;
  const capacity = Math.min(settings.steps ?? MOST_STEPS, MOST_STEPS, Math.floor(MOST_BYTES / rowBytes));
  const actionParts = parts?.length ?? 0;
  const buffer = new ReplayBuffer({ capacity, observationLength, maskLength, actionParts, bytes });
  const copies = new Int32Array(capacity);
  const original = undoNormalization(env);
  let added = 0;
  return {
    add(record) {
      const { action, observation, nextObservation } = record;
      if (action instanceof Float32Array) return;
      const slot = buffer.add({
        ...record,
        action,
        observation: original(observation),
        nextObservation: original(nextObservation),
      });
      copies[slot] = record.copy ?? 0;
      added++;
    },
    encode() {
      if (buffer.size === 0) return undefined;
      const oldest = added > capacity ? added % capacity : 0;
      const slots = slotsByCopy(copies.subarray(0, buffer.size), oldest);
      const metadata = {
        format: "bellman replay",
        env: settings.env,
        agent: settings.agent,
        version: VERSION,
      };
      return encodeReplay({ ...buffer.rows(slots), observationShape: [...shape], metadata });
    },
  };
}

/** The slots in use, one environment after the other, each oldest first. */
function slotsByCopy(copies: Int32Array, oldest: number): Int32Array {
  const byAge = Int32Array.from(copies, (_, k) => (oldest + k) % copies.length);
  const slots: number[][] = [];
  for (const slot of byAge) (slots[copies[slot]!] ??= []).push(slot);
  return Int32Array.from(slots.flat());
}

/** Observations as they were before a wrapper normalised them. */
function undoNormalization(env: Env): (observation: Observation) => BoxArray {
  const normalization = normalizationOf(env);
  return (observation) => {
    if (!(observation instanceof Float32Array || observation instanceof Uint8Array)) {
      throw new TypeError(`Cannot record a step: its observation must be an array, got ${observation}`);
    }
    if (normalization === undefined) return observation;
    const { mean, std } = normalization;
    return Float32Array.from(observation, (value, i) => value * std[i]! + mean[i]!);
  };
}
