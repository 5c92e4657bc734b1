import { assertAlmostEquals, assertEquals } from "@std/assert";
import { munchausenRewards, softPolicy, softValues } from "../../../agents/mod.ts";
import { createMatrix } from "../../../nn/mod.ts";

const TAU = 0.5;

function matrixOf(rows: readonly (readonly number[])[]) {
  const matrix = createMatrix(rows.length, rows[0]!.length);
  rows.forEach((row, r) => matrix.data.set(row, r * matrix.stride));
  return matrix;
}

Deno.test("the soft policy, its logarithm and the soft value are those of the formulas", () => {
  const q = [[1, 2, -1], [300, 299, 300]];
  const values = matrixOf(q);
  const [policy, logPolicy] = [createMatrix(2, 3), createMatrix(2, 3)];
  softPolicy(values, TAU, policy, logPolicy);
  const soft = new Float32Array(2);
  softValues(values, policy, logPolicy, soft);
  q.forEach((row, r) => {
    const most = Math.max(...row);
    const sum = row.reduce((total, value) => total + Math.exp((value - most) / TAU), 0);
    row.forEach((value, a) => {
      const chance = Math.exp((value - most) / TAU) / sum;
      assertAlmostEquals(policy.data[r * policy.stride + a]!, chance, 1e-7);
      assertAlmostEquals(logPolicy.data[r * logPolicy.stride + a]!, TAU * Math.log(chance), 1e-6);
    });
    // Σ π (Q − τ ln π) is τ times the logarithm of the sum of exponentials.
    assertAlmostEquals(soft[r]!, most + TAU * Math.log(sum), 1e-4);
  });
});

Deno.test("actions that are not allowed have no part in it", () => {
  const values = matrixOf([[1, -Infinity, 1]]);
  const [policy, logPolicy] = [createMatrix(1, 3), createMatrix(1, 3)];
  softPolicy(values, TAU, policy, logPolicy);
  assertEquals([...policy.data.subarray(0, 3)], [0.5, 0, 0.5]);
  assertEquals(logPolicy.data[1], 0);
  const soft = new Float32Array(1);
  softValues(values, policy, logPolicy, soft);
  assertAlmostEquals(soft[0]!, 1 + TAU * Math.log(2), 1e-6);
});

Deno.test("an action that is never taken still has its logarithm, down to the limit", () => {
  const values = matrixOf([[0, -10]]);
  const [policy, logPolicy] = [createMatrix(1, 2), createMatrix(1, 2)];
  softPolicy(values, 0.03, policy, logPolicy);
  assertEquals(policy.data[1], 0);
  assertAlmostEquals(logPolicy.data[1]!, -10, 1e-6);
  const rewards = new Float32Array(1);
  const options = { alpha: 0.9, clip: -1 };
  munchausenRewards(new Float32Array([2]), new Int32Array([1]), logPolicy, options, rewards);
  assertEquals(rewards[0], Math.fround(2 - 0.9));
  munchausenRewards(new Float32Array([2]), new Int32Array([0]), logPolicy, options, rewards);
  assertAlmostEquals(rewards[0]!, 2, 1e-6);
});
