/**
 * The training loop.
 *
 * @module
 */

import type { Action, DiscreteAction, Env, Observation } from "../envs/env.ts";
import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import { VectorEnv } from "../envs/vector_env.ts";
import type { Agent } from "./agent.ts";
import type { TrainOptions, VectorTrainOptions } from "./train_options.ts";
import { TrainingLoop } from "./training_loop.ts";
import type { TrainRecord } from "./training_records.ts";
import type { VectorAgent } from "./vector_agent.ts";
import { VectorTrainingLoop } from "./vector_training_loop.ts";

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
export function train<O extends Observation, A extends Action>(
  env: Env<O, A>,
  agent: Agent<NoInfer<O>, A>,
  options?: TrainOptions<NoInfer<O>, A>,
): Generator<TrainRecord<O, A>, void, undefined>;
/**
 * Lets an agent act in all copies of a `VectorEnv` at once, and learn from each step as if they had come one after the other;
 * {@linkcode VectorTrainingLoop} says in which order. Stable-Baselines3 calls the number of copies `n_envs`.
 *
 * @typeParam A The type of an action.
 * @param envs Where the agent acts; it is reset first.
 * @param agent Acts in as many copies; a {@linkcode Dqn} that was given the `VectorEnv` for its spaces.
 * @param options For how long, and how to evaluate. Steps are those of all copies together.
 * @returns A generator; nothing happens until it is asked for the next record.
 * @throws {RangeError} If an option is out of range, or an observation or a reward is not finite.
 * @throws {TypeError} If the agent is for another number of copies, the evaluation's environment is one of the copies, or what to
 * resume does not fit.
 *
 * @example Eight environments
 * ```ts
 * import { Dqn, train } from "@bellman/dqn/agents";
 * import { makeEnv, VectorEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const envs = new VectorEnv(() => makeEnv("CartPole-v1"), 8);
 * const agent = new Dqn(envs, { seed: 0 });
 * const copies: (number | undefined)[] = [];
 * for (const record of train(envs, agent, { seed: 0, steps: 16 })) {
 *   if (record.kind === "step") copies.push(record.copy);
 * }
 * assertEquals(copies, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]);
 * ```
 */
export function train<A extends DiscreteAction>(
  envs: VectorEnv<Float32Array, A>,
  agent: VectorAgent<A>,
  options?: VectorTrainOptions<A>,
): Generator<TrainRecord<Float32Array, A>, void, undefined>;
/**
 * Trains an agent in many environments at once whose observations are bytes, as images are.
 *
 * @typeParam A The type of an action.
 * @param envs The environments.
 * @param agent The agent that acts and learns.
 * @param options How long to train, how to evaluate, and the snapshot to resume from.
 * @returns A generator; nothing happens until it is asked for the next record.
 */
export function train<A extends DiscreteAction>(
  envs: VectorEnv<Uint8Array, A>,
  agent: VectorAgent<A>,
  options?: VectorTrainOptions<A>,
): Generator<TrainRecord<Uint8Array, A>, void, undefined>;
export function* train<O extends Observation, A extends Action, D extends DiscreteAction>(
  env: Env<O, A> | VectorEnv<BoxArray, D>,
  agent: Agent<NoInfer<O>, A>,
  options: TrainOptions<O, A> | VectorTrainOptions<D> = {},
): Generator<TrainRecord<O, A> | TrainRecord<BoxArray, D>, void, undefined> {
  if (env instanceof VectorEnv) {
    if (!isVectorAgent<D>(agent)) {
      throw new TypeError(
        "Cannot train: the agent must have actMany, to act in a VectorEnv, got one without",
      );
    }
    if (!isOfMany<D>(options)) throw foreignResume("a VectorEnv", "one environment");
    yield* new VectorTrainingLoop(env, agent, options).records();
  } else {
    if (!isOfOne<O, A>(options)) throw foreignResume("one environment", "a VectorEnv");
    yield* new TrainingLoop(env, agent, options).records();
  }
}

/** The part of the options that tells the two loops apart. */
interface AnyResume {
  readonly resume?: object | undefined;
}

function isVectorAgent<A extends DiscreteAction>(agent: object): agent is VectorAgent<A> {
  return "actMany" in agent;
}

function isOfMany<A extends DiscreteAction>(options: AnyResume): options is VectorTrainOptions<A> {
  return options.resume === undefined || "copy" in options.resume;
}

function isOfOne<O extends Observation, A extends Action>(options: AnyResume): options is TrainOptions<O, A> {
  return options.resume === undefined || !("copy" in options.resume);
}

function foreignResume(expected: string, got: string): TypeError {
  return new TypeError(`Cannot resume training: resume must be of ${expected}, got a snapshot of ${got}`);
}
