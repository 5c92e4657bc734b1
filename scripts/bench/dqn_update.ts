/**
 * One whole DQN update, the unit that the benchmarks time.
 *
 * @module
 */

import { Adam, buildWithKernels, type KernelName, Mlp, mlpLayers, mlpLength } from "../../nn/mod.ts";
import { BATCHES, type TrainedWorkload } from "./trained_workload.ts";
import type { Workload } from "./workload.ts";

/**
 * Prepares updates: target network on the next states, row maxima, TD targets, online network, mean squared error,
 * backward pass, Adam.
 *
 * @param workload Network and batch.
 * @param data The learned weights, and the transitions.
 * @param kernel The kernels.
 * @returns A function that makes one update.
 */
export function createUpdate(
  { sizes, rows }: Workload,
  data: TrainedWorkload,
  kernel: KernelName,
): () => void {
  return buildWithKernels((kernels) => {
    const online = new Mlp(sizes, kernels), target = new Mlp(sizes, kernels);
    online.setTensors(data.online);
    target.setTensors(data.target);
    const activations = online.createActivations(rows), nextActivations = target.createActivations(rows);
    const workspace = online.createBackwardWorkspace(rows);
    const headGradient = workspace.gradients[sizes.length - 1]!;
    const gradients = kernels.allocate(mlpLength(sizes));
    const layers = mlpLayers(sizes, gradients);
    const adam = new Adam(online.parameters, kernels, { learningRate: 2.5e-4 });
    const targets = kernels.allocate(rows), errors = kernels.allocate(rows), maxima = kernels.allocate(rows);
    const weights = kernels.allocate(rows).fill(1);
    const actions = kernels.allocateInt32(rows), positions = kernels.allocateInt32(rows);
    const { stride } = activations[0]!;
    const batches = Array.from({ length: BATCHES }, (_, i) => {
      const [from, to] = [i * rows, (i + 1) * rows];
      return {
        observations: padded(data.batches.observations, from, to, sizes[0]!, stride),
        nextObservations: padded(data.batches.nextObservations, from, to, sizes[0]!, stride),
        actions: data.batches.actions.subarray(from, to),
        rewards: data.batches.rewards.subarray(from, to),
        terminated: data.batches.terminated.subarray(from, to),
      };
    });
    let turn = 0;
    return () => {
      const batch = batches[turn++ % BATCHES]!;
      activations[0]!.data.set(batch.observations);
      nextActivations[0]!.data.set(batch.nextObservations);
      actions.set(batch.actions);
      kernels.rowMax(target.forward(nextActivations), maxima, positions);
      for (let r = 0; r < rows; r++) {
        targets[r] = batch.rewards[r]! + 0.99 * maxima[r]! * (1 - batch.terminated[r]!);
      }
      const values = online.forward(activations);
      kernels.tdLoss("mse", values, actions, targets, weights, headGradient, errors);
      online.backward(activations, workspace, layers);
      adam.step(gradients);
    };
  }, kernel);
}

/** Some rows of a dense array, as a matrix with a stride keeps them. */
function padded(
  dense: Float32Array,
  from: number,
  to: number,
  columns: number,
  stride: number,
): Float32Array {
  const data = new Float32Array((to - from) * stride);
  for (let r = from; r < to; r++) {
    data.set(dense.subarray(r * columns, (r + 1) * columns), (r - from) * stride);
  }
  return data;
}
