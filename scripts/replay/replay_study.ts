/**
 * What replay does to the order of experience.
 *
 * @module
 */

import { type Pcg32, randomStream, type ReplayRows } from "../../agents/mod.ts";
import { correlationWithNext } from "./correlation.ts";

/** Transitions in some order. */
export interface OrderedRows {
  /** Which rows, in this order. */
  readonly order: Int32Array;
  /** The correlation of each part of the observation with itself one row later; NaN where it is undefined. */
  readonly correlations: Float64Array;
}

/** Transitions in two orders. */
export interface ReplayStudy {
  /** In the order of experience. */
  readonly consecutive: OrderedRows;
  /** As many, in the order in which they are sampled. */
  readonly sampled: OrderedRows;
}

/**
 * Compares the order of experience with a sampled one.
 *
 * @param rows The transitions, oldest first.
 * @param seed Of the sampled order.
 */
export function studyReplay({ observations, rewards }: ReplayRows, seed: number): ReplayStudy {
  const size = rewards.length;
  const ordered = (order: Int32Array): OrderedRows => ({
    order,
    correlations: correlationWithNext(observations, observations.length / size, order),
  });
  return {
    consecutive: ordered(Int32Array.from({ length: size }, (_, row) => row)),
    sampled: ordered(drawRows(size, size, randomStream(seed, "own correlation"))),
  };
}

/**
 * Draws rows uniformly, with replacement, as `ReplayBuffer.sample` does.
 *
 * @param size How many there are.
 * @param count How many to draw.
 * @param random The stream to draw from; that of a seed's mini-batches is `randomStream(seed, "replay")`.
 */
export function drawRows(size: number, count: number, random: Pcg32): Int32Array {
  return Int32Array.from({ length: count }, () => random.nextIndex(size));
}
