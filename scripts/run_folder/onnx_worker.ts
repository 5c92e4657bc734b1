import "./_no_location.ts";
import * as runtime from "onnxruntime-web/wasm";
import type { OnnxPolicy } from "../../agents/onnx_policy.ts";
import type { PlainTensor } from "../run/float32_session.ts";
import { openOnnx, startRuntime } from "../run/open_onnx.ts";
import { reasonOf } from "../values/reason_of.ts";
import type { OnnxWorkerMessage, OnnxWorkerRequest } from "./onnx_worker_messages.ts";
import { ANSWERED, FAILED, SharedValues } from "./shared_values.ts";

// Runs a model for `OnnxWorkerPolicy`, which can stop this worker if the model does not answer.

runtime.env.wasm.numThreads = 1;

let loaded: { policy: OnnxPolicy<PlainTensor>; shared: SharedValues } | undefined;

addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  const data: OnnxWorkerRequest = event.data;
  if (data.kind === "load") await load(data);
  else if (loaded !== undefined) await answer(loaded);
});

async function load({ model, buffer, sizes, port }: OnnxWorkerRequest & { kind: "load" }) {
  const post = (message: OnnxWorkerMessage) => port.postMessage(message);
  try {
    await startRuntime(runtime);
    post({ kind: "started" });
    const policy = await openOnnx(runtime, model);
    loaded = { policy, shared: new SharedValues(sizes, buffer) };
    post({ kind: "ready" });
  } catch (error) {
    post({ kind: "failed", reason: reasonOf(error) });
  }
}

async function answer({ policy, shared }: NonNullable<typeof loaded>): Promise<void> {
  let state = ANSWERED;
  try {
    shared.values.set(await policy.qValues(shared.observation.slice()));
  } catch (error) {
    shared.error = reasonOf(error);
    state = FAILED;
  }
  Atomics.store(shared.state, 0, state);
  Atomics.notify(shared.state, 0);
}
