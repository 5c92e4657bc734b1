import type { Agent, OfflineAgent, ReplayRows, VectorAgent } from "../../agents/mod.ts";
import type { DiscreteAction, Env, Observation } from "../../envs/mod.ts";
import type { KernelName, Tensor } from "../../nn/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** The settings that define the environment of a run. */
export type RunEnvSettings = Pick<
  Settings,
  | "env"
  | "envOptions"
  | "agent"
  | "seed"
  | "bins"
  | "actionBins"
  | "actionParts"
  | "normalize"
  | "pixels"
  | "blackBackground"
  | "frameStack"
  | "convolution"
>;

/** The learned state of an agent: a network's parameters, or a table. */
export interface Learned {
  /** Copies of the learned state. */
  tensors(): Tensor[];
  /** Restores the learned state from copies. */
  setTensors(tensors: readonly Tensor[]): void;
}

/** The facts about an agent that learns. */
export interface Learner {
  /** Its learned state. */
  readonly learned: Learned;
  /** Number of gradient steps made, or of updates of a table. */
  readonly gradientSteps: number;
  /** The kernels in use; undefined for a table. */
  readonly kernel: KernelName | undefined;
  /** Whether it learns from a replay buffer. */
  readonly hasReplay: boolean;
}

/** Options of a snapshot. */
export interface SnapshotOptions {
  /** Whether the replay buffer is part of it; without it, a run that continues from it differs. @default {true} */
  readonly replay?: boolean;
  /** Whether the replay buffer's columns are views, valid until the next step, for callers that encode them at once. @default {false} */
  readonly views?: boolean;
}

/** An agent of a run. */
export interface RunAgent {
  /** The agent, which acts and can be saved. */
  readonly agent: Agent & {
    snapshot(options: SnapshotOptions): object;
    /** The Q-value of each action; absent for agents without Q-values. */
    qValues?(observation: Observation): Float32Array;
  };
  /** The agent as one that acts in many environments at once; absent if it cannot. */
  readonly vectorAgent?: VectorAgent<DiscreteAction>;
  /** The agent as one that learns from what it has stored; absent unless it was created with recorded transitions. */
  readonly offlineAgent?: OfflineAgent;
  /** Starts from the weights in a file, which are validated; absent for agents without a network. */
  readonly loadWeights?: (bytes: Uint8Array) => void;
  /** The agent as a learner; undefined if it does not learn. */
  readonly learner: Learner | undefined;
}

/** How the agents of a family act and learn, so that no code compares names of agents. */
export interface AgentBehaviour {
  /** Wraps the environment for such an agent. */
  wrap(env: Env, settings: RunEnvSettings): Env;
  /** Whether it can learn from such an observation. */
  isObservation(value: Observation): boolean;
  /**
   * Creates an agent for a wrapped environment, or restores one from a snapshot, which is validated; undefined if it cannot learn
   * there. With recorded transitions, which only some agents take, it learns from these; they are not part of its snapshots.
   */
  create(env: Env, settings: Settings, snapshot?: unknown, recorded?: ReplayRows): RunAgent | undefined;
  /** The number of parameters that such an agent would have; 0 if it learns nothing. */
  parameterCount(env: Env, settings: Settings): number;
}
