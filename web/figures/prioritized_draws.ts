/**
 * Draws by priority.
 *
 * @module
 */

import { PrioritizedSampler, randomStream } from "@bellman/dqn/agents";
import { meanOf } from "../../scripts/values/statistics.ts";
import type { DrawnReply, DrawRequest } from "./prioritized_replay_messages.ts";

/** Draws slots in proportion to their priorities to the power of α, and compares means with and without importance weights. */
export function drawByPriority({ priorities, alpha, beta, draws, seed }: DrawRequest): DrawnReply {
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
    kind: "drawn",
    counts,
    means: {
      uniform: meanOf(priorities),
      drawn: meanOf(drawn),
      weighted: meanOf(drawn.map((value, i) => value * all[i]!)) / meanOf(all),
    },
    weights: [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))],
  };
}
