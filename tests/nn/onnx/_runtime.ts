import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { OnnxPolicy } from "../../../agents/onnx_policy.ts";

env.wasm.numThreads = 1;

/** Loads a file in ONNX Runtime, gives a body its policy, and releases it. */
export async function inRuntime(
  file: Uint8Array,
  body: (policy: OnnxPolicy<Tensor>) => Promise<void>,
): Promise<void> {
  const session = await InferenceSession.create(file);
  try {
    await body(new OnnxPolicy(session, Tensor));
  } finally {
    await session.release();
  }
}
