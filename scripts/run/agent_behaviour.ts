import type { Agent } from "../../agents/mod.ts";
import type { Env, Observation } from "../../envs/mod.ts";
import type { KernelName, Tensor } from "../../nn/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** What decides which environment a run is made in. */
export type RunEnvSettings = Pick<
  Settings,
  "env" | "envOptions" | "agent" | "seed" | "bins" | "actionBins" | "normalize"
>;

/** What an agent has learned: a network's parameters, or a table. */
export interface Learned {
  /** Copies of all that is learned. */
  tensors(): Tensor[];
  /** Takes over copies of it. */
  setTensors(tensors: readonly Tensor[]): void;
}

/** What there is to know of an agent that learns. */
export interface Learner {
  /** What it has learned. */
  readonly learned: Learned;
  /** Number of gradient steps made, or of updates of a table. */
  readonly gradientSteps: number;
  /** Which kernels compute; undefined for a table. */
  readonly kernel: KernelName | undefined;
  /** Whether it learns from a replay buffer. */
  readonly hasReplay: boolean;
}

/** What a snapshot is to hold. */
export interface SnapshotOptions {
  /** Whether the replay buffer is part of it; without, a run that continues from it is another. @default {true} */
  readonly replay?: boolean;
  /** Whether the replay buffer's columns are views, good until the next step: for those who encode them at once. @default {false} */
  readonly views?: boolean;
}

/** An agent of a run. */
export interface RunAgent {
  /** What acts and can be saved. */
  readonly agent: Agent & {
    snapshot(options: SnapshotOptions): object;
    /** The Q-value of each action; absent where there are none. */
    qValues?(observation: Observation): Float32Array;
  };
  /** The same as what learns; undefined if it does not. */
  readonly learner: Learner | undefined;
}

/** How the agents of a family act and learn, in place of questions after their names. */
export interface AgentBehaviour {
  /** The environment as such an agent sees it. */
  wrap(env: Env, settings: RunEnvSettings): Env;
  /** Whether it learns from such an observation. */
  isObservation(value: Observation): boolean;
  /** Creates an agent for a wrapped environment, or restores one from a snapshot, which is checked; undefined if it cannot learn there. */
  create(env: Env, settings: Settings, snapshot?: unknown): RunAgent | undefined;
  /** The number of parameters that such an agent would have; 0 if there is nothing to learn. */
  parameterCount(env: Env, settings: Settings): number;
}
