/**
 * What a {@linkcode Pqn} continues from.
 *
 * @module
 */

import type { AdamSnapshot } from "../../nn/adam_options.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { Pcg32Snapshot } from "../pcg32.ts";

/** The turns of a rollout so far, one element or row per step, turn by turn. */
export interface RolloutSnapshot {
  /** What was seen, one row after the other. */
  observations: Float32Array;
  /** What was done, as columns of the network's output. */
  actions: Int32Array;
  /** What that gave. */
  rewards: Float32Array;
  /** 1 where the task ended, else 0. */
  terminated: Uint8Array;
  /** 1 where the episode was cut from outside, else 0. */
  truncated: Uint8Array;
  /** The value of each observation. */
  values: Float32Array;
  /** The value of what was seen last in episodes that were cut. */
  nextValues: Float32Array;
}

/** The state of a {@linkcode Pqn}. */
export interface PqnSnapshot {
  /** What the network looks like. */
  architecture: NetworkArchitecture;
  /** Environment steps observed. */
  steps: number;
  /** All parameters of the network, padding included. */
  parameters: Float32Array;
  /** The optimizer. */
  optimizer: AdamSnapshot;
  /** The rollout so far. */
  rollout: RolloutSnapshot;
  /** The stream of random actions. */
  exploration: Pcg32Snapshot;
  /** The stream of mini-batches. */
  replay: Pcg32Snapshot;
}
