import type { OnnxRequest } from "../run/open_onnx.ts";
import type { SharedSizes } from "./shared_values.ts";

/** A message to the worker: a model to load, or that an observation is there. */
export type OnnxWorkerRequest =
  | {
    readonly kind: "load";
    readonly model: OnnxRequest;
    readonly buffer: SharedArrayBuffer;
    readonly sizes: SharedSizes;
    /** Where to say how it went. */
    readonly port: MessagePort;
  }
  | { readonly kind: "decide" };

/** A message from the worker: ONNX Runtime has started, the model is loaded, or not. */
export type OnnxWorkerMessage =
  | { readonly kind: "started" | "ready" }
  | { readonly kind: "failed"; readonly reason: string };
