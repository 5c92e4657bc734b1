import { assertEquals, assertThrows } from "@std/assert";
import type { OnnxOutline, OnnxPort } from "../../../nn/mod.ts";
import { fitsEnv, fittingOutputs, onnxFit } from "../../../scripts/run/onnx_fit.ts";

const SHAPE = { env: "CartPole-v1", observationLength: 4, actions: 2 };
const OBSERVATION: OnnxPort = { name: "obs", type: "float32", shape: ["n", 4] };

const port = (name: string, shape: OnnxPort["shape"], type: OnnxPort["type"] = "float32"): OnnxPort => ({
  name,
  type,
  shape,
});
const outline = (outputs: OnnxPort[], inputs: OnnxPort[] = [OBSERVATION]): OnnxOutline => ({
  inputs,
  outputs,
  operators: [],
  opset: 13,
  metadata: {},
  producer: "",
});

Deno.test("the output is the one with a value for each action, whatever it is called", () => {
  const fit = (...outputs: OnnxPort[]) => onnxFit(outline(outputs), SHAPE).output;
  assertEquals(fit(port("7", [1, 2])), "7");
  assertEquals(fit(port("value", ["n", 1]), port("logits", ["n", 2])), "logits");
  assertEquals(fit(port("a", ["n", 2]), port("q_values", ["n", 2])), "q_values");
  assertEquals(fit(port("a", ["n", "m"]), port("b", ["n", 2])), "b");
  assertEquals(fit(port("a", ["n", "m"])), "a");
  assertEquals(fit(port("a", undefined)), "a");
  assertEquals(fit(port("a", ["n", 2], "float16")), "a");
  assertEquals(fit(port("actions", ["n"], "int64"), port("values", ["n", 1])), "actions");
  assertEquals(fit(port("actions", ["n", 1], "int32")), "actions");
});

Deno.test("how the action follows is said in words", () => {
  assertEquals(
    onnxFit(outline([port("7", ["n", 2])]), SHAPE).text,
    "the action is the largest of the output 7 (n, 2; float32)",
  );
  assertEquals(
    onnxFit(outline([port("a", ["n"], "int64")]), SHAPE).text,
    "the action is the output a (n; int64)",
  );
});

Deno.test("of several outputs that fit, one must be named", () => {
  const twins = outline([port("online", ["n", 2]), port("target", ["n", 2])]);
  assertThrows(
    () => onnxFit(twins, SHAPE),
    TypeError,
    "the output must be named, one of online (n, 2; float32), target (n, 2; float32)",
  );
  assertEquals(onnxFit(twins, SHAPE, "target").output, "target");
  assertEquals(fittingOutputs(twins, SHAPE), ["online", "target"]);
  assertThrows(() => onnxFit(twins, SHAPE, "other"), TypeError, "the output must be one of online");
});

Deno.test("the input must take as many numbers as an observation has, in any shape", () => {
  const takes = (...inputs: OnnxPort[]) => () =>
    onnxFit(outline([port("q", ["n", 2])], inputs), SHAPE).output;
  for (
    const shape of [["n", 4], [1, 4], [8, 2, 2], ["n", 1, 2, 2], ["n", "length"], ["n", 2, "rest"], undefined]
  ) {
    assertEquals(takes(port("x", shape))(), "q");
  }
  assertEquals(takes(port("x", ["n", 4], "float64"))(), "q");
  const begin = "a policy for CartPole-v1 must take 4 numbers, this one takes";
  assertThrows(takes(port("x", ["n", 5])), TypeError, `${begin} x (n, 5; float32)`);
  assertThrows(takes(port("x", ["n", 3, "rest"])), TypeError, `${begin} x (n, 3, rest; float32)`);
  assertThrows(takes(port("x", ["n", "a", "b"])), TypeError, `${begin} x`);
  const inBatches = "must take 4 numbers in batches, of shape (batch, 4), this one takes x (";
  assertThrows(takes(port("x", [4])), TypeError, `${inBatches}4; float32)`);
  assertThrows(takes(port("x", [])), TypeError, inBatches);
  assertThrows(takes(port("x", ["n", 4], "int64")), TypeError, `${begin} x (n, 4; int64)`);
  assertThrows(takes(), TypeError, `${begin} nothing`);
  assertThrows(takes(OBSERVATION, OBSERVATION), TypeError, `${begin} obs (n, 4; float32), obs`);
});

Deno.test("images are by rows, columns and channels, and bytes may be taken as numbers", () => {
  const IMAGE = { env: "Grid", observationLength: 12, actions: 2, dims: [2, 2, 3], isBytes: true };
  const takes = (input: OnnxPort, shape = IMAGE) => () =>
    onnxFit(outline([port("q", ["n", 2])], [input]), shape).output;
  assertEquals(takes(port("x", ["n", 2, 2, 3], "uint8"))(), "q");
  assertEquals(takes(port("x", ["n", 2, 2, 3]))(), "q");
  assertEquals(takes(port("x", ["n", "h", 2, 3]))(), "q");
  assertEquals(takes(port("x", ["n", 12]))(), "q");
  const begin = "a policy for Grid must take 2 × 2 × 3 bytes, this one takes";
  assertEquals(takes(port("x", ["n", 3, 2, 2]))(), "q");
  assertThrows(takes(port("x", ["n", 2, 3, 2])), TypeError, `${begin} x (n, 2, 3, 2; float32)`);
  assertThrows(
    takes(port("x", ["n", 12], "uint8"), { ...IMAGE, isBytes: false }),
    TypeError,
    "must take 2 × 2 × 3 numbers, this one takes x (n, 12; uint8)",
  );
});

Deno.test("outputs of another number of values are refused", () => {
  const begin = "a policy for CartPole-v1 must give the values of 2 actions, this one gives";
  assertThrows(() => onnxFit(outline([port("q", ["n", 3])]), SHAPE), TypeError, `${begin} q (n, 3; float32)`);
  assertThrows(() => onnxFit(outline([port("q", [2])]), SHAPE), TypeError, `${begin} q (2; float32)`);
  assertThrows(() => onnxFit(outline([]), SHAPE), TypeError, `${begin} nothing`);
  assertEquals(fitsEnv(outline([port("q", ["n", 2])]), SHAPE), true);
  assertEquals(fitsEnv(outline([port("q", ["n", 3])]), SHAPE), false);
  assertEquals(fitsEnv(outline([port("q", ["n", 2])], []), SHAPE), false);
});
