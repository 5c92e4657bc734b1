import type * as Runtime from "onnxruntime-web/wasm";
import { OnnxPolicy } from "../../agents/onnx_policy.ts";
import { ProtobufWriter } from "../../nn/onnx/protobuf_writer.ts";
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

/**
 * Starts ONNX Runtime itself, which may take long where its WebAssembly is downloaded: by a model of one node.
 *
 * @param runtime The module of ONNX Runtime.
 */
export async function startRuntime(
  { InferenceSession }: Pick<typeof Runtime, "InferenceSession">,
): Promise<void> {
  const port = (name: string) => {
    const shape = new ProtobufWriter().message(1, new ProtobufWriter().integer(1, 1));
    const tensor = new ProtobufWriter().integer(1, 1).message(2, shape);
    return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
  };
  const node = new ProtobufWriter().text(1, "x").text(2, "y").text(4, "Identity");
  const graph = new ProtobufWriter().message(1, node).text(2, "start").message(11, port("x")).message(
    12,
    port("y"),
  );
  const opset = new ProtobufWriter().text(1, "").integer(2, 13);
  const model = new ProtobufWriter().integer(1, 8).message(7, graph).message(8, opset).finish();
  await (await InferenceSession.create(model)).release();
}
