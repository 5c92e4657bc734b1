import { assertEquals, assertThrows } from "@std/assert";
import { Dqn } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";
import {
  buildWithKernels,
  encodeOnnx,
  encodeSafetensors,
  fromPytorchTensors,
  networkWeights,
  pytorchTensors,
  QNetwork,
  type Tensor,
} from "../../nn/mod.ts";
import { ARCHITECTURES, randomPolicy } from "./onnx/_policies.ts";
import { pytorchModel } from "./onnx/_pytorch_models.ts";

const PLAIN = ARCHITECTURES["plain"]!;
const named = (tensors: readonly Tensor[]) => tensors.map(({ name, shape }) => `${name} (${shape})`);
const meansOf = (tensors: readonly Tensor[]) => tensors.filter(({ name }) => !name.endsWith("_sigma"));

Deno.test("the names and shapes are those of nn.Sequential", () => {
  const names = (key: string) => {
    const { architecture, tensors } = randomPolicy(ARCHITECTURES[key]!);
    return named(pytorchTensors(architecture, tensors));
  };
  assertEquals(names("plain"), [
    "0.weight (24,4)",
    "0.bias (24)",
    "2.weight (16,24)",
    "2.bias (16)",
    "4.weight (3,16)",
    "4.bias (3)",
  ]);
  assertEquals(names("layer norm").slice(0, 6), [
    "0.weight (24,4)",
    "0.bias (24)",
    "1.weight (24)",
    "1.bias (24)",
    "3.weight (16,24)",
    "3.bias (16)",
  ]);
  assertEquals(names("convolution").filter((name) => name.includes("weight")), [
    "0.weight (8,2,3,3)",
    "3.weight (24,96)",
    "5.weight (16,24)",
    "7.weight (3,16)",
  ]);
  assertEquals(names("dueling").filter((name) => name.includes("weight")), [
    "torso.0.weight (24,4)",
    "value.0.weight (16,24)",
    "value.2.weight (1,16)",
    "advantage.0.weight (16,24)",
    "advantage.2.weight (3,16)",
  ]);
});

Deno.test("weights are transposed", () => {
  const weight = { name: "layers.0.weight", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const bias = { name: "layers.0.bias", shape: [3], data: new Float32Array(3) };
  const architecture = { ...ARCHITECTURES["linear"]!, observationLength: 2 };
  const [turned] = pytorchTensors(architecture, [weight, bias]);
  assertEquals([turned!.shape, [...turned!.data]], [[3, 2], [1, 4, 2, 5, 3, 6]]);
});

Deno.test("every network comes back, whatever its layers are called and in whatever order", () => {
  for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
    const { tensors } = randomPolicy(architecture);
    const theirs = pytorchTensors(architecture, tensors);
    assertEquals(fromPytorchTensors(architecture, theirs), meansOf(tensors), name);
    const renamed = theirs.map((tensor) => ({ ...tensor, name: `q_net.model.${tensor.name}` })).toReversed();
    assertEquals(fromPytorchTensors(architecture, renamed), meansOf(tensors), name);
  }
});

Deno.test("streams are known by the names that people give them", () => {
  const architecture = { ...ARCHITECTURES["linear"]!, hidden: [6, 5], actionCount: 3, dueling: true };
  const { tensors } = randomPolicy(architecture);
  const theirs = pytorchTensors(architecture, tensors);
  for (
    const [torso, value, advantage] of [
      ["features.0", "value_stream", "advantage_stream"],
      ["features_extractor.fc1", "fc_val", "fc_adv"],
      ["q_net.feature_layer.0", "q_net.value_layer", "q_net.advantage_layer"],
      ["fc1", "fc_v", "fc_a"],
      ["model.model.0", "V.model", "Q.model"],
      ["body", "V", "A"],
      ["linear1", "v", "a"],
    ]
  ) {
    const renamed = theirs.map(({ name, ...tensor }) => ({
      ...tensor,
      name: name.replace("torso.0", torso!).replace("value", value!).replace("advantage", advantage!),
    }));
    assertEquals(fromPytorchTensors(architecture, renamed), tensors, value);
  }
});

Deno.test("sizes tell the order of layers whose names do not", () => {
  const { architecture, tensors } = randomPolicy(PLAIN);
  const theirs = pytorchTensors(architecture, tensors);
  const renamed = theirs.map(({ name, ...tensor }) => ({
    ...tensor,
    name: name.replace("0.", "input.").replace("2.", "hidden.").replace("4.", "head."),
  }));
  assertEquals(fromPytorchTensors(architecture, renamed), tensors);
  const normalized = randomPolicy(ARCHITECTURES["layer norm"]!);
  const norms = pytorchTensors(normalized.architecture, normalized.tensors).map(({ name, ...tensor }) => ({
    ...tensor,
    name: name.replace("0.", "fc1.").replace("1.", "ln1.").replace("3.", "fc2.").replace("4.", "ln2.")
      .replace("6.", "fc3."),
  }));
  assertEquals(fromPytorchTensors(normalized.architecture, norms), normalized.tensors);
});

Deno.test("layers beyond the tenth keep their order", () => {
  const architecture = { ...PLAIN, hidden: [5, 4, 5, 4, 5, 4, 5] };
  const { tensors } = randomPolicy(architecture);
  assertEquals(fromPytorchTensors(architecture, pytorchTensors(architecture, tensors)), tensors);
});

Deno.test("weights that do not fit are refused, and the tensor is named", () => {
  const theirs = pytorchTensors(PLAIN, randomPolicy(PLAIN).tensors);
  const read = (tensors: Tensor[]) => () => fromPytorchTensors(PLAIN, tensors);
  const begin = "Cannot read weights:";
  assertThrows(read(theirs.slice(0, 4)), TypeError, `${begin} layers must have 3 layers, got 2: 0. 2.`);
  assertThrows(
    read(theirs.filter(({ name }) => name !== "2.bias")),
    TypeError,
    `${begin} 2.bias must be of shape (16) for layers.1.bias, got nothing`,
  );
  assertThrows(
    read(theirs.map((tensor) => tensor.name === "2.weight" ? { ...tensor, shape: [24, 16] } : tensor)),
    TypeError,
    `${begin} 2.weight must be of shape (16, 24) for layers.1.weight, got (24, 16)`,
  );
  const log = { name: "log_std", shape: [1], data: new Float32Array(1) };
  assertThrows(read([...theirs, log]), TypeError, `${begin} log_std must be absent`);
  assertThrows(() => pytorchTensors(PLAIN, []), TypeError, "layers.0.weight must be there, got none");
  const images = ARCHITECTURES["convolution"]!;
  const readImages = (tensors: Tensor[]) => () => fromPytorchTensors(images, tensors);
  const filters = pytorchTensors(images, randomPolicy(images).tensors);
  assertThrows(readImages(theirs), TypeError, `${begin} there must be 1 convolutions, got 0`);
  assertThrows(read(filters), TypeError, `${begin} there must be 0 convolutions, got 1`);
  const [weight] = filters;
  assertThrows(
    readImages([{ ...weight!, shape: weight!.shape.toReversed() }, ...filters.slice(1)]),
    TypeError,
    `${begin} 0.weight must be of shape (${weight!.shape.join(", ")}) for convolution.0.weight, got (`,
  );
  assertThrows(
    readImages(filters.filter(({ name }) => name !== "0.bias")),
    TypeError,
    `${begin} 0.bias must be of shape (8) for convolution.0.bias, got nothing`,
  );
});

Deno.test("a network takes its weights from files of either kind and program", () => {
  const architecture = { ...PLAIN, hidden: [24], actionCount: 2 };
  const policy = randomPolicy(architecture);
  const files = [
    encodeOnnx(policy),
    encodeSafetensors({ metadata: { sha256: "0" }, tensors: policy.tensors }),
    encodeSafetensors({ metadata: {}, tensors: pytorchTensors(architecture, policy.tensors) }),
    // The names of ours, as a PyTorch module with a Sequential `layers` has them.
    encodeSafetensors({
      metadata: {},
      tensors: pytorchTensors(architecture, policy.tensors).map((tensor) => ({
        ...tensor,
        name: tensor.name.replace(/^\d+/, (index) => `layers.${Number(index) / 2}`),
      })),
    }),
  ];
  for (const file of files) assertEquals(networkWeights(file, architecture), policy.tensors);
  const fitting = { ...PLAIN, hidden: [16], actionCount: 2 };
  const network = buildWithKernels((kernels) => new QNetwork(fitting, kernels));
  network.setTensors(networkWeights(pytorchModel("relu1"), fitting));

  const refuse = (bytes: Uint8Array, kind: typeof TypeError | typeof SyntaxError, message: string) =>
    assertThrows(() => networkWeights(bytes, architecture), kind, message);
  refuse(pytorchModel("relu1"), TypeError, "layers.0.weight must be of shape (4, 24), got (4, 16)");
  refuse(pytorchModel("relu2"), TypeError, "there must be 4 tensors, got 6");
  refuse(pytorchModel("tanh2"), SyntaxError, "got Tanh");
  refuse(new TextEncoder().encode("no weights at all"), SyntaxError, "Cannot read ONNX");
  refuse(files[1]!.slice(0, 60), SyntaxError, "Cannot read safetensors");
  const spoiled = policy.tensors.map((tensor, i) =>
    i === 1 ? { ...tensor, data: tensor.data.map(() => NaN) } : tensor
  );
  assertThrows(
    () => networkWeights(encodeSafetensors({ metadata: { sha256: "" }, tensors: spoiled }), architecture),
    RangeError,
    "layers.0.bias must be finite, got NaN",
  );
});

Deno.test("Dqn starts from weights in both networks, noisy or not, but only before it has learned", () => {
  const env = makeEnv("CartPole-v1");
  for (const noisy of [false, true]) {
    const agent = new Dqn(env, { hidden: [16], noisy, seed: 1 });
    const sigmas = agent.onlineNetwork.tensors().filter(({ name }) => name.endsWith("_sigma"));
    agent.loadWeights(pytorchModel("relu1"));
    const expected = networkWeights(pytorchModel("relu1"), agent.onlineNetwork.architecture);
    for (const network of [agent.onlineNetwork, agent.targetNetwork]) {
      assertEquals(meansOf(network.tensors()), expected);
    }
    assertEquals(agent.onlineNetwork.tensors().filter(({ name }) => name.endsWith("_sigma")), sigmas);
    assertThrows(() => agent.loadWeights(pytorchModel("relu2")), TypeError, "must be 4 tensors, got 6");
    assertEquals(meansOf(agent.onlineNetwork.tensors()), expected);
  }
  const learned = new Dqn(env, { hidden: [16], learningStarts: 1, batchSize: 1, trainInterval: 1 });
  const { observation } = env.reset({ seed: 0 });
  const { observation: next, reward, terminated, truncated } = env.step(0);
  learned.observe({ observation, action: 0, reward, nextObservation: next, terminated, truncated });
  assertThrows(
    () => learned.loadWeights(pytorchModel("relu1")),
    TypeError,
    "Cannot load weights: the agent must be new, got one after 1 gradient steps",
  );
});
