/**
 * The training loop.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import type { Agent } from "./agent.ts";
import type { TrainOptions } from "./train_options.ts";
import { TrainingLoop } from "./training_loop.ts";
import type { TrainRecord } from "./training_records.ts";

/**
 * Trains an agent in an environment, and yields a record of each step, each end of an episode, each
 * evaluation and its episodes. Leave the loop to stop at any time; {@linkcode TrainingLoop} does the same and can be
 * saved in between.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 * @param env The training environment.
 * @param agent The agent that acts and learns.
 * @param options How long to train, and how to evaluate.
 * @returns A generator; nothing happens until it is asked for the next record.
 * @throws {RangeError} If an option is out of range, or an observation or a reward is not finite.
 * @throws {TypeError} If the evaluation's environment is the training one, wrapped or not, or the snapshot to resume from does not fit.
 * @throws {Error} If the environment changes an observation or an action mask after returning it; checked in the first steps.
 *
 * @example Usage
 * ```ts
 * import { Dqn, train } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const returns: number[] = [];
 * for (const record of train(env, new Dqn(env), { steps: 500 })) {
 *   if (record.kind === "episode") returns.push(record.return);
 * }
 * assertEquals(returns.length > 5, true);
 * ```
 */
export function* train<O extends Observation, A extends Action>(
  env: Env<O, A>,
  agent: Agent<O, A>,
  options: TrainOptions<O, A> = {},
): Generator<TrainRecord<O, A>, void, undefined> {
  yield* new TrainingLoop(env, agent, options).records();
}
