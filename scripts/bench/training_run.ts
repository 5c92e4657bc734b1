/**
 * A whole training run, timed by the benchmark of peers.
 *
 * @module
 */

import { Dqn, linearSchedule, Pqn, train } from "../../agents/mod.ts";
import { CartPole, makeVectorEnv, TimeLimit } from "../../envs/mod.ts";

/** Steps of the run. `peer.py` has the same numbers. */
export const RUN_STEPS = 5_000;

/** Trains on CartPole-v1 with CleanRL's network and batch, an update at every step from 1,000 on. */
export function trainingRun(): void {
  const env = new TimeLimit(new CartPole(), 500);
  const agent = new Dqn(env, {
    hidden: [120, 84],
    learningRate: 2.5e-4,
    batchSize: 128,
    bufferSize: 10_000,
    learningStarts: 1_000,
    trainInterval: 1,
    targetUpdateInterval: 500,
    epsilon: linearSchedule(1, 0.05, 2_500),
  });
  for (const _ of train(env, agent, { seed: 0, steps: RUN_STEPS })) {
    // Nobody looks.
  }
}

/** Steps of the run of PQN: 40 rollouts of 4 × 128. */
export const PQN_RUN_STEPS = 20_480;

/** Trains on CartPole-v1 by PQN, with CleanRL's settings. */
export function pqnTrainingRun(): void {
  const envs = makeVectorEnv("CartPole-v1", 4);
  const agent = new Pqn(envs, {
    hidden: [120, 84],
    rolloutSteps: 128,
    epochs: 4,
    miniBatches: 4,
    lambda: 0.65,
    maxGradNorm: 10,
    learningRate: linearSchedule(2.5e-4, 0, PQN_RUN_STEPS),
    epsilon: linearSchedule(1, 0.05, PQN_RUN_STEPS / 2),
  });
  for (const _ of train(envs, agent, { seed: 0, steps: PQN_RUN_STEPS })) {
    // Nobody looks.
  }
}
