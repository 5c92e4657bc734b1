import { assert, assertEquals, assertRejects } from "@std/assert";
import * as runtime from "onnxruntime-web/wasm";
import { GreedyPolicy } from "../../../agents/mod.ts";
import { buildWithKernels, decodeOnnxMlp, onnxOutline, QNetwork } from "../../../nn/mod.ts";
import { onnxFit } from "../../../scripts/run/onnx_fit.ts";
import { runtimeReason } from "../../../scripts/run/float32_session.ts";
import { openOnnx } from "../../../scripts/run/open_onnx.ts";
import { HARMLESS, UNFIT } from "../../nn/onnx/_hostile_models.ts";
import {
  CAN_MAKE_MODELS,
  digits,
  makeModels,
  OBSERVATIONS,
  OWN,
  PYTORCH_MODELS,
  pytorchActions,
  pytorchModel,
} from "../../nn/onnx/_pytorch_models.ts";
import { inFolder } from "../_process.ts";

runtime.env.wasm.numThreads = 1;

const SHAPE = { env: "CartPole-v1", observationLength: 4, actions: 2 };

function open(bytes: Uint8Array, output = onnxFit(onnxOutline(bytes), SHAPE).output) {
  return openOnnx(runtime, { bytes, output, actions: 2 });
}

/** Compares the actions by every model of a folder with PyTorch's. */
async function compare(folder: URL): Promise<void> {
  const expected = Object.entries(pytorchActions(folder));
  assert(expected.length > 25);
  for (const [name, actions] of expected) {
    const bytes = pytorchModel(name, folder);
    const got = await (await open(bytes)).actBatch(OBSERVATIONS);
    assertEquals(digits(got, actions), actions, name);
    if (OWN.includes(name)) assertEquals(digits(ownActions(bytes), actions), actions, name);
    assert(actions.replaceAll(".", "").length >= 970, name);
  }
}

function ownActions(bytes: Uint8Array): number[] {
  const { architecture, tensors } = decodeOnnxMlp(bytes);
  const policy = buildWithKernels((kernels) =>
    new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
  );
  policy.network.setTensors(tensors);
  return OBSERVATIONS.map((observation) => policy.act(observation));
}

Deno.test("ONNX Runtime takes PyTorch's actions on 1,000 observations by models of every kind", () =>
  compare(PYTORCH_MODELS));

Deno.test({
  name: "and by models that PyTorch writes now, with other weights",
  ignore: !CAN_MAKE_MODELS,
  fn: () => inFolder((folder) => compare(makeModels(`${folder}/models`, 7))),
});

Deno.test("a batch of fixed size takes any number of observations", async () => {
  const policy = await open(pytorchModel("opset11")); // of 8
  const all = await policy.qValuesBatch(OBSERVATIONS.slice(0, 20));
  assertEquals(all.length, 20);
  for (const [i, values] of all.entries()) assertEquals(await policy.qValues(OBSERVATIONS[i]!), values);
});

Deno.test("what ONNX Runtime does not run is refused in one line that names the operator", async () => {
  const error = await assertRejects(() => open(UNFIT["an unknown operator"]![0]), SyntaxError, "Bellman");
  assert(error.message.startsWith("ONNX Runtime must run it, got: "), error.message);
  assert(!/[\n/]/.test(error.message), error.message);
});

Deno.test("a place in the source of ONNX Runtime is not part of the reason", () => {
  const place = "/mnt/s/onnxruntime/core/reshape_helper.h:93 onnxruntime::ReshapeHelper(const Shape &, bool)";
  assertEquals(
    runtimeReason(new Error(`${place} size == requested was false.\nThe input cannot be reshaped.`)),
    "size == requested was false. The input cannot be reshaped.",
  );
});

Deno.test("a damaged model is refused, and another plays afterwards", async () => {
  await assertRejects(() => open(HARMLESS.slice(0, -20), "y"), SyntaxError, "ONNX Runtime must run it");
  assertEquals(await (await open(HARMLESS)).act(Float32Array.of(1, 0, 0, 0)), 1);
});
