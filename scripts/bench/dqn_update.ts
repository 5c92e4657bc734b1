/**
 * One whole DQN update, as the benchmarks time it.
 *
 * @module
 */

import { Adam, buildWithKernels, type KernelName, Mlp, mlpLayers, mlpLength } from "../../nn/mod.ts";
import { Pcg32 } from "../../agents/pcg32.ts";

/** A network and the number of rows in a batch. */
export interface Workload {
  /** Units per layer, inputs first, actions last. */
  readonly sizes: readonly number[];
  /** Transitions per batch. */
  readonly rows: number;
}

/** The networks of the tables: a usual one, CleanRL's, and two larger ones. */
export const WORKLOADS: readonly Workload[] = [
  { sizes: [4, 128, 128, 2], rows: 32 },
  { sizes: [4, 120, 84, 2], rows: 128 },
  { sizes: [8, 256, 256, 4], rows: 64 },
  { sizes: [8, 512, 512, 4], rows: 256 },
];

/** Different batches that the updates take in turn, so that no network learns one by heart. */
const BATCHES = 64;

/** As in `4-128-128-2 × 32`. */
export function describe({ sizes, rows }: Workload): string {
  return `${sizes.join("-")} × ${rows}`;
}

/** Floating-point operations of one update when no zero is skipped: two forward passes and one backward. */
export function operations({ sizes, rows }: Workload): number {
  const products = sizes.slice(1).map((size, i) => size * sizes[i]!);
  const total = products.reduce((sum, product) => sum + product, 0);
  return 2 * rows * (4 * total - products[0]!);
}

/**
 * Prepares updates: target network on the next states, row maxima, TD targets, online network, mean squared error,
 * backward pass, Adam.
 *
 * @param workload Network and batch.
 * @param kernel Which kernels.
 * @returns Makes one update.
 */
export function createUpdate({ sizes, rows }: Workload, kernel: KernelName): () => void {
  return buildWithKernels((kernels) => {
    const prng = Pcg32.seeded(1n);
    const online = new Mlp(sizes, kernels), target = new Mlp(sizes, kernels);
    online.initialize("pytorch", prng.prng);
    target.initialize("pytorch", prng.prng);
    const activations = online.createActivations(rows), nextActivations = target.createActivations(rows);
    const workspace = online.createBackwardWorkspace(rows);
    const headGradient = workspace.gradients[sizes.length - 1]!;
    const gradients = kernels.allocate(mlpLength(sizes));
    const layers = mlpLayers(sizes, gradients);
    const adam = new Adam(online.parameters, kernels, { learningRate: 2.5e-4 });
    const targets = kernels.allocate(rows), errors = kernels.allocate(rows), maxima = kernels.allocate(rows);
    const weights = kernels.allocate(rows).fill(1);
    const actions = kernels.allocateInt32(rows), positions = kernels.allocateInt32(rows);
    const inputLength = activations[0]!.data.length;
    const batches = Array.from({ length: BATCHES }, () => ({
      observations: new Float32Array(inputLength),
      nextObservations: new Float32Array(inputLength),
      actions: Int32Array.from({ length: rows }, () => prng.nextIndex(sizes.at(-1)!)),
      rewards: Float32Array.from({ length: rows }, () => prng.next()),
    }));
    for (const { observations, nextObservations } of batches) {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < sizes[0]!; c++) {
          observations[r * activations[0]!.stride + c] = 4 * prng.next() - 2;
          nextObservations[r * activations[0]!.stride + c] = 4 * prng.next() - 2;
        }
      }
    }
    let turn = 0;
    return () => {
      const batch = batches[turn++ % BATCHES]!;
      activations[0]!.data.set(batch.observations);
      nextActivations[0]!.data.set(batch.nextObservations);
      actions.set(batch.actions);
      kernels.rowMax(target.forward(nextActivations), maxima, positions);
      for (let r = 0; r < rows; r++) targets[r] = batch.rewards[r]! + 0.99 * maxima[r]!;
      const values = online.forward(activations);
      kernels.tdLoss("mse", values, actions, targets, weights, headGradient, errors);
      online.backward(activations, workspace, layers);
      adam.step(gradients);
    };
  }, kernel);
}
