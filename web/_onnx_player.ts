/**
 * Policies run by ONNX Runtime.
 *
 * @module
 */

import { Box, type BoxArray, type DiscreteAction } from "@bellman/dqn/envs";
import { decodeOnnx, type OnnxOutline, onnxOutline } from "@bellman/dqn/nn";
import { ActionRows } from "../agents/action_rows.ts";
import { bestColumns } from "../agents/best_columns.ts";
import { isOwnOnnx } from "../nn/onnx/is_own_onnx.ts";
import { channelsFirst } from "../scripts/run/channels_first.ts";
import { fittingBins } from "../scripts/run/fitting_bins.ts";
import { fittingOutputs, onnxFit, type PolicyShape, policyShape } from "../scripts/run/onnx_fit.ts";
import { presetSettings } from "../scripts/settings/presets.ts";
import { reasonOf } from "./_elements.ts";
import type { NetworkEnv } from "./_game.ts";
import { makeNetworkEnv } from "./_make_env.ts";
import { policyView } from "./_policy_view.ts";
import { PolicyWorker } from "./_policy_worker.ts";

/** A policy's decision for an observation. */
export interface Decision {
  /** The best action. */
  action: DiscreteAction;
  /** The index of the action, or of its value of each part, among the Q-values. */
  columns: Int32Array;
  /** The Q-value of each action, or of each value of each part, part after part. */
  values: Float32Array;
}

/** A loaded policy. */
export interface Player {
  /** The environment, as the policy sees it. */
  readonly env: NetworkEnv;
  /** The metadata of the file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** How the actions follow from the outputs, for a file of another program; else undefined. */
  readonly rule: string | undefined;
  /** The output that the actions follow from. */
  readonly output: string;
  /** The outputs that they could follow from. */
  readonly outputs: readonly string[];
  /** Decides for an observation. */
  decide(observation: BoxArray, actionMask: Uint8Array | undefined): Promise<Decision>;
  /** Frees its memory. */
  release(): void;
}

/**
 * Loads a policy of any program for an environment.
 *
 * @param bytes The file.
 * @param id The environment to play, which must be loaded.
 * @param chosen The output to act by; by default the one that fits, or the first of several.
 * @throws {TypeError} If the policy does not fit the environment.
 * @throws {SyntaxError} If the file is damaged or cannot be run.
 */
export async function loadPlayer(bytes: Uint8Array, id: string, chosen?: string): Promise<Player> {
  const outline = outlineOf(bytes);
  const { inputs, metadata } = outline;
  const view = policyView(outline);
  const named = chosen ?? metadata.policy_output;
  const preset = { ...presetSettings({ env: id, agent: "dqn" }), ...view };
  const { actionBins, actionParts } = isOwn(outline) || "config" in metadata
    ? preset
    : fittingBins(preset, outline, named);
  const env = makeNetworkEnv(id, { ...view, actionBins, actionParts });
  const shape = shapeOf(env);
  const outputs = fittingOutputs(outline, shape);
  const asked = named ?? (outputs.length > 1 ? outputs[0] : undefined);
  const { output, text, channelsFirst: image } = onnxFit(outline, shape, asked);
  const worker = new PolicyWorker();
  await worker.ask({ kind: "load", bytes, output, actions: shape.actions });
  const actions = new ActionRows(env.actionSpace, "a policy");
  const takesBytes = inputs[0]?.type === "uint8";
  return {
    env,
    metadata,
    rule: isOwn(outline) ? undefined : text,
    output,
    outputs,
    async decide(seen, actionMask) {
      const turned = image === undefined ? seen : channelsFirst(seen, image);
      const observation = takesBytes ? turned : Float32Array.from(turned);
      const answer = await worker.ask({ kind: "decide", observation });
      if (answer.kind !== "values") throw new Error("the worker must answer with values");
      const { values } = answer;
      const columns = bestColumns(values, actionMask, actions.counts);
      return { action: actions.fromColumns(columns), columns, values };
    },
    release: () => worker.stop(),
  };
}

/**
 * What a file takes and gives.
 *
 * @param bytes The file.
 * @throws {SyntaxError} If it is no model that can be run, or one of this library's that is damaged.
 */
export function outlineOf(bytes: Uint8Array): OnnxOutline {
  let outline: OnnxOutline;
  try {
    outline = onnxOutline(bytes);
  } catch (error) {
    throw new SyntaxError(`it must be an ONNX file that can be run: ${reasonOf(error)}`);
  }
  if (!isOwn(outline)) return outline;
  try {
    decodeOnnx(bytes);
    return outline;
  } catch (error) {
    throw new SyntaxError(`it must be what was written: ${reasonOf(error)}`);
  }
}

/** What an environment asks of a policy. */
export function shapeOf(env: NetworkEnv): PolicyShape {
  const { id, observationSpace, actionSpace } = env;
  if (!(observationSpace instanceof Box)) {
    throw new TypeError(`${id} must have numbers as observations`);
  }
  return policyShape(id, env, observationSpace, new ActionRows(actionSpace, "a policy"));
}

function isOwn({ metadata }: OnnxOutline): boolean {
  return isOwnOnnx(metadata);
}
