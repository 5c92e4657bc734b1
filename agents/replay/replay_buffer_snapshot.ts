/**
 * The state of a replay buffer.
 *
 * @module
 */

import type { ByteObservationsOptions, ByteObservationsSnapshot } from "./byte_observations.ts";

/** The state of a {@linkcode ReplayBuffer}. */
export interface ReplayBufferSnapshot {
  /** Capacity in transitions. */
  capacity: number;
  /** Length of an observation. */
  observationLength: number;
  /** Length of an action mask; 0 without masks. */
  maskLength: number;
  /** Parts of an action that is an Int32Array; absent for one that is a number. */
  actionParts?: number;
  /** How observations of bytes are taken; absent for observations of float32. */
  bytes?: ByteObservationsOptions;
  /** Number of transitions ever added. */
  added: number;
  /** The columns, up to the number of transitions held, in the order of their slots. */
  columns: {
    observations: Float32Array;
    actions: Int32Array;
    rewards: Float32Array;
    nextObservations: Float32Array;
    terminated: Uint8Array;
    truncated: Uint8Array;
    steps: Uint16Array;
    actionMasks: Uint8Array;
    nextActionMasks: Uint8Array;
  };
  /** Observations of bytes; absent for observations of float32, which are columns. */
  byteObservations?: ByteObservationsSnapshot;
}
