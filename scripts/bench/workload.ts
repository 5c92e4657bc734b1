/**
 * The workloads of the benchmarks: networks, batches, and the source of their data.
 *
 * @module
 */

import { LunarLander } from "../../envs/box2d/mod.ts";
import { CartPole, type Env, TimeLimit } from "../../envs/mod.ts";

const createCartPole = () => new TimeLimit(new CartPole(), 500);
const createLander = () => new TimeLimit(new LunarLander(), 1_000);

/** A network, the number of rows in a batch, and the environment of the transitions. */
export interface Workload {
  /** Creates the environment of its transitions. */
  readonly createEnv: () => Env<Float32Array, number>;
  /** Units per layer, inputs first, actions last. */
  readonly sizes: readonly number[];
  /** Transitions per batch. */
  readonly rows: number;
}

/** The networks in the tables: a common one, CleanRL's, and two larger ones. */
export const WORKLOADS: readonly Workload[] = [
  { createEnv: createCartPole, sizes: [4, 128, 128, 2], rows: 32 },
  { createEnv: createCartPole, sizes: [4, 120, 84, 2], rows: 128 },
  { createEnv: createLander, sizes: [8, 256, 256, 4], rows: 64 },
  { createEnv: createLander, sizes: [8, 512, 512, 4], rows: 256 },
];

/** The name of a workload, such as `4-128-128-2 × 32`. */
export function describe({ sizes, rows }: Workload): string {
  return `${sizes.join("-")} × ${rows}`;
}

/** Floating-point operations of one update when no zero is skipped: two forward passes and one backward. */
export function operations({ sizes, rows }: Workload): number {
  const products = sizes.slice(1).map((size, i) => size * sizes[i]!);
  const total = products.reduce((sum, product) => sum + product, 0);
  return 2 * rows * (4 * total - products[0]!);
}
