/**
 * Policies run by ONNX Runtime.
 *
 * @module
 */

import { Box, Discrete } from "@bellman/dqn/envs";
import { decodeOnnx, onnxSeal } from "@bellman/dqn/nn";
import { OnnxPolicy } from "@bellman/dqn/onnx-policy";
import type { InferenceSession } from "onnxruntime-web/wasm";
import type { VectorEnv } from "./_game.ts";

/** A policy's decision for an observation. */
export interface Decision {
  /** The best action. */
  action: number;
  /** The Q-value of each action. */
  values: Float32Array;
}

/** A loaded policy. */
export interface Player {
  /** The metadata of the file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Decides for an observation. */
  decide(observation: Float32Array, actionMask: Uint8Array | undefined): Promise<Decision>;
  /** Frees its memory. */
  release(): Promise<void>;
}

type Runtime = typeof import("onnxruntime-web/wasm");

let runtime: Promise<Runtime> | undefined;

/** Loads the runtime when it is first needed: 2.4 MB of WebAssembly, compressed. */
function loadRuntime(): Promise<Runtime> {
  runtime ??= import("onnxruntime-web/wasm").then((module) => {
    module.env.wasm.numThreads = 1;
    module.env.wasm.wasmPaths = { wasm: new URL("ort-wasm-simd-threaded.wasm", import.meta.url).href };
    return module;
  });
  return runtime;
}

/**
 * Loads a policy for an environment, from this library or any other program with an input `observation` and an
 * output `q_values`.
 *
 * @param bytes The file.
 * @param env The environment to play.
 * @throws {TypeError} If the policy does not fit the environment.
 * @throws {SyntaxError} If the file is damaged or cannot be run.
 */
export async function loadPlayer(bytes: Uint8Array, env: VectorEnv): Promise<Player> {
  const metadata = metadataOf(bytes);
  const { InferenceSession, Tensor } = await loadRuntime();
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes);
  } catch {
    throw new SyntaxError("it must be an ONNX file that can be run");
  }
  try {
    const first = requireFit(session, env, metadata);
    const policy = new OnnxPolicy(session, Tensor, { firstAction: first });
    return {
      metadata,
      async decide(observation, actionMask) {
        const action = await policy.act(observation, { actionMask });
        return { action, values: await policy.qValues(observation) };
      },
      release: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** The metadata of a file from this library; empty for a file from another program. */
function metadataOf(bytes: Uint8Array): Readonly<Record<string, string>> {
  try {
    return decodeOnnx(bytes).metadata;
  } catch (error) {
    if (!isSealed(bytes)) return {};
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(`it must be what was written: ${reason}`);
  }
}

function isSealed(bytes: Uint8Array): boolean {
  try {
    return onnxSeal(bytes) !== undefined;
  } catch {
    return false;
  }
}

/** The first action of an environment; throws unless a model fits it. */
function requireFit(session: InferenceSession, env: VectorEnv, metadata: Player["metadata"]): number {
  const { observationSpace, actionSpace } = env;
  if (!(observationSpace instanceof Box) || !(actionSpace instanceof Discrete)) {
    throw new TypeError(`${env.id} must have numbers as observations and Discrete actions`);
  }
  const lengthOf = (values: InferenceSession["inputMetadata"], name: string) => {
    const value = values.find((other) => other.name === name);
    return value?.isTensor ? value.shape[1] : undefined;
  };
  const [inputs, outputs] = [
    lengthOf(session.inputMetadata, "observation"),
    lengthOf(session.outputMetadata, "q_values"),
  ];
  const [numbers, actions] = [observationSpace.low.length, actionSpace.n];
  if (inputs !== numbers || outputs !== actions) {
    const origin = metadata.env === undefined ? "" : ` (it is one for ${metadata.env})`;
    throw new TypeError(
      `a policy for ${env.id} must take observation of ${numbers} numbers and give q_values of ${actions} actions, ` +
        `this one has ${inputs ?? "no"} and ${outputs ?? "no"}${origin}`,
    );
  }
  return actionSpace.start;
}
