/**
 * The state of a {@linkcode Pqn} as plain data.
 *
 * @module
 */

import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import type { AdamSnapshot } from "../../nn/adam_options.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { Pcg32Snapshot } from "../pcg32.ts";

/** The turns of a rollout so far, one element or row per step, turn by turn. */
export interface RolloutSnapshot {
  /** The observations, row by row. */
  observations: BoxArray;
  /** The actions, as columns of the network's output, one per part. */
  actions: Int32Array;
  /** The rewards. */
  rewards: Float32Array;
  /** 1 where the task ended, else 0. */
  terminated: Uint8Array;
  /** 1 where the episode was cut off from outside, else 0. */
  truncated: Uint8Array;
  /** The value of each observation. */
  values: Float32Array;
  /** The value of the last observation of episodes that were cut off. */
  nextValues: Float32Array;
}

/** The state of a {@linkcode Pqn}. */
export interface PqnSnapshot {
  /** The architecture of the network. */
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
