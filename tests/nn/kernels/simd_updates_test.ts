import { assert } from "@std/assert";
import { randomSeeded } from "@std/random";
import { Adam } from "../../../nn/adam.ts";
import { clipGradientNorm } from "../../../nn/clip_gradient_norm.ts";
import type { Kernels, Loss } from "../../../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../../../nn/kernels/reference_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { Mlp } from "../../../nn/mlp.ts";
import { mlpLayers, mlpLength } from "../../../nn/mlp_layout.ts";
import { assertSameBits } from "./_random_arrays.ts";

/** Trains a network by TD targets from a slowly following copy of it, and returns its parameters after each update. */
function train(
  kernels: Kernels,
  sizes: number[],
  rows: number,
  updates: number,
  loss: Loss,
  layerNorm: boolean,
): Float32Array[] {
  const prng = randomSeeded(BigInt(rows));
  const online = new Mlp(sizes, kernels, { layerNorm }), target = new Mlp(sizes, kernels, { layerNorm });
  online.initialize("pytorch", prng);
  target.initialize("he", prng);
  const activations = online.createActivations(rows), nextActivations = target.createActivations(rows);
  const workspace = online.createBackwardWorkspace(rows);
  const normalized = layerNorm ? sizes.length - 2 : 0;
  const gradients = kernels.allocate(mlpLength(sizes, normalized));
  const layers = mlpLayers(sizes, gradients, normalized);
  const adam = new Adam(online.parameters, kernels, { learningRate: 0.01 });
  const targets = kernels.allocate(rows), actions = kernels.allocateInt32(rows);
  const weights = kernels.allocate(rows).fill(1), errors = kernels.allocate(rows);
  return Array.from({ length: updates }, () => {
    for (const input of [activations[0]!, nextActivations[0]!]) {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < input.columns; c++) input.data[r * input.stride + c] = 4 * prng() - 2;
      }
    }
    kernels.rowMax(target.forward(nextActivations), targets, actions);
    for (let r = 0; r < rows; r++) {
      targets[r] = prng() + 0.99 * targets[r]!;
      actions[r] = Math.floor(prng() * sizes.at(-1)!);
    }
    const values = online.forward(activations);
    kernels.tdLoss(loss, values, actions, targets, weights, workspace.gradients.at(-1)!, errors);
    online.backward(activations, workspace, layers);
    clipGradientNorm(gradients, 0.5, kernels);
    adam.step(gradients);
    kernels.softUpdate(target.parameters, online.parameters, 0.05);
    assert(kernels.allFinite(online.parameters));
    return online.parameters.slice();
  });
}

for (
  const [sizes, rows, updates, loss] of [
    [[4, 128, 128, 2], 32, 60, "mse"],
    [[4, 120, 84, 2], 128, 20, "huber"],
    [[3, 5, 7, 1], 1, 500, "mse"],
    [[9, 33, 3], 17, 200, "huber"],
    [[2, 300, 260, 3], 20, 10, "mse"],
    [[6, 4], 8, 300, "huber"],
  ] as const
) {
  for (const layerNorm of [false, true]) {
    const name = `${sizes.join("-")}${layerNorm ? " with layer normalisation" : ""}`;
    Deno.test(`${updates} updates of ${name} by ${rows} rows have the reference's bits`, () => {
      const actual = train(new SimdKernels(2_000_000), [...sizes], rows, updates, loss, layerNorm);
      const expected = train(new ReferenceKernels(), [...sizes], rows, updates, loss, layerNorm);
      actual.forEach((parameters, i) => assertSameBits(parameters, expected[i]!, `update ${i}`));
    });
  }
}
