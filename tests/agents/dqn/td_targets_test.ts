import { assertEquals } from "@std/assert";
import { bootstrapDiscounts, tdTargets, valuesOfActions } from "../../../agents/mod.ts";
import { createMatrix, ReferenceKernels } from "../../../nn/mod.ts";

const rewards = new Float32Array([1, -2, 3]);
/** γ = 0.5, the second row an end. */
const discounts = new Float32Array([0.5, 0, 0.5]);

Deno.test("DQN takes the target network's maximum, and the reward alone at an end", () => {
  const target = createMatrix(3, 2);
  target.data.set([4, 8, 0, 0, 9, 9, 0, 0, -6, -2, 0, 0]);
  const nextValues = new Float32Array(3);
  new ReferenceKernels().rowMax(target, nextValues, new Int32Array(3));
  const targets = new Float32Array(3);
  tdTargets(rewards, discounts, nextValues, targets);
  assertEquals([...targets], [1 + 0.5 * 8, -2, 3 + 0.5 * -2]);
});

Deno.test("Double DQN chooses with the online network and evaluates with the target network", () => {
  const online = createMatrix(3, 2);
  online.data.set([7, 1, 0, 0, 0, 1, 0, 0, 5, 5, 0, 0]);
  const target = createMatrix(3, 2);
  target.data.set([4, 8, 0, 0, 9, 9, 0, 0, -6, -2, 0, 0]);
  const nextValues = new Float32Array(3);
  const nextActions = new Int32Array(3);
  new ReferenceKernels().rowMax(online, nextValues, nextActions);
  valuesOfActions(target, nextActions, nextValues);
  const targets = new Float32Array(3);
  tdTargets(rewards, discounts, nextValues, targets);
  // Row 0 takes action 0 (value 4, not the larger 8); row 2 has a tie, which goes to action 0.
  assertEquals([...targets], [1 + 0.5 * 4, -2, 3 + 0.5 * -6]);
});

Deno.test("products and sums are rounded to float32, the discount too", () => {
  const targets = new Float32Array(1);
  tdTargets(new Float32Array([0.1]), new Float32Array([0.99]), new Float32Array([0.7]), targets);
  const { fround } = Math;
  assertEquals(targets[0], fround(fround(0.1) + fround(fround(0.99) * fround(0.7))));
});

Deno.test("a NaN beyond an end does not leak in", () => {
  const targets = new Float32Array(1);
  tdTargets(new Float32Array([1]), new Float32Array([0]), new Float32Array([NaN]), targets);
  assertEquals(targets[0], 1);
});

Deno.test("the discount is gamma to the power of the steps, rounded once, and nothing at an end", () => {
  const discounts = new Float32Array(4);
  bootstrapDiscounts(new Uint8Array([0, 0, 0, 1]), new Uint16Array([1, 2, 3, 3]), 0.9, discounts);
  assertEquals([...discounts], [Math.fround(0.9), Math.fround(0.9 * 0.9), Math.fround(0.9 * 0.9 * 0.9), 0]);
});
