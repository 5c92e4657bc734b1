import { assert, assertEquals, assertThrows } from "@std/assert";
import { decodeOnnx, encodeOnnx, type NetworkArchitecture, type OnnxPolicyFile } from "../../../nn/mod.ts";
import { readModel } from "../../../nn/onnx/_read_model.ts";
import { ARCHITECTURES, randomPolicy } from "./_policies.ts";

/** Of 1 and -2 as float32, as sha256sum gives it. */
const WEIGHTS_HASH = "ee4ac73c2bd27756ab82780f27c73a7bc4d3f0bb6acb37e008bc27eccd7e588b";

const PLAIN = ARCHITECTURES["plain"]!;

Deno.test("a linear policy is laid out as the format says, byte for byte", () => {
  const architecture = { ...PLAIN, observationLength: 1, hidden: [], actionCount: 1 };
  const bytes = encodeOnnx({
    architecture,
    tensors: [
      { name: "layers.0.weight", shape: [1, 1], data: Float32Array.of(1) },
      { name: "layers.0.bias", shape: [1], data: Float32Array.of(-2) },
    ],
    metadata: { k: "v" },
    producer: { name: "p", version: "1" },
  });
  const text = (value: string) => [...new TextEncoder().encode(value)];
  const field = (number: number, content: number[]) => [number * 8 + 2, content.length, ...content];
  const port = (name: string) => {
    const dims = field(2, [...field(1, field(2, text("batch"))), ...field(1, [8, 1])]);
    return [...field(1, text(name)), ...field(2, field(1, [8, 1, ...dims]))];
  };
  const tensor = (name: string, dims: number[], data: number[]) => [
    ...dims.flatMap((dim) => [8, dim]),
    ...[16, 1],
    ...field(8, text(name)),
    ...field(9, data),
  ];
  const node = [
    ...field(1, text("observation")),
    ...field(1, text("layers.0.weight")),
    ...field(1, text("layers.0.bias")),
    ...field(2, text("q_values")),
    ...field(3, text("layers.0")),
    ...field(4, text("Gemm")),
  ];
  const long = (number: number, content: number[]) => // a length of two bytes
  [number * 8 + 2, content.length % 128 + 128, content.length >> 7, ...content];
  const graph = [
    ...field(1, node),
    ...field(2, text("policy")),
    ...field(5, tensor("layers.0.weight", [1, 1], [0, 0, 0x80, 0x3f])),
    ...field(5, tensor("layers.0.bias", [1], [0, 0, 0, 0xc0])),
    ...field(11, port("observation")),
    ...field(12, port("q_values")),
  ];
  const json = '{"observationLength":1,"hidden":[],"actionCount":1,"dueling":false,"noisy":false,' +
    '"distribution":"none","atoms":1,"vMin":0,"vMax":0}';
  assertEquals([...bytes], [
    ...[8, 8],
    ...field(2, text("p")),
    ...field(3, text("1")),
    ...long(7, graph),
    ...field(8, [...field(1, []), 16, 13]),
    ...long(14, [...field(1, text("architecture")), ...long(2, text(json))]),
    ...field(14, [...field(1, text("k")), ...field(2, text("v"))]),
    ...field(14, [...field(1, text("weights_sha256")), ...field(2, text(WEIGHTS_HASH))]),
    ...field(14, [...field(1, text("sha256")), ...field(2, [...bytes.subarray(-64)])]),
  ]);
});

Deno.test("each kind of network is a graph of the operators that it needs", () => {
  const operators = (architecture: NetworkArchitecture, normalized = false) =>
    readModel(encodeOnnx(randomPolicy(architecture, { normalized }))).graph.nodes.map((node) =>
      node.operator
    );
  const two = ["Gemm", "Relu", "Gemm"];
  assertEquals(operators(PLAIN), ["Gemm", "Relu", ...two]);
  assertEquals(operators(ARCHITECTURES["linear"]!, true), ["Sub", "Div", "Gemm"]);
  assertEquals(operators(ARCHITECTURES["noisy"]!), ["Gemm", "Relu", ...two]);
  const dueling = ["Gemm", "Relu", ...two, ...two, "ReduceMean", "Sub", "Add"];
  assertEquals(operators(ARCHITECTURES["dueling"]!), dueling);
  assertEquals(operators(ARCHITECTURES["dueling, one hidden layer"]!), dueling.slice(2));
  assertEquals(operators(ARCHITECTURES["dueling, linear"]!), ["Gemm", "Gemm", "ReduceMean", "Sub", "Add"]);
  assertEquals(operators(ARCHITECTURES["c51"]!), ["Gemm", "Relu", ...two, "Reshape", "Softmax", "MatMul"]);
  assertEquals(operators(ARCHITECTURES["qr"]!), ["Gemm", "Relu", ...two, "Reshape", "ReduceMean"]);
  assertEquals(operators(ARCHITECTURES["bytes"]!), ["Cast", "Div", "Gemm", "Relu", ...two]);
  const convolutions = ["Transpose", "Conv", "Relu", "Transpose", "Flatten"];
  assertEquals(operators(ARCHITECTURES["convolution"]!), [...convolutions, "Gemm", "Relu", ...two]);
});

Deno.test("equal policies give equal bytes, whatever the order of tensors and of fields", () => {
  for (const architecture of Object.values(ARCHITECTURES)) {
    const policy = randomPolicy(architecture, { normalized: true });
    const reversed = Object.fromEntries(Object.entries(architecture).toReversed());
    const other = {
      ...policy,
      architecture: { ...PLAIN, ...reversed },
      tensors: policy.tensors.toReversed(),
    };
    assertEquals(encodeOnnx(other), encodeOnnx(policy));
  }
});

Deno.test("of a noisy network the means are written, and nothing of the noise", () => {
  const architecture = ARCHITECTURES["dueling, noisy, c51"]!;
  const noisy = randomPolicy(architecture);
  assert(noisy.tensors.some(({ name }) => name.endsWith("_sigma")));
  const tensors = noisy.tensors.filter(({ name }) => !name.endsWith("_sigma"));
  const means = { ...noisy, architecture: { ...architecture, noisy: false }, tensors };
  assertEquals(encodeOnnx(noisy), encodeOnnx(means));
  assertEquals(decodeOnnx(encodeOnnx(noisy)), means);
});

Deno.test("a policy that makes no file is refused", () => {
  const policy = randomPolicy(PLAIN, { normalized: true });
  const [first, ...rest] = policy.tensors;
  const { mean, std } = { mean: new Float32Array(4), std: new Float32Array(4).fill(1) };
  const changed = (changes: Partial<NetworkArchitecture>) => ({
    ...policy,
    architecture: { ...PLAIN, ...changes },
  });
  const tensors = (...list: typeof policy.tensors) => ({ ...policy, tensors: list });
  const bad: [typeof policy, typeof TypeError | typeof RangeError, string][] = [
    [tensors(...rest), TypeError, "tensor layers.0.weight must be of shape (4, 24), got nothing"],
    [
      tensors({ ...first!, shape: [24, 4] }, ...rest),
      TypeError,
      "layers.0.weight must be of shape (4, 24), got (24, 4)",
    ],
    [
      tensors({ ...first!, data: new Float32Array(3) }, ...rest),
      TypeError,
      "layers.0.weight must have 96 elements, got 3",
    ],
    [
      tensors({ ...first!, data: first!.data.with(5, NaN) }, ...rest),
      RangeError,
      "layers.0.weight must be finite, got NaN",
    ],
    [
      tensors(...policy.tensors, { ...first!, name: "layers.9.weight" }),
      TypeError,
      "layers.9.weight must be part of",
    ],
    [tensors(first!, ...policy.tensors), TypeError, "names of tensors must differ"],
    [
      tensors(...policy.tensors, { ...first!, name: "layers.0.weight_sigma" }),
      TypeError,
      "layers.0.weight_sigma",
    ],
    [
      changed({ actionCount: 0 }),
      RangeError,
      "architecture.actionCount must be a whole number from 1, got 0",
    ],
    [changed({ hidden: [1.5] }), RangeError, "architecture.hidden must be at most 1024 whole numbers from 1"],
    [changed({ hidden: Array(1025).fill(1) }), RangeError, "architecture.hidden must be at most 1024"],
    [changed({ vMin: -Infinity }), RangeError, "architecture.vMin must be a finite number"],
    [changed({ atoms: 2 }), RangeError, "architecture.atoms must be 1 without a distribution, got 2"],
    [changed({ distribution: "c51" }), RangeError, "architecture.atoms must be at least 2 for c51, got 1"],
    [
      changed({ distribution: "c51", atoms: 2, vMin: 1, vMax: 1 }),
      RangeError,
      "vMin must be below vMax for c51, got 1 and 1",
    ],
    [
      { ...policy, normalization: { mean: mean.slice(1), std } },
      TypeError,
      "normalization.mean must have 4 elements, got 3",
    ],
    [
      { ...policy, normalization: { mean, std: std.with(2, 0) } },
      RangeError,
      "normalization.std must be finite and above 0, got 0",
    ],
    [{ ...policy, normalization: { mean, std: [1, 1, 1, 1e-60] } }, RangeError, "above 0, got 0"],
    [{ ...policy, normalization: { mean: mean.with(1, Infinity), std } }, RangeError, "mean must be finite"],
    [changed({ byteScale: 255 }), TypeError, "normalization must be absent for images and bytes"],
    [
      changed({ image: [2, 2, 1] }),
      RangeError,
      "architecture.convolution must be there with image, got none",
    ],
    [
      changed({ convolution: [{ filters: 1, kernel: 1, stride: 1 }] }),
      RangeError,
      "architecture.image must be there with convolution, got none",
    ],
    ...["architecture", "weights_sha256", "sha256"].map((
      key,
    ): [OnnxPolicyFile, typeof RangeError, string] => [
      { ...policy, metadata: { [key]: "mine" } },
      RangeError,
      `must not contain the reserved key ${key}`,
    ]),
  ];
  for (const [content, kind, message] of bad) {
    const error = assertThrows(() => encodeOnnx(content), kind, message);
    assert(error.message.startsWith("Cannot write ONNX: "), error.message);
  }
});
