import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { OnnxPolicy, type OnnxPolicyOptions } from "../../agents/onnx_policy.ts";

env.wasm.numThreads = 1;

/** A policy of ONNX Runtime. This file is loaded only when needed, since the runtime is large. */
export async function runtimePolicy(
  bytes: Uint8Array,
  options: OnnxPolicyOptions,
): Promise<OnnxPolicy<Tensor>> {
  return new OnnxPolicy(await InferenceSession.create(bytes), Tensor, options);
}
