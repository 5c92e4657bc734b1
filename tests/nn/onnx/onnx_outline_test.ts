import { assert, assertEquals, assertThrows } from "@std/assert";
import { Pcg32 } from "../../../agents/mod.ts";
import { addOnnxMetadata, decodeOnnxMlp, encodeOnnx, networkWeights, onnxOutline } from "../../../nn/mod.ts";
import { isOwnOnnx } from "../../../nn/onnx/is_own_onnx.ts";
import { ARCHITECTURES, randomPolicy } from "./_policies.ts";
import { HARMLESS, REFUSED, UNFIT } from "./_hostile_models.ts";
import { pytorchActions, pytorchModel } from "./_pytorch_models.ts";

Deno.test("inputs, outputs, operators and the program are those that the file names", () => {
  assertEquals(onnxOutline(pytorchModel("logits")), {
    inputs: [{ name: "obs", type: "float32", shape: ["n", 4] }],
    outputs: [
      { name: "logits", type: "float32", shape: ["Gemmlogits_dim_0", 2] },
      { name: "value", type: "float32", shape: ["Gemmlogits_dim_0", 1] },
    ],
    operators: ["Gemm", "Tanh"],
    opset: 14,
    metadata: {},
    producer: "pytorch 1.13.0",
  });
  assertEquals(onnxOutline(pytorchModel("image")).inputs[0]!.shape, [1, 1, 2, 2]);
  assertEquals(onnxOutline(pytorchModel("float16")).outputs[0]!.type, "float16");
  assertEquals(onnxOutline(pytorchModel("action")).outputs[0]!.type, "int64");
});

Deno.test("every operator set from 9 to 18 is read", () => {
  for (let opset = 9; opset <= 18; opset++) {
    assertEquals(onnxOutline(pytorchModel(`opset${opset}`)).opset, opset);
  }
});

Deno.test("models that need other files, loop, draw random numbers or are too deep are refused by name", () => {
  for (const [name, [model, reason]] of Object.entries(REFUSED)) {
    assertThrows(() => onnxOutline(model), SyntaxError, reason, name);
    if (name === "functions of its own") continue; // this one calls none
    assertThrows(() => decodeOnnxMlp(model), SyntaxError, "Cannot read ONNX", name);
  }
});

Deno.test("hostile models are refused by the reader of plain networks, too, at once", () => {
  const start = performance.now();
  for (const [name, [model]] of Object.entries(UNFIT)) {
    assertThrows(() => decodeOnnxMlp(model), SyntaxError, "Cannot read ONNX", name);
  }
  assert(performance.now() - start < 2_000);
  assertEquals(decodeOnnxMlp(HARMLESS).architecture.actionCount, 2);
});

Deno.test("10,000 damaged files give the documented error, or are read", () => {
  const random = Pcg32.seeded(5n);
  const originals = Object.keys(pytorchActions()).map((name) => pytorchModel(name));
  let refused = 0;
  for (let round = 0; round < 10_000; round++) {
    const bytes = originals[round % originals.length]!.slice();
    const cut = random.nextIndex(4) === 0 ? bytes.slice(0, random.nextIndex(bytes.length)) : bytes;
    for (let i = 0; i < 3 && cut.length > 0; i++) cut[random.nextIndex(cut.length)] = random.nextIndex(256);
    for (const read of [onnxOutline, decodeOnnxMlp]) {
      try {
        read(cut);
      } catch (error) {
        assert(error instanceof SyntaxError, String(error));
        assert(error.message.length < 600);
        refused++;
      }
    }
  }
  assert(refused > 5_000 && refused < 20_000, `${refused} refused`);
});

Deno.test("a model of another program that has an architecture among its metadata is still none of ours", () => {
  const bytes = addOnnxMetadata(pytorchModel("relu1"), { architecture: "mlp" });
  assertEquals(isOwnOnnx(onnxOutline(bytes).metadata), false);
  const own = randomPolicy({ ...ARCHITECTURES["linear"]!, hidden: [16], actionCount: 2 });
  assertEquals(isOwnOnnx(onnxOutline(encodeOnnx(own)).metadata), true);
  assertEquals(networkWeights(bytes, own.architecture).length, 4);
});

Deno.test("metadata is added, replaced, and nothing else changes", () => {
  const bytes = pytorchModel("convolution");
  const named = addOnnxMetadata(bytes, { env: "CartPole-v1", note: "ε" });
  assertEquals(named.subarray(0, bytes.length), bytes);
  assertEquals(onnxOutline(named), { ...onnxOutline(bytes), metadata: { env: "CartPole-v1", note: "ε" } });
  const renamed = addOnnxMetadata(named, { env: "CartPole-v0" });
  assertEquals(onnxOutline(renamed).metadata, { note: "ε", env: "CartPole-v0" });
  assertEquals(addOnnxMetadata(bytes, {}), bytes);
  assertThrows(() => addOnnxMetadata(bytes.slice(0, 99), {}), SyntaxError, "Cannot read ONNX");
});
