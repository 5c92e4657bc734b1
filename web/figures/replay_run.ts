/**
 * A replay buffer while it fills.
 *
 * @module
 */

import {
  type Pcg32,
  RandomAgent,
  randomStream,
  ReplayBuffer,
  train,
  TrajectoryHash,
} from "@bellman/dqn/agents";
import { makeEnv } from "@bellman/dqn/envs";
import { type BatchColumn, batchColumns } from "../../scripts/replay/batch_columns.ts";
import { drawRows, type OrderedRows, studyReplay } from "../../scripts/replay/replay_study.ts";
import { REPLAY_ENV, type ReplayRequest, VARIABLES } from "./replay_request.ts";

/** Most rows that a state has for drawing. */
const SHOWN_ROWS = 300;

/** Observations in some order. */
export interface OrderedObservations {
  /** The correlation of each variable with itself one row later, over all rows. */
  readonly correlations: ArrayLike<number>;
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
  /** The slots of the last mini-batch, and its columns; undefined while there are too few transitions. */
  readonly drawn: { readonly slots: Int32Array; readonly columns: readonly BatchColumn[] } | undefined;
  /** The observations held, from the oldest to the newest. */
  readonly consecutive: OrderedObservations;
  /** As many observations in the order in which they are sampled. */
  readonly sampled: OrderedObservations;
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
  // Of the mini-batches on the way; the one at the end is the seed's first, as the command draws it.
  const onTheWay = randomStream(seed, "own mini-batches");
  const interval = Math.max(2, Math.round(episodes / 5));
  let [added, ended] = [0, 0];

  const state = (random: Pcg32): ReplayState => {
    const { size } = buffer;
    const oldest = added > capacity ? added % capacity : 0;
    const rows = buffer.rows();
    const { consecutive, sampled } = studyReplay(rows, seed);
    const drawn = size < batchSize ? undefined : drawRows(size, batchSize, random);
    return {
      added,
      size,
      episodes: ended,
      trajectory: trajectory.digest(),
      drawn: drawn === undefined
        ? undefined
        : { slots: drawn.map((row) => (oldest + row) % size), columns: batchColumns(rows, drawn) },
      consecutive: lastOf(rows.observations, consecutive),
      sampled: lastOf(rows.observations, sampled),
    };
  };

  for (const record of train(env, agent, { seed, episodes })) {
    if (record.kind === "episode") ended++;
    if (record.kind !== "step") continue;
    buffer.add(record);
    trajectory.add(record);
    added++;
    if (added % interval === 0) yield state(onTheWay);
  }
  yield state(randomStream(seed, "replay"));
}

/** The last observations in some order. */
function lastOf(
  observations: ArrayLike<number>,
  { order, correlations }: OrderedRows,
): OrderedObservations {
  const shown = order.subarray(-SHOWN_ROWS);
  const rows = new Float32Array(shown.length * VARIABLES);
  for (let i = 0; i < rows.length; i++) {
    rows[i] = observations[shown[Math.floor(i / VARIABLES)]! * VARIABLES + i % VARIABLES]!;
  }
  return { correlations, rows };
}
