/**
 * Draws by priority.
 *
 * @module
 */

import { type DqnSnapshot, PrioritizedSampler, randomStream } from "../../agents/mod.ts";
import { pow } from "../../nn/math/pow.ts";
import { meanOf } from "../values/statistics.ts";

/** How to draw from a buffer. */
export interface PriorityRequest {
  /** |δ| of each slot, with a little added. */
  readonly priorities: readonly number[];
  /** α. */
  readonly alpha: number;
  /** β. */
  readonly beta: number;
  /** How many slots to draw. */
  readonly draws: number;
  /** Seeds the draws. */
  readonly seed: number;
}

/** What was drawn. */
export interface PriorityStudy {
  /** How often each slot was drawn. */
  readonly counts: readonly number[];
  /** Means of the priorities. */
  readonly means: {
    /** With every slot once. */
    readonly uniform: number;
    /** Of the slots drawn. */
    readonly drawn: number;
    /** Of the slots drawn, each with its importance weight. */
    readonly weighted: number;
  };
  /** The least and the largest importance weight. */
  readonly weights: readonly [number, number];
}

/** Draws slots in proportion to their priorities to the power of α, and compares means with and without importance weights. */
export function studyPriorities(request: PriorityRequest): PriorityStudy {
  const { priorities, alpha, beta, draws, seed } = request;
  const capacity = priorities.length;
  const sampler = new PrioritizedSampler({ capacity, alpha, epsilon: 0 });
  for (let slot = 0; slot < capacity; slot++) sampler.add(slot);
  sampler.update(Int32Array.from({ length: capacity }, (_, slot) => slot), Float32Array.from(priorities));
  const slots = new Int32Array(draws);
  const weights = new Float32Array(draws);
  sampler.sample(capacity, slots, weights, beta, randomStream(seed, "replay"));
  const counts = new Array<number>(capacity).fill(0);
  for (const slot of slots) counts[slot] = counts[slot]! + 1;
  const drawn = Array.from(slots, (slot) => priorities[slot]!);
  const all = Array.from(weights);
  return {
    counts,
    means: {
      uniform: meanOf(priorities),
      drawn: meanOf(drawn),
      weighted: meanOf(drawn.map((value, i) => value * all[i]!)) / meanOf(all),
    },
    weights: [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))],
  };
}

/**
 * The priority of each slot in use, before the power of α.
 *
 * @param snapshot Of an agent.
 * @param alpha The agent's α; with 0, all priorities are 1.
 * @returns The priorities; undefined if the agent replays uniformly.
 */
export function prioritiesOf({ priorities }: Pick<DqnSnapshot, "priorities">, alpha: number):
  | number[]
  | undefined {
  if (priorities === undefined) return undefined;
  return Array.from(priorities.priorities, (power) => alpha === 0 ? power : pow(power, 1 / alpha));
}
