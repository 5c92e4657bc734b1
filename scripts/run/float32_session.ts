import type { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import type { OnnxObservation, OnnxSession, OnnxTensor } from "../../agents/onnx_policy.ts";
import { reasonOf } from "../values/reason_of.ts";
import { fromFloat16, toFloat16 } from "../../nn/math/float16.ts";

/** A tensor of float32 or of bytes. */
export class PlainTensor implements OnnxTensor {
  /** @param type Of the elements; `data` has them row by row, `dims` the length of each dimension. */
  constructor(
    readonly type: "float32" | "uint8",
    readonly data: OnnxObservation,
    readonly dims: readonly number[],
  ) {}
}

/**
 * A session whose floating-point numbers are float32, whatever the model's are: float16 and float64 are converted.
 *
 * @param session A model in ONNX Runtime.
 * @param create ONNX Runtime's constructor of tensors.
 * @param output The only output to compute.
 */
export function float32Session(
  session: InferenceSession,
  create: typeof Tensor,
  output: string,
): OnnxSession<PlainTensor> {
  const types = new Map(session.inputMetadata.map((port) => [port.name, port.isTensor ? port.type : ""]));
  const { inputNames } = session;
  return {
    inputNames,
    outputNames: [output],
    inputMetadata: session.inputMetadata.map((port) =>
      port.isTensor && (port.type === "float16" || port.type === "float64")
        ? { ...port, type: "float32" }
        : port
    ),
    async run(feeds) {
      const given = Object.entries(feeds).map(([name, { data, dims }]): [string, Tensor] => {
        const type = types.get(name);
        if (type === "float16") {
          return [name, new create("float16", Uint16Array.from(data, toFloat16), dims)];
        }
        if (type === "float64") return [name, new create("float64", Float64Array.from(data), dims)];
        return [
          name,
          data instanceof Uint8Array ? new create("uint8", data, dims) : new create("float32", data, dims),
        ];
      });
      const results = await session.run(Object.fromEntries(given), [output]).catch((error) => {
        throw new Error(`ONNX Runtime must compute it, got: ${runtimeReason(error)}`);
      });
      const converted = Object.entries(results).map(([name, { type, data, dims }]): [string, OnnxTensor] => {
        if (type === "float64" && data instanceof Float64Array) {
          return [name, { data: Float32Array.from(data), dims }];
        }
        if (type !== "float16" || !ArrayBuffer.isView(data)) return [name, { data, dims }];
        const bits = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
        return [name, { data: Float32Array.from(bits, fromFloat16), dims }];
      });
      return Object.fromEntries(converted);
    },
  };
}

/** The text of an error of ONNX Runtime, without places in its source, in one line of bounded length; it may be a number. */
export function runtimeReason(error: unknown): string {
  const line = reasonOf(error).replaceAll(/\s+/g, " ").trim();
  const text = line.replace(/^.*\[ONNXRuntimeError\] : \d+ : /, "").replace(/^.*ERROR_MESSAGE: /, "")
    .replace(/^\/\S+:\d+ [^(]*\([^)]*\) /, "");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
