import { decodeReplay, type ReplayRows, replayTransitions } from "../../agents/mod.ts";
import {
  Box,
  type BoxArray,
  type BoxDtype,
  type DiscreteAction,
  type Env,
  MultiDiscrete,
} from "../../envs/mod.ts";
import { isEnvFile } from "../settings/env_name.ts";
import type { Settings } from "../settings/settings.ts";
import { actionCount, isNetworkEnv } from "./env_kinds.ts";
import { normalizationOf } from "./run_env.ts";

/**
 * Reads the recorded transitions that a run learns from, as its agent sees them: normalised as its environment does it.
 *
 * @param bytes The bytes of the file.
 * @param settings Of the run.
 * @param env The environment, wrapped for the agent.
 * @returns The transitions.
 * @throws {SyntaxError | TypeError | RangeError} If the file is damaged, or its transitions are not of such an environment.
 */
export function recordedRows(bytes: Uint8Array, settings: Settings, env: Env): ReplayRows {
  const rows = decodeReplay(bytes);
  const { env: recorded } = rows.metadata;
  if (
    recorded !== undefined && recorded !== settings.env && !isEnvFile(recorded) && !isEnvFile(settings.env)
  ) {
    throw new TypeError(`it must be recorded in ${settings.env}, got ${recorded}`);
  }
  const { observationSpace } = env;
  if (!isNetworkEnv(env) || !(observationSpace instanceof Box)) {
    throw new TypeError(
      `observations must be a Box and actions Discrete or MultiDiscrete, got ${observationSpace} and ${env.actionSpace}`,
    );
  }
  checkObservations(rows, observationSpace);
  checkActions(rows, env);
  if (rows.steps?.some((steps) => steps > 1) === true) {
    throw new RangeError("steps must be 1 in each row, got more (--n-step sums rewards while it learns)");
  }
  if (env.offersActionMask === true && settings.actionMask !== false) checkMasks(rows, env);
  return { ...rows, ...scaledObservations(rows, env) };
}

function checkObservations(
  { observations, observationShape }: ReplayRows,
  { shape, dtype }: Box<BoxDtype>,
): void {
  const text = (dtype: string, shape: readonly number[]) => `${dtype} of shape (${shape.join(", ")})`;
  const expected = text(dtype, shape);
  const got = text(observations instanceof Uint8Array ? "uint8" : "float32", observationShape);
  if (got !== expected) throw new TypeError(`an observation must be ${expected}, got ${got}`);
}

function checkActions(rows: ReplayRows, { actionSpace }: Env<BoxArray, DiscreteAction>): void {
  const parts = actionSpace instanceof MultiDiscrete ? actionSpace.nvec.length : 0;
  if (rows.actionParts !== parts) {
    throw new TypeError(
      `actions must be ${parts === 0 ? "numbers" : `rows of ${parts} parts`}, got ${
        rows.actionParts === 0 ? "numbers" : `rows of ${rows.actionParts}`
      }`,
    );
  }
  let row = 0;
  for (const { action } of replayTransitions(rows)) {
    if (!actionSpace.contains(action)) {
      throw new RangeError(`actions must be in ${actionSpace}, got ${action} in row ${row}`);
    }
    row++;
  }
}

function checkMasks(
  { actionMasks, rewards }: ReplayRows,
  { actionSpace }: Env<BoxArray, DiscreteAction>,
): void {
  const expected = actionSpace instanceof MultiDiscrete
    ? actionSpace.nvec.reduce((sum, count) => sum + count, 0)
    : actionCount({ actionSpace });
  const got = (actionMasks?.length ?? 0) / rewards.length;
  if (got === expected) return;
  throw new TypeError(
    `action_masks must have ${expected} columns (or --action-mask=false), got ${got === 0 ? "none" : got}`,
  );
}

function scaledObservations(
  { observations, nextObservations }: ReplayRows,
  env: Env,
): Pick<ReplayRows, "observations" | "nextObservations"> {
  const normalization = normalizationOf(env);
  if (normalization === undefined) return { observations, nextObservations };
  const { mean, std } = normalization;
  const scaled = (values: BoxArray) =>
    Float32Array.from(values, (value, i) => (value - mean[i % mean.length]!) / std[i % std.length]!);
  return { observations: scaled(observations), nextObservations: scaled(nextObservations) };
}
