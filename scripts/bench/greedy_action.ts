/**
 * One greedy action, as the benchmarks time it.
 *
 * @module
 */

import { architectureOf, GreedyPolicy } from "../../agents/mod.ts";
import { buildWithKernels, type KernelName, QNetwork } from "../../nn/mod.ts";
import type { TrainedWorkload } from "./trained_workload.ts";
import type { Workload } from "./workload.ts";

/** Number of observations, used in turn. */
const OBSERVATIONS = 64;

/**
 * Prepares acting.
 *
 * @param workload The network.
 * @param data The learned weights, and observations.
 * @param kernel The kernels.
 * @returns A function that chooses an action for the next observation.
 */
export function createAct({ sizes }: Workload, data: TrainedWorkload, kernel: KernelName): () => void {
  const [length, actions] = [sizes[0]!, sizes.at(-1)!];
  const policy = buildWithKernels((kernels) => {
    const network = new QNetwork(architectureOf(length, actions, { hidden: sizes.slice(1, -1) }), kernels);
    network.setTensors(data.online);
    return new GreedyPolicy(network, kernels);
  }, kernel);
  const rows = Array.from(
    { length: OBSERVATIONS },
    (_, i) => data.batches.observations.slice(i * length, (i + 1) * length),
  );
  let turn = 0;
  return () => void policy.act(rows[turn++ % OBSERVATIONS]!);
}
