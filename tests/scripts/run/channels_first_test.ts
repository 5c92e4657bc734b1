import { assertEquals } from "@std/assert";
import { ActionRows } from "../../../agents/action_rows.ts";
import { FlattenObservation, makeEnv } from "../../../envs/mod.ts";
import { OneHotPartialObs } from "../../../envs/minigrid/mod.ts";
import type { OnnxOutline } from "../../../nn/mod.ts";
import { channelsFirst, imageOf } from "../../../scripts/run/channels_first.ts";
import { onnxFit, policyShape } from "../../../scripts/run/onnx_fit.ts";

/** A model with an input of a shape and an output of as many values. */
const outline = (input: number[], values: number): OnnxOutline => ({
  inputs: [{ name: "x", type: "float32", shape: input }],
  outputs: [{ name: "q", type: "float32", shape: [1, values] }],
  operators: [],
  opset: 13,
  metadata: {},
  producer: "",
});

Deno.test("channels come first, place by place", () => {
  // Two rows, three columns, two channels: the first counts up, the second down.
  const image = Float32Array.of(0, 0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5);
  assertEquals([...channelsFirst(image, [2, 3, 2])], [0, 1, 2, 3, 4, 5, 0, -1, -2, -3, -4, -5]);
  assertEquals(channelsFirst(Uint8Array.of(1, 2, 3, 4), [1, 2, 2]), Uint8Array.of(1, 3, 2, 4));
});

Deno.test("the image behind a flattened observation is known, and models of PyTorch take its channels first", () => {
  const grid = makeEnv("MiniGrid-Empty-5x5-v0");
  assertEquals(imageOf(grid), [7, 7, 3]);
  assertEquals(imageOf(makeEnv("CartPole-v1")), undefined);
  const flat = new FlattenObservation<number, Uint8Array>(new OneHotPartialObs(grid));
  assertEquals(imageOf(flat), [7, 7, 20]);
  const { observationSpace } = flat;
  const shape = policyShape("Grid", flat, observationSpace, new ActionRows(flat.actionSpace, "a policy"));
  const fit = (...input: number[]) => onnxFit(outline(input, 7), shape);
  assertEquals(fit(1, 980).channelsFirst, undefined);
  assertEquals(fit(1, 7, 7, 20).channelsFirst, undefined);
  assertEquals(fit(1, 20, 7, 7).channelsFirst, [7, 7, 20]);
  assertEquals(
    fit(1, 20, 7, 7).text,
    "the action is the largest of the output q (1, 7; float32), of images with channels first",
  );
});
