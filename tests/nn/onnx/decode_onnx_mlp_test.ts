import { assertEquals, assertThrows } from "@std/assert";
import { GreedyPolicy } from "../../../agents/mod.ts";
import { buildWithKernels, decodeOnnxMlp, encodeOnnx, QNetwork } from "../../../nn/mod.ts";
import { digits, OBSERVATIONS, OWN, pytorchActions, pytorchModel } from "./_pytorch_models.ts";

const ACTIONS = pytorchActions();

/** The actions of our own network. */
function ownActions(bytes: Uint8Array): number[] {
  const { architecture, tensors } = decodeOnnxMlp(bytes);
  const policy = buildWithKernels((kernels) =>
    new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
  );
  policy.network.setTensors(tensors);
  return OBSERVATIONS.map((observation) => policy.act(observation));
}

Deno.test("our own network takes PyTorch's actions by the multilayer perceptrons that torch.onnx wrote", () => {
  for (const name of OWN) {
    assertEquals(digits(ownActions(pytorchModel(name)), ACTIONS[name]!), ACTIONS[name], name);
  }
});

Deno.test("what it is read as can be written as ours", () => {
  for (const name of OWN) {
    const file = decodeOnnxMlp(pytorchModel(name));
    assertEquals(decodeOnnxMlp(encodeOnnx(file)).tensors, file.tensors, name);
  }
});

Deno.test("sizes, metadata and the program are those of the file", () => {
  const { architecture, metadata, producer } = decodeOnnxMlp(pytorchModel("relu4"));
  assertEquals(
    [architecture.observationLength, architecture.hidden, architecture.actionCount],
    [4, [12, 10, 8, 6], 2],
  );
  assertEquals([metadata, producer], [{}, { name: "pytorch", version: "1.13.0" }]);
});

Deno.test("dueling streams are those of this library", () => {
  const shapeOf = (name: string) => {
    const { architecture: { observationLength, hidden, actionCount, dueling }, tensors } = decodeOnnxMlp(
      pytorchModel(name),
    );
    const weights = tensors.filter(({ name }) => name.endsWith("weight")).map(({ name }) => name);
    return { sizes: [observationLength, ...hidden, actionCount], dueling, weights };
  };
  const streams = ["value.0.weight", "value.1.weight", "advantage.0.weight", "advantage.1.weight"];
  assertEquals(shapeOf("streams1"), { sizes: [4, 8, 2], dueling: true, weights: streams });
  assertEquals(shapeOf("streams18"), {
    sizes: [4, 12, 10, 8, 2],
    dueling: true,
    weights: ["torso.0.weight", "torso.1.weight", ...streams],
  });
});

Deno.test("every other model is refused, and the operator is named", () => {
  const expected: Record<string, string> = {
    action: "got ArgMax",
    convolution: "Conv",
    dueling: "must have dueling streams with one hidden layer of the same size, got 1 and 2",
    float16: "must be float32",
    float64: "must be float32",
    image: "Conv",
    logits: "got Tanh",
    minus_batch: "got Tanh",
    no_shape: "got Tanh",
    opset10: "got Tanh",
    opset12: "got Tanh",
    opset16: "got Tanh",
    opset18: "got Tanh",
    rows: "Squeeze",
    rows_unfolded: "Squeeze",
    tanh2: "got Tanh",
  };
  assertEquals(Object.keys(ACTIONS).filter((name) => !OWN.includes(name)).sort(), Object.keys(expected));
  for (const [name, message] of Object.entries(expected)) {
    const output = name === "logits" ? "logits" : name === "action" ? "actions" : undefined;
    const error = assertThrows(
      () => decodeOnnxMlp(pytorchModel(name), output === undefined ? {} : { output }),
      SyntaxError,
      "Cannot read ONNX: ",
    );
    assertEquals(error.message.includes(message), true, `${name}: ${error.message}`);
  }
  assertThrows(() => decodeOnnxMlp(pytorchModel("logits")), SyntaxError, "must be one, got logits, value");
});
