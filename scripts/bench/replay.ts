/**
 * Sampling of mini-batches, uniformly and by priority.
 *
 * @module
 */

import { Pcg32, PrioritizedSampler, ReplayBuffer } from "../../agents/mod.ts";
import { measure, subject } from "./measure.ts";

/** Microseconds for one mini-batch of 32 transitions. */
export interface ReplayResult {
  /** Drawn uniformly from 100,000, copied out. */
  sampleUs: number;
  /** Slots drawn by priority from a million, and their priorities updated. */
  prioritizedUs: number;
  /** The same, with the transitions copied out. */
  prioritizedWithGatherUs: number;
}

const ROWS = 32;

/** A full buffer, and a batch. */
function createBuffer(capacity: number, prng: Pcg32) {
  const buffer = new ReplayBuffer({ capacity, observationLength: 4 });
  const observation = new Float32Array(4);
  const step = { action: 0, reward: 1, terminated: false, truncated: false };
  for (let i = 0; i < capacity; i++) buffer.add({ ...step, observation, nextObservation: observation });
  return { buffer, batch: buffer.sample(ROWS, prng) };
}

/** Times both kinds of replay. */
export async function benchReplay(): Promise<ReplayResult> {
  const prng = Pcg32.seeded(3n);
  const uniform = createBuffer(100_000, prng);
  const size = 1_000_000;
  const { buffer, batch } = createBuffer(size, prng);
  const sampler = new PrioritizedSampler({ capacity: size, alpha: 0.6, epsilon: 1e-6 });
  const slots = new Int32Array(ROWS), weights = new Float32Array(ROWS), surprises = new Float32Array(ROWS);
  const updateSlots = () => {
    for (let i = 0; i < ROWS; i++) surprises[i] = 3 * prng.next();
    sampler.update(slots, surprises);
  };
  for (let slot = 0; slot < size; slot += ROWS) {
    for (let i = 0; i < ROWS; i++) sampler.add(slots[i] = slot + i);
    updateSlots();
  }
  const sample = () => sampler.sample(size, slots, weights, 0.5, prng);
  const [drawn, prioritized, withGather] = await measure([
    subject("uniform", () => uniform.buffer.sampleInto(uniform.batch, prng)),
    subject("prioritized", () => {
      sample();
      updateSlots();
    }),
    subject("prioritized with gather", () => {
      sample();
      buffer.gatherInto(batch, slots);
      updateSlots();
    }),
  ], { rounds: 61, roundSeconds: 0.01 });
  return {
    sampleUs: drawn!.seconds * 1e6,
    prioritizedUs: prioritized!.seconds * 1e6,
    prioritizedWithGatherUs: withGather!.seconds * 1e6,
  };
}
