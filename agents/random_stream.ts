/**
 * Random streams, one per named consumer.
 *
 * @module
 */

import { requireWhole } from "./require_whole.ts";
import { Pcg32 } from "./pcg32.ts";

/**
 * Every consumer of randomness:
 *
 * | name | draws |
 * |---|---|
 * | `initialisation` | fresh weights |
 * | `exploration` | random actions in training |
 * | `greedy exploration` | the random agent's actions in evaluations |
 * | `replay` | mini-batches |
 * | `noise` | the noise of noisy networks |
 * | `normalization` | the seed of the episodes whose statistics normalise observations |
 * | `evaluation` | the seed of the evaluations during training |
 * | `evaluation at the end` | the seed of the evaluation at the end of a budget |
 * | `final evaluation` | the seed of the evaluation at the end of a run |
 * | `evaluate` | the seed of the episodes that `evaluate` and `record` play |
 * | `bootstrap` | resamples for confidence intervals |
 * | `trial 0 gamma` | the value of one parameter in one trial of a random search |
 * | `tpe 12` | the candidates for one trial of a search that learns |
 * | `importance tree 3` | the trials that one tree of a forest sees, which measures the importance of parameters |
 * | `lengths of runs` | the simulated sweep of the benchmarks |
 * | `own …` | the draws of your own code |
 */
export type StreamName =
  | "initialisation"
  | "exploration"
  | "greedy exploration"
  | "replay"
  | "noise"
  | "normalization"
  | "evaluation"
  | "evaluation at the end"
  | "final evaluation"
  | "evaluate"
  | "bootstrap"
  | `trial ${number} ${string}`
  | `tpe ${number}`
  | `importance tree ${number}`
  | "lengths of runs"
  | `own ${string}`;

/**
 * The stream of one consumer under a root seed. Streams of different names or seeds are unrelated, so an additional draw for one
 * consumer changes no other.
 *
 * @param seed The root seed, a whole number from 0.
 * @param name The consumer, such as `replay`; for your own consumers, a name such as `own dropout`.
 * @returns The stream at its start: PCG32 seeded with the 64-bit FNV-1a hash of `name:seed`.
 * @throws {RangeError} If the seed is not a whole number from 0.
 *
 * @example Usage
 * ```ts
 * import { randomStream } from "@bellman/dqn/agents";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * assertEquals(randomStream(0, "replay").next(), randomStream(0, "replay").next());
 * assertNotEquals(randomStream(0, "replay").next(), randomStream(0, "exploration").next());
 * ```
 */
export function randomStream(seed: number, name: StreamName): Pcg32 {
  requireWhole("create a random stream", "seed", seed, 0);
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${name}:${seed}`)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return Pcg32.seeded(hash);
}
