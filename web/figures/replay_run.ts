/**
 * A replay buffer while it fills.
 *
 * @module
 */

import {
  type Batch,
  createBatch,
  RandomAgent,
  randomStream,
  ReplayBuffer,
  train,
  TrajectoryHash,
} from "@bellman/dqn/agents";
import { makeEnv } from "@bellman/dqn/envs";
import { createMatrix } from "@bellman/dqn/nn";
import { correlationWithNext } from "./correlation.ts";
import { REPLAY_ENV, type ReplayRequest, VARIABLES } from "./replay_request.ts";

/** Most rows that a state has for drawing. */
const SHOWN_ROWS = 300;

/** Observations in some order. */
export interface OrderedRows {
  /** The correlation of each variable with itself one row later, over all rows. */
  readonly correlations: readonly number[];
  /** The last rows, four numbers each. */
  readonly rows: Float32Array;
}

/** The buffer at one moment. */
export interface ReplayState {
  /** Transitions added so far. */
  readonly added: number;
  /** Transitions held. */
  readonly size: number;
  /** Episodes that have ended. */
  readonly episodes: number;
  /** Fingerprint of all steps, as `deno task train` prints it. */
  readonly trajectory: string;
  /** The last mini-batch and its slots; undefined while there are too few transitions. */
  readonly drawn: { readonly slots: Int32Array; readonly batch: Batch } | undefined;
  /** The observations held, from the oldest to the newest. */
  readonly consecutive: OrderedRows;
  /** As many observations in the order in which they are sampled. */
  readonly sampled: OrderedRows;
}

/**
 * Lets the random agent fill a buffer.
 *
 * @param request What to fill.
 * @returns A state every few steps, and one at the end.
 */
export function* fillReplay(request: ReplayRequest): Generator<ReplayState, void, undefined> {
  const { seed, episodes, capacity, batchSize } = request;
  const env = makeEnv(REPLAY_ENV);
  const agent = new RandomAgent(env, { seed });
  const buffer = new ReplayBuffer({ capacity, observationLength: VARIABLES });
  const trajectory = new TrajectoryHash();
  const replay = randomStream(seed, "replay");
  const interval = Math.max(2, Math.round(episodes / 5));
  let [added, ended] = [0, 0];

  const state = (): ReplayState => {
    const { size } = buffer;
    const oldest = added > capacity ? added % capacity : 0;
    const byAge = Int32Array.from({ length: size }, (_, i) => (oldest + i) % size);
    const sampled = buffer.sample(size, randomStream(seed, "own correlation"));
    return {
      added,
      size,
      episodes: ended,
      trajectory: trajectory.digest(),
      drawn: size < batchSize ? undefined : drawFrom(buffer, batchSize, () => replay.nextIndex(size)),
      consecutive: ordered(gathered(buffer, byAge)),
      sampled: ordered(sampled),
    };
  };

  for (const record of train(env, agent, { seed, episodes })) {
    if (record.kind === "episode") ended++;
    if (record.kind !== "step") continue;
    buffer.add(record);
    trajectory.add(record);
    added++;
    if (added % interval === 0) yield state();
  }
  yield state();
}

/** A mini-batch and the slots that it is from, drawn as `ReplayBuffer.sample` draws them. */
export function drawFrom(
  buffer: ReplayBuffer,
  rows: number,
  nextSlot: () => number,
): { slots: Int32Array; batch: Batch } {
  const slots = Int32Array.from({ length: rows }, nextSlot);
  return { slots, batch: gathered(buffer, slots) };
}

function gathered(buffer: ReplayBuffer, slots: Int32Array): Batch {
  const batch = createBatch(createMatrix(slots.length, VARIABLES), createMatrix(slots.length, VARIABLES));
  buffer.gatherInto(batch, slots);
  return batch;
}

function ordered({ observations: { data, rows, stride } }: Batch): OrderedRows {
  const numbers = new Float32Array(rows * VARIABLES);
  for (let row = 0; row < rows; row++) {
    numbers.set(data.subarray(row * stride, row * stride + VARIABLES), row * VARIABLES);
  }
  const correlations = correlationWithNext(numbers, VARIABLES);
  return { correlations, rows: numbers.slice(Math.max(0, rows - SHOWN_ROWS) * VARIABLES) };
}
