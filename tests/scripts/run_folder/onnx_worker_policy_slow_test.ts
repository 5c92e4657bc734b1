import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ActionRows } from "../../../agents/action_rows.ts";
import { Discrete } from "../../../envs/mod.ts";
import { onnxOutline } from "../../../nn/mod.ts";
import { UsageError } from "../../../scripts/cli/usage_error.ts";
import { onnxFit } from "../../../scripts/run/onnx_fit.ts";
import { OnnxWorkerPolicy } from "../../../scripts/run_folder/onnx_worker_policy.ts";
import { HARMLESS, SLOW, UNFIT } from "../../nn/onnx/_hostile_models.ts";
import { digits, OBSERVATIONS, pytorchActions, pytorchModel } from "../../nn/onnx/_pytorch_models.ts";

const SHAPE = { env: "CartPole-v1", observationLength: 4, actions: 2 };

/** Loads a model as the commands do, and gives a body its policy. */
async function played<T>(
  bytes: Uint8Array,
  play: (policy: OnnxWorkerPolicy) => T,
  limitSeconds = 10,
): Promise<T> {
  const { output } = onnxFit(onnxOutline(bytes), SHAPE);
  const actions = new ActionRows(new Discrete(2), "a test");
  const options = { path: "x.onnx", bytes, output, observationLength: 4, actions, limitSeconds };
  const policy = await OnnxWorkerPolicy.load(options);
  try {
    return play(policy);
  } finally {
    policy.close();
  }
}

Deno.test("the actions on 1,000 observations are PyTorch's", async () => {
  const expected = pytorchActions();
  for (const name of ["convolution", "image", "logits", "action", "float16"]) {
    const got = await played(
      pytorchModel(name),
      (policy) => OBSERVATIONS.map((observation) => Number(policy.act(observation))),
    );
    assertEquals(digits(got, expected[name]!), expected[name], name);
  }
});

Deno.test("models that do not fit or cannot be run are refused, and the reason is given", async () => {
  for (const [name, [model, reason]] of Object.entries(UNFIT)) {
    const error = await assertRejects(
      () => played(model, (policy) => policy.act(OBSERVATIONS[0]!), 5),
      Error,
      undefined,
      name,
    );
    assertMatch(error.message, reason, name);
    assert(error.message.length < 800 && !error.message.includes("\n"), error.message);
  }
});

Deno.test("models with work for hours are stopped, when they are loaded and when they decide", async () => {
  for (const [name, model] of Object.entries(SLOW)) {
    const start = performance.now();
    await assertRejects(
      () => played(model, (policy) => policy.act(OBSERVATIONS[0]!), 3),
      UsageError,
      "Cannot play x.onnx: ONNX Runtime must answer within 3 s, got nothing",
      name,
    );
    assert(performance.now() - start < 20_000, name);
  }
  // Others go on.
  assertEquals(await played(HARMLESS, (policy) => [...policy.qValues(Float32Array.of(1, 0, 0, 1))]), [8, 10]);
});

Deno.test("masks hold, and equal values give the first action", () =>
  played(HARMLESS, (policy) => {
    const x = Float32Array.of(1, 1, 1, 1);
    assertEquals(policy.act(x), 1);
    assertEquals(policy.act(x, { actionMask: Uint8Array.of(1, 0) }), 0);
    assertEquals(policy.act(new Float32Array(4)), 0);
  }));
