import {
  type Dqn,
  type DqnOptions,
  linearSchedule,
  type QLearning,
  type QLearningOptions,
} from "../../agents/mod.ts";
import type { KernelName, Tensor } from "../../nn/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** What an agent has learned: a network's parameters, or a table. */
export interface Learned {
  /** Copies of all that is learned. */
  tensors(): Tensor[];
  /** Takes it over again. */
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

/** What there is to know of a {@linkcode Dqn}. */
export function dqnLearner(agent: Dqn): Learner {
  return {
    learned: agent.onlineNetwork,
    kernel: agent.kernel,
    hasReplay: true,
    get gradientSteps() {
      return agent.gradientSteps;
    },
  };
}

/** What there is to know of a {@linkcode QLearning}. */
export function tableLearner(agent: QLearning): Learner {
  return {
    learned: agent,
    kernel: undefined,
    hasReplay: false,
    get gradientSteps() {
      return agent.updates;
    },
  };
}

/** The options of {@linkcode Dqn} that settings stand for. */
export function dqnOptions(settings: Settings): DqnOptions {
  const { epsilonStart, epsilonEnd, epsilonDecaySteps, ...rest } = settings;
  const { priorityBetaStart, priorityBetaEnd, priorityBetaSteps } = settings;
  return {
    ...rest,
    targetUpdateInterval: settings.targetUpdateInterval ?? undefined,
    targetUpdateEpisodes: settings.targetUpdateEpisodes ?? undefined,
    maxGradNorm: settings.maxGradNorm ?? undefined,
    kernel: settings.kernel ?? undefined,
    actionMask: settings.actionMask ?? undefined,
    epsilon: linearSchedule(epsilonStart, epsilonEnd, epsilonDecaySteps),
    priorityBeta: linearSchedule(priorityBetaStart, priorityBetaEnd, priorityBetaSteps),
  };
}

/** The options of {@linkcode QLearning} that settings stand for. */
export function qLearningOptions(settings: Settings): QLearningOptions {
  const { seed, steps, gamma, learningRate, learningRateEnd } = settings;
  const { epsilonStart, epsilonEnd, epsilonDecaySteps } = settings;
  return {
    seed,
    gamma,
    learningRate: learningRateEnd === null || steps === null
      ? learningRate
      : linearSchedule(learningRate, learningRateEnd, steps),
    epsilon: linearSchedule(epsilonStart, epsilonEnd, epsilonDecaySteps),
  };
}
