/**
 * What 20,000 updates leave on the heap, and whether kernels that nobody holds are freed, as JSON; to be run with
 * `--expose-gc`.
 *
 * @module
 */

import { Adam } from "../../../nn/adam.ts";
import { clipGradientNorm } from "../../../nn/clip_gradient_norm.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { Mlp } from "../../../nn/mlp.ts";
import { mlpLayers, mlpLength } from "../../../nn/mlp_layout.ts";

/** What the probe finds. */
export interface HeapReport {
  /** Bytes that the heap has grown by over the updates, once collected. */
  grown: number;
  /** Bytes of the kernels' memory before the updates, and after. */
  memory: [number, number];
  /** Of how many kernels that were dropped the memory is gone. */
  collected: number;
  /** How many were dropped. */
  dropped: number;
}

const UPDATES = 20_000;
const DROPPED = 8;

function gc(): void {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new TypeError("Cannot probe the heap: run with --expose-gc");
  collect();
}

/** Everything that one learner does per update, on batches of changing content. */
function createLearner(): { memory: () => number; update: (turn: number) => void } {
  const sizes = [4, 16, 16, 2], rows = 8;
  const kernels = new SimdKernels(20_000);
  const online = new Mlp(sizes, kernels), target = new Mlp(sizes, kernels);
  let state = 1;
  const random = () => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) / 2_147_483_647;
  for (const network of [online, target]) network.initialize("pytorch", random);
  const activations = online.createActivations(rows), nextActivations = target.createActivations(rows);
  const workspace = online.createBackwardWorkspace(rows);
  const gradients = kernels.allocate(mlpLength(sizes));
  const layers = mlpLayers(sizes, gradients);
  const adam = new Adam(online.parameters, kernels);
  const targets = kernels.allocate(rows), errors = kernels.allocate(rows);
  const weights = kernels.allocate(rows).fill(1), actions = kernels.allocateInt32(rows);
  return {
    memory: () => online.parameters.buffer.byteLength,
    update(turn) {
      for (let i = 0; i < activations[0]!.data.length; i++) {
        activations[0]!.data[i] = random();
        nextActivations[0]!.data[i] = random();
      }
      kernels.rowMax(target.forward(nextActivations), targets, actions);
      for (let r = 0; r < rows; r++) targets[r] = 1 + 0.99 * targets[r]!;
      const values = online.forward(activations);
      kernels.tdLoss(
        turn % 2 ? "mse" : "huber",
        values,
        actions,
        targets,
        weights,
        workspace.gradients[3]!,
        errors,
      );
      online.backward(activations, workspace, layers);
      clipGradientNorm(gradients, 1, kernels);
      adam.step(gradients);
      kernels.softUpdate(target.parameters, online.parameters, 0.01);
      if (!kernels.allFinite(online.parameters)) {
        throw new TypeError("Cannot probe the heap: the loss diverged");
      }
    },
  };
}

function heapGrowth(): Pick<HeapReport, "grown" | "memory"> {
  const { memory, update } = createLearner();
  const used = () => {
    for (let i = 0; i < 4; i++) gc();
    return Deno.memoryUsage().heapUsed;
  };
  for (let turn = 0; turn < UPDATES / 10; turn++) update(turn); // until everything is compiled
  const usedBefore = used(), memoryBefore = memory();
  for (let turn = 0; turn < UPDATES; turn++) update(turn);
  return { grown: used() - usedBefore, memory: [memoryBefore, memory()] };
}

/** Kernels are used, then only weakly held: themselves, and what the arrays of them keep alive. */
function drop(): WeakRef<object>[] {
  return Array.from({ length: DROPPED }, () => {
    const kernels = new SimdKernels(1 << 20);
    const values = kernels.allocate(1 << 20).fill(1);
    kernels.scale(values, 2);
    return [kernels, values.buffer].map((held) => new WeakRef<object>(held));
  }).flat();
}

if (import.meta.main) {
  const references = drop();
  for (let i = 0; i < 20 && references.some((reference) => reference.deref() !== undefined); i++) {
    await new Promise((resolve) => setTimeout(resolve)); // a WeakRef holds its target until the turn ends
    gc();
  }
  const report: HeapReport = {
    ...heapGrowth(),
    collected: references.filter((reference) => reference.deref() === undefined).length / 2,
    dropped: DROPPED,
  };
  console.log(JSON.stringify(report));
}
