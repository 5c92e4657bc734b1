/**
 * The Q-network, a step between Q-learning and DQN.
 *
 * @module
 */

import { Dqn, type DqnSpaces } from "./dqn.ts";
import type { DqnOptions } from "./dqn_options.ts";

/**
 * Options of {@linkcode createQNetworkAgent}: those of {@linkcode Dqn} except for replay, the target network and
 * n-step returns: at the end of an episode only one of several transitions would be learned from.
 */
export type QNetworkAgentOptions = Omit<
  DqnOptions,
  | "batchSize"
  | "bufferSize"
  | "learningStarts"
  | "trainInterval"
  | "gradientSteps"
  | "targetUpdateInterval"
  | "targetUpdateEpisodes"
  | "tau"
  | "nStep"
  | "prioritized"
  | "priorityAlpha"
  | "priorityBeta"
  | "priorityEpsilon"
>;

/** A buffer of one step, and a target network copied at every step, which amounts to neither. */
export const NO_REPLAY_NO_TARGET = {
  batchSize: 1,
  bufferSize: 1,
  learningStarts: 1,
  trainInterval: 1,
  gradientSteps: 1,
  targetUpdateInterval: 1,
  tau: 1,
  nStep: 1,
} as const;

/**
 * Creates an agent with a network that learns from each transition once, as it comes: no replay, no target network. The lecture's middle
 * column, which shows what the two add.
 *
 * @param spaces As for {@linkcode Dqn}.
 * @param options The hyperparameters.
 * @returns A {@linkcode Dqn} that holds one transition and moves its target network at every step.
 * @throws {TypeError | RangeError} As the constructor of {@linkcode Dqn}.
 *
 * @example Usage
 * ```ts
 * import { createQNetworkAgent, train } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const agent = createQNetworkAgent(env, { hidden: [16] });
 * for (const record of train(env, agent, { steps: 100 })) {
 *   if (record.kind === "episode") console.log(record.return);
 * }
 * assertEquals(agent.gradientSteps, 100); // one for each step
 * ```
 */
export function createQNetworkAgent(spaces: DqnSpaces, options: QNetworkAgentOptions = {}): Dqn {
  return new Dqn(spaces, { ...options, ...NO_REPLAY_NO_TARGET, prioritized: false });
}
