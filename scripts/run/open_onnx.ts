import type * as Runtime from "onnxruntime-web/wasm";
import { OnnxPolicy } from "../../agents/onnx_policy.ts";
import { float32Session, PlainTensor, runtimeReason } from "./float32_session.ts";

/** A model in ONNX Runtime, and which of its outputs to act by. */
export interface OnnxRequest {
  /** The file. */
  readonly bytes: Uint8Array;
  /** The name of the output. */
  readonly output: string;
  /** Number of actions. */
  readonly actions: number;
}

/**
 * Loads a model of any program into ONNX Runtime; in a worker, since it may take any amount of time.
 *
 * @param runtime The module of ONNX Runtime.
 * @param request The model.
 * @returns A policy whose first action is 0.
 * @throws {SyntaxError} If ONNX Runtime does not run it; the message is ONNX Runtime's.
 */
export async function openOnnx(
  { InferenceSession, Tensor }: Pick<typeof Runtime, "InferenceSession" | "Tensor">,
  { bytes, output, actions }: OnnxRequest,
): Promise<OnnxPolicy<PlainTensor>> {
  let session: Runtime.InferenceSession;
  try {
    session = await InferenceSession.create(bytes, { logSeverityLevel: 4 });
  } catch (error) {
    throw new SyntaxError(`ONNX Runtime must run it, got: ${runtimeReason(error)}`);
  }
  return new OnnxPolicy(float32Session(session, Tensor, output), PlainTensor, { output, actions });
}
