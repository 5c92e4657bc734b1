/**
 * Runs a policy in ONNX Runtime, in a worker that the page can stop if the model does not answer.
 *
 * @module
 */

import type { OnnxPolicy } from "@bellman/dqn/onnx-policy";
import * as runtime from "onnxruntime-web/wasm";
import type { PlainTensor } from "../scripts/run/float32_session.ts";
import { openOnnx, startRuntime } from "../scripts/run/open_onnx.ts";
import type { PolicyMessage, PolicyRequest } from "./_policy_messages.ts";

runtime.env.wasm.numThreads = 1;
runtime.env.wasm.wasmPaths = { wasm: new URL("ort-wasm-simd-threaded.wasm", import.meta.url).href };

let policy: OnnxPolicy<PlainTensor> | undefined;

const post = (message: PolicyMessage) => postMessage(message);

addEventListener("message", async ({ data }: MessageEvent<PolicyRequest>) => {
  let answer: PolicyMessage;
  try {
    if (data.kind === "load") {
      await startRuntime(runtime);
      post({ kind: "started" });
      policy = await openOnnx(runtime, data);
      answer = { kind: "ready" };
    } else {
      if (policy === undefined) throw new Error("Cannot decide: there is no policy");
      answer = { kind: "values", values: await policy.qValues(data.observation) };
    }
  } catch (error) {
    answer = { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
  post(answer);
});
