/**
 * The state of a {@linkcode Dqn} as plain data.
 *
 * @module
 */

import type { AdamSnapshot } from "../../nn/adam_options.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { NStepSnapshot } from "../replay/n_step.ts";
import type { Pcg32Snapshot } from "../pcg32.ts";
import type { PrioritizedSamplerSnapshot } from "../replay/prioritized_sampler.ts";
import type { ReplayBufferSnapshot } from "../replay/replay_buffer_snapshot.ts";

/** The state of a {@linkcode Dqn}. */
export interface DqnSnapshot {
  /** The architecture of both networks. */
  architecture: NetworkArchitecture;
  /** Steps observed. */
  steps: number;
  /** Episodes ended. */
  episodes: number;
  /** All parameters of the online network, padding included. */
  onlineParameters: Float32Array;
  /** All parameters of the target network, padding included. */
  targetParameters: Float32Array;
  /** The optimizer. */
  optimizer: AdamSnapshot;
  /** The replay buffer. */
  replayBuffer: ReplayBufferSnapshot;
  /** The steps whose n-step return is incomplete. */
  nStep: NStepSnapshot;
  /** The same of the other environments of a `VectorEnv`; undefined with a single one. */
  otherNSteps?: NStepSnapshot[];
  /** The priorities; undefined without prioritized replay. */
  priorities: PrioritizedSamplerSnapshot | undefined;
  /** The stream of random actions. */
  exploration: Pcg32Snapshot;
  /** The stream of mini-batches. */
  replay: Pcg32Snapshot;
  /** The stream of the networks' noise. */
  noise: Pcg32Snapshot;
}
