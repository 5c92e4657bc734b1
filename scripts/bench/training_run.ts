/**
 * A whole training run, as the benchmark of peers times it.
 *
 * @module
 */

import { Dqn, linearSchedule, train } from "../../agents/mod.ts";
import { CartPole, TimeLimit } from "../../envs/mod.ts";

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
