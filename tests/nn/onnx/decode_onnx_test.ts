import { assert, assertEquals, assertThrows } from "@std/assert";
import { Pcg32, weightsHash } from "../../../agents/mod.ts";
import { buildWithKernels, decodeOnnx, encodeOnnx, onnxSeal, QNetwork, Sha256 } from "../../../nn/mod.ts";
import type { Model } from "../../../nn/onnx/_onnx_model.ts";
import { ProtobufWriter } from "../../../nn/onnx/protobuf_writer.ts";
import { readModel } from "../../../nn/onnx/_read_model.ts";
import { writeModel } from "../../../nn/onnx/_write_model.ts";
import { ARCHITECTURES, randomPolicy } from "./_policies.ts";

const C51 = encodeOnnx(randomPolicy(ARCHITECTURES["dueling, c51"]!, { normalized: true }));
const IMAGE = encodeOnnx(randomPolicy(ARCHITECTURES["convolutions, bytes, dueling"]!));
const PLAIN = encodeOnnx(randomPolicy(ARCHITECTURES["plain"]!));

Deno.test("every kind of policy survives a round trip, bit for bit", () => {
  for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
    for (const normalized of [false, true]) {
      const policy = {
        ...randomPolicy(architecture, { normalized }),
        metadata: { env: "CartPole-v1", note: "ε, “quoted”", "": "", __proto__x: "y" },
        producer: { name: "somebody", version: "1.2.3" },
      };
      const bytes = encodeOnnx(policy);
      const tensors = policy.tensors.filter((tensor) => !tensor.name.endsWith("_sigma"));
      const decoded = decodeOnnx(bytes);
      assertEquals(decoded, { ...policy, architecture: { ...architecture, noisy: false }, tensors }, name);
      assertEquals(encodeOnnx(decoded), bytes, name);
    }
  }
});

Deno.test("the bytes may be a view into a larger buffer, and the results are copies", () => {
  const larger = new Uint8Array(PLAIN.length + 7);
  larger.set(PLAIN, 3);
  const decoded = decodeOnnx(larger.subarray(3, 3 + PLAIN.length));
  larger.fill(0);
  assertEquals(encodeOnnx(decoded), PLAIN);
});

Deno.test("fields that change no number are ignored", () => {
  const extra = new ProtobufWriter().text(6, "a description").integer(5, 7).text(4, "org.example").finish();
  assertEquals(decodeOnnx(Uint8Array.of(...PLAIN, ...extra)), decodeOnnx(PLAIN));
});

Deno.test("a changed weight, and a changed word of the metadata, are found out; files without hashes are read", () => {
  for (const bytes of [PLAIN, C51, encodeOnnx({ ...decodeOnnx(PLAIN), metadata: { env: "CartPole-v1" } })]) {
    const model = readModel(bytes);
    for (const { data } of model.graph.initializers) {
      const at = data.byteOffset - bytes.byteOffset;
      for (const bit of [0, 8 * data.length - 9]) {
        const flipped = bytes.slice();
        flipped[at + (bit >> 3)]! ^= 1 << (bit & 7);
        assertThrows(() => decodeOnnx(flipped), SyntaxError, "Cannot read ONNX");
      }
    }
    assertEquals(onnxSeal(bytes), new TextDecoder().decode(bytes.subarray(-64)));
    const zeros = bytes.slice().fill(0x30, -64);
    const hash = new Sha256();
    hash.update(zeros);
    assertEquals(hash.digest(), onnxSeal(bytes));
    assertThrows(() => decodeOnnx(zeros), SyntaxError, "it is damaged: the SHA-256 must be 0000");
    const producer = altered(bytes, (model) => model.producerName = "another");
    assertThrows(() => decodeOnnx(producer), SyntaxError, "it is damaged");
    // Without the one of the whole file that of the weights is left, and without both the file is as it was before there were any.
    const without = (...keys: string[]) =>
      altered(bytes, (model) => model.metadata = model.metadata.filter(([key]) => !keys.includes(key)));
    assertEquals(decodeOnnx(without("sha256")), decodeOnnx(bytes));
    assertEquals(decodeOnnx(without("sha256", "weights_sha256")), decodeOnnx(bytes));
    assertEquals(onnxSeal(without("sha256")), undefined);
    const half = without("sha256");
    const { data } = readModel(half).graph.initializers.find(({ name }) => name.endsWith("weight"))!;
    half[data.byteOffset - half.byteOffset]! ^= 1;
    assertThrows(() => decodeOnnx(half), SyntaxError, "its weights are damaged");
  }
});

Deno.test("the hash of the weights is the network's", () => {
  const { architecture, tensors } = decodeOnnx(PLAIN);
  const network = buildWithKernels((kernels) => new QNetwork(architecture, kernels));
  network.setTensors(tensors);
  assertEquals(new Map(readModel(PLAIN).metadata).get("weights_sha256"), weightsHash(network));
});

/** A file that differs from a good one in its model. */
function altered(bytes: Uint8Array, alter: (model: Model) => void): Uint8Array {
  const model = readModel(bytes.slice());
  alter(model);
  return writeModel(model);
}

function withArchitecture(bytes: Uint8Array, changes: Record<string, unknown>): Uint8Array {
  return altered(bytes, ({ metadata }) => {
    metadata[0]![1] = JSON.stringify({ ...JSON.parse(metadata[0]![1]), ...changes });
  });
}

Deno.test("foreign and damaged files are refused, and the message names the fault", () => {
  const node = (bytes: Uint8Array, index: number, alter: (node: Model["graph"]["nodes"][number]) => void) =>
    altered(bytes, ({ graph }) => alter(graph.nodes[index]!));
  const initializer = (bytes: Uint8Array, name: string, alter: (data: DataView) => void) =>
    altered(bytes, ({ graph }) => {
      const tensor = graph.initializers.find((other) => other.name === name)!;
      tensor.data = tensor.data.slice();
      alter(new DataView(tensor.data.buffer));
    });
  const names = readModel(C51).graph.nodes.map(({ name }) => name);
  const softmax = names.indexOf("probabilities");
  const convolution = readModel(IMAGE).graph.nodes.findIndex(({ operator }) => operator === "Conv");
  const json = (text: string) => altered(PLAIN, ({ metadata }) => metadata[0]![1] = text);
  const bad: [Uint8Array, string][] = [
    [new Uint8Array(0), "model.graph must be there, got nothing"],
    [
      new TextEncoder().encode("<!DOCTYPE html>"),
      "model.graph must be a varint or have a length, got wire type 4",
    ],
    [PLAIN.slice(0, 100), "model.graph must fit into"],
    [Uint8Array.of(202, 1, 0), "model must have only fields of a policy, got field 25"],
    [Uint8Array.of(8), "model.ir_version must not end within a number"],
    [
      Uint8Array.of(8, ...Array(9).fill(255), 1),
      "model.ir_version must have whole numbers from 0 to 2^53 - 1",
    ],
    [Uint8Array.of(8, 8, 8, 8), "model must have ir_version once, got more"],
    [Uint8Array.of(10, 0), "model.ir_version must be a whole number, got bytes"],
    [Uint8Array.of(16, 0), "model.producer_name must have a length, got a number"],
    [Uint8Array.of(13, 0, 0, 0, 0), "model.ir_version must be a varint or have a length, got wire type 5"],
    [Uint8Array.of(18, 1, 255), "model.producer_name must be text in UTF-8"],
    [altered(PLAIN, (model) => model.irVersion = 7), "model.ir_version must be 8, got 7"],
    [altered(PLAIN, (model) => model.opsets[0]!.version = 17), "model.opset_import must be 13 alone, got 17"],
    [
      altered(PLAIN, (model) => model.opsets.push({ domain: "ai.onnx.ml", version: 3 })),
      "model.opset_import must be 13 alone, got 13, ai.onnx.ml 3",
    ],
    [altered(PLAIN, (model) => model.opsets = []), "model.opset_import must be 13 alone, got nothing"],
    [node(PLAIN, 2, (n) => n.operator = "MaxPool"), "node 2 (layers.1) must have one of the operators Add, "],
    [node(PLAIN, 2, (n) => n.operator = "MaxPool"), "Softmax, Split, Sqrt, Sub, Transpose, got MaxPool"],
    [node(PLAIN, 2, (n) => n.operator = ""), "Softmax, Split, Sqrt, Sub, Transpose, got none"],
    [
      node(PLAIN, 1, (n) => n.operator = "Sub"),
      "the op_type of node 1 (layers.0.relu) must be Relu, got Sub",
    ],
    [node(PLAIN, 1, (n) => n.name = "other"), "the name of node 1 (other) must be layers.0.relu, got other"],
    [node(PLAIN, 1, (n) => n.inputs = []), "the inputs of node 1 (layers.0.relu) must be"],
    [node(PLAIN, 1, (n) => n.outputs = ["x"]), "the outputs of node 1 (layers.0.relu) must be"],
    [
      node(C51, softmax, (n) => n.attributes = [{ name: "axis", value: 1 }]),
      `the attributes of node ${softmax} (probabilities) must be [{"axis":2}], got [{"axis":1}]`,
    ],
    [
      node(C51, softmax, (n) => n.attributes = [{ name: "axis", value: [2] }]),
      `must be [{"axis":2}], got [{"axis":[2]}]`,
    ],
    [
      altered(PLAIN, ({ graph }) => graph.nodes.splice(3)),
      "node 3 (layers.1.relu) must be there, got nothing",
    ],
    [
      altered(PLAIN, ({ graph }) => graph.nodes.push(graph.nodes[1]!)),
      "node 5 (layers.0.relu) must be absent",
    ],
    [altered(PLAIN, ({ graph }) => graph.name = "x"), "graph.name must be policy, got x"],
    [altered(PLAIN, ({ graph }) => graph.inputs[0]!.shape[0] = 1), "graph.input must be"],
    [altered(PLAIN, ({ graph }) => graph.outputs[0]!.name = "y"), "graph.output must be"],
    [
      altered(PLAIN, ({ graph }) => graph.initializers.push({ ...graph.initializers[0]!, name: "more" })),
      "graph.initializer must be",
    ],
    [
      altered(PLAIN, ({ graph }) => graph.initializers.push(graph.initializers[0]!)),
      "initializer layers.0.weight must be there once",
    ],
    [
      altered(PLAIN, ({ graph }) => graph.initializers[1]!.dims = [3, 8]),
      "initializer layers.0.bias must be of dims (24), got (3, 8)",
    ],
    [
      altered(PLAIN, ({ graph }) => graph.initializers[1]!.dims = [25]),
      "graph.initializer[1].raw_data must be 100 bytes for dims (25), got 96",
    ],
    [
      altered(PLAIN, ({ graph }) => graph.initializers[1]!.type = 11),
      "graph.initializer[1].data_type must be 1 or 7, got 11",
    ],
    [
      initializer(PLAIN, "layers.1.bias", (view) => view.setFloat32(8, NaN, true)),
      "initializer layers.1.bias must be finite, got NaN at index 2",
    ],
    [
      initializer(C51, "normalization.std", (view) => view.setFloat32(4, -1, true)),
      "initializer normalization.std must be above 0, got -1",
    ],
    [
      initializer(C51, "support", (view) => view.setFloat32(4, 3, true)),
      "initializer support must be what the architecture says",
    ],
    [
      initializer(C51, "value.atoms.shape", (view) => view.setInt8(8, 3)),
      "initializer value.atoms.shape must be what the architecture says",
    ],
    [
      altered(
        C51,
        ({ graph }) => graph.initializers = graph.initializers.filter((i) => i.name !== "normalization.std"),
      ),
      "initializers normalization.mean and normalization.std must both have 4 elements",
    ],
    [altered(PLAIN, ({ metadata }) => metadata.splice(0, 1)), "must have architecture, got none"],
    [altered(PLAIN, ({ metadata }) => metadata.push(metadata[0]!)), "must have distinct keys"],
    [json("{"), "model.metadata_props must have architecture as JSON"],
    [json("[]"), "architecture must be an object"],
    [withArchitecture(PLAIN, { layerNorm: "yes" }), "architecture.layerNorm must be true, false or absent"],
    [
      withArchitecture(PLAIN, { layerNorm: true, hidden: new Array(257).fill(1) }),
      "architecture.hidden must be at most 256 layers with layerNorm, got 257",
    ],
    [withArchitecture(PLAIN, { layerNorm: true }), "initializer layers.0.norm_gain must be of dims (24)"],
    [
      withArchitecture(PLAIN, { hidden: "64" }),
      "architecture.hidden must be at most 1024 whole numbers from 1",
    ],
    [withArchitecture(PLAIN, { distribution: "iqn" }), 'must be one of none, c51, qr, got "iqn"'],
    [withArchitecture(PLAIN, { noisy: true }), "architecture.noisy must be false, got true"],
    [withArchitecture(PLAIN, { colour: "red" }), "architecture.colour must be absent"],
    [
      withArchitecture(PLAIN, { hidden: [24, 17] }),
      "initializer layers.1.weight must be of dims (24, 17), got (24, 16)",
    ],
    [withArchitecture(PLAIN, { hidden: [24] }), "initializer layers.1.weight must be of dims (24, 3)"],
    [
      withArchitecture(PLAIN, { dueling: true }),
      "initializer torso.0.weight must be of dims (4, 24), got nothing",
    ],
    [
      withArchitecture(C51, { atoms: 2 ** 52 }),
      "initializer value.1.weight must be of dims (16, 4503599627370496)",
    ],
    [withArchitecture(C51, { vMax: 31 }), "initializer support must be what the architecture says"],
    [withArchitecture(C51, { distribution: "qr" }), "the op_type of node"],
    [
      node(IMAGE, convolution, (n) => n.attributes.push({ name: "pads", value: [1, 1, 1, 1] })),
      `the attributes of node ${convolution} (convolution.0) must be [{"kernel_shape":[4,4]},{"strides":[2,2]}], got`,
    ],
    [
      node(IMAGE, convolution, (n) => n.attributes.push({ name: "group", value: 2 })),
      `{"group":2}]`,
    ],
    [
      node(IMAGE, convolution, (n) => n.attributes[1]!.value = [2, 1]),
      `the attributes of node ${convolution} (convolution.0) must be`,
    ],
    [altered(IMAGE, ({ graph }) => graph.inputs[0]!.type = 1), "graph.input must be"],
    [altered(IMAGE, ({ graph }) => graph.inputs[0]!.shape[3] = 3), "graph.input must be"],
    [
      altered(IMAGE, ({ graph }) => {
        const weight = graph.initializers.find(({ name }) => name === "convolution.0.weight")!;
        weight.dims = [4, 4, 1, 6];
      }),
      "initializer convolution.0.weight must be of dims (6, 1, 4, 4), got (4, 4, 1, 6)",
    ],
    [
      withArchitecture(IMAGE, { image: undefined }),
      "architecture.image must be there with convolution, got none",
    ],
    [
      withArchitecture(IMAGE, { convolution: undefined }),
      "architecture.convolution must be there with image, got none",
    ],
    [withArchitecture(IMAGE, { image: [11, 9] }), "architecture.image must be absent or rows, columns and"],
    [
      withArchitecture(IMAGE, { image: [11, 9, 2] }),
      "architecture.observationLength must be that of the image, 11 × 9 × 2, got 99",
    ],
    [
      withArchitecture(IMAGE, { convolution: [{ filters: 6, kernel: 10, stride: 2 }] }),
      "architecture.convolution must fit into the image: the kernel of layer 0 must fit into its input of 11 × 9, got 10",
    ],
    [
      withArchitecture(IMAGE, { convolution: [{ filters: 0, kernel: 4, stride: 2 }] }),
      "architecture.convolution must be absent or from 1 to 256 layers of filters, kernel and stride",
    ],
    [
      withArchitecture(IMAGE, { convolution: [{ filters: 6, kernel: 4, stride: 2, padding: 1 }] }),
      "architecture.convolution must be absent or from 1 to 256 layers",
    ],
    [withArchitecture(IMAGE, { byteScale: 0 }), "architecture.byteScale must be absent or a finite number"],
    [
      withArchitecture(IMAGE, { byteScale: 254 }),
      "initializer byte_scale must be what the architecture says",
    ],
    [withArchitecture(IMAGE, { byteScale: undefined }), "the op_type of node 0"],
  ];
  for (const [bytes, message] of bad) {
    const error = assertThrows(() => decodeOnnx(bytes), SyntaxError, message);
    assert(error.message.startsWith("Cannot read ONNX: "), error.message);
  }
});

Deno.test("messages stay short, however long the names in a file are", () => {
  const long = "x".repeat(1e6);
  const error = assertThrows(() => decodeOnnx(altered(PLAIN, ({ graph }) => graph.nodes[0]!.name = long)));
  assert(error instanceof SyntaxError && error.message.length <= 520);
});

Deno.test("a small file cannot make much of itself", () => {
  // A million empty nodes; numbers packed into one field; a tensor that claims to be huge.
  const nodes = new Uint8Array(2e6).map((_, i) => i % 2 === 0 ? 10 : 0);
  const graphOf = (content: Uint8Array) => new ProtobufWriter().bytes(7, content).finish();
  assertThrows(
    () => decodeOnnx(graphOf(nodes)),
    SyntaxError,
    "graph must have node at most 4096 times, got more",
  );
  const packed = new ProtobufWriter().bytes(5, new ProtobufWriter().bytes(1, new Uint8Array(1e6)).finish());
  assertThrows(
    () => decodeOnnx(graphOf(packed.finish())),
    SyntaxError,
    "must be at most 8 numbers, got more",
  );
  // What is passed over takes time, too.
  assertThrows(
    () => decodeOnnx(new Uint8Array(2e6).map((_, i) => i % 2 === 0 ? 50 : 0)),
    SyntaxError,
    "model must have doc_string once, got more",
  );
  for (const text of ["[".repeat(99_000), " ".repeat(100_001)]) {
    assertThrows(
      () => decodeOnnx(altered(PLAIN, ({ metadata }) => metadata[0]![1] = text)),
      SyntaxError,
      "must have architecture as JSON",
    );
  }
  const huge = new ProtobufWriter().integer(1, 2 ** 50).integer(2, 1).bytes(9, new Uint8Array(4)).finish();
  assertThrows(
    () => decodeOnnx(graphOf(new ProtobufWriter().bytes(5, huge).finish())),
    SyntaxError,
    "raw_data must be",
  );
});

/** Files of every kind of policy, as they are written, or as they were before they had hashes of themselves. */
function originalsOf(sealed: boolean): Uint8Array[] {
  return Object.values(ARCHITECTURES).flatMap((architecture) =>
    [false, true].map((normalized) => {
      const bytes = encodeOnnx(randomPolicy({ ...architecture, hidden: [5, 3] }, { normalized }));
      return sealed ? bytes : altered(bytes, (model) => {
        model.metadata = model.metadata.filter(([key]) => key !== "sha256" && key !== "weights_sha256");
      });
    })
  );
}

/** Reads a damaged file; undefined if it is refused as documented. */
function readDamaged(bytes: Uint8Array) {
  try {
    return decodeOnnx(bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError && error.message.startsWith("Cannot read ONNX: "))) throw error;
    return undefined;
  }
}

Deno.test("10,000 damaged files are refused, or read as they were written, or have lost their hash", () => {
  const random = Pcg32.seeded(8n);
  const originals = originalsOf(true);
  let read = 0;
  for (let round = 0; round < 10_000; round++) {
    const original = originals[round % originals.length]!;
    const bytes = damage(original, random);
    const policy = readDamaged(bytes);
    if (policy === undefined || onnxSeal(bytes) === undefined) continue;
    assertEquals(encodeOnnx(policy), original);
    read++;
  }
  assert(read > 0 && read < 100, `${read} read`);
});

Deno.test("5,000 damaged files without hashes give the documented error, or a policy that is written back as it was read", () => {
  const random = Pcg32.seeded(8n);
  const originals = originalsOf(false);
  let read = 0;
  for (let round = 0; round < 5_000; round++) {
    const policy = readDamaged(damage(originals[round % originals.length]!, random));
    if (policy === undefined) continue;
    assertEquals(decodeOnnx(encodeOnnx(policy)), policy);
    read++;
  }
  assert(read > 250 && read < 2_500, `${read} read`);
});

/** Truncates, overwrites, removes, repeats or inserts. */
function damage(original: Uint8Array, random: Pcg32): Uint8Array {
  const at = random.nextIndex(original.length);
  const length = 1 + random.nextIndex(16);
  const noise = Uint8Array.from({ length }, () => random.nextIndex(256));
  switch (random.nextIndex(6)) {
    case 0:
      return original.slice(0, at);
    case 1: {
      const bytes = original.slice();
      for (let i = 0; i <= length; i++) bytes[random.nextIndex(bytes.length)] = random.nextIndex(256);
      return bytes;
    }
    case 2:
      return original.map((byte, i) => i === at ? byte ^ (1 << random.nextIndex(8)) : byte);
    case 3:
      return Uint8Array.of(...original.subarray(0, at), ...original.subarray(at + length));
    case 4:
      return Uint8Array.of(...original.subarray(0, at + length), ...original.subarray(at));
    default:
      return Uint8Array.of(...original.subarray(0, at), ...noise, ...original.subarray(at));
  }
}
