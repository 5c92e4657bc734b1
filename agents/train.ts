/**
 * The training loop.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import type { Agent, LearningStatistics, Transition } from "./agent.ts";
import type { Evaluation } from "./evaluate.ts";
import { TrainingLoop, type TrainingSnapshot } from "./training_loop.ts";

/** One step was taken. The object is used again at the next step. */
export interface StepRecord<O extends Observation = Observation, A extends Action = Action>
  extends Transition<O, A> {
  /** What kind of record this is. */
  kind: "step";
  /** Environment steps taken so far, this one included. */
  step: number;
  /** What the agent's last gradient step measured, if this step made one. */
  learning: Readonly<LearningStatistics> | undefined;
}

/** An episode ended. */
export interface EpisodeRecord {
  /** What kind of record this is. */
  kind: "episode";
  /** Number of the episode, from 1. */
  episode: number;
  /** Environment steps taken so far. */
  step: number;
  /** Sum of the episode's rewards. */
  return: number;
  /** Number of the episode's steps. */
  length: number;
  /** Whether the task itself ended. */
  terminated: boolean;
  /** Whether the episode was cut from outside. */
  truncated: boolean;
  /** The probability of a random action when the episode ended; undefined for agents without. */
  epsilon: number | undefined;
  /** Mean loss over the episode's updates; undefined if there were none. */
  loss: number | undefined;
  /** Mean Q-value over the episode's updates; undefined if there were none. */
  meanQ: number | undefined;
}

/** An episode of an evaluation was played; the last of them is followed by an {@linkcode EvaluationRecord}. */
export interface EvaluationEpisodeRecord {
  /** What kind of record this is. */
  kind: "evaluation episode";
  /** Environment steps taken so far in training. */
  step: number;
  /** Sum of the episode's rewards. */
  return: number;
}

/** The policy was evaluated. */
export interface EvaluationRecord {
  /** What kind of record this is. */
  kind: "evaluation";
  /** Environment steps taken so far. */
  step: number;
  /** How it went. */
  evaluation: Evaluation;
}

/** What {@linkcode train} yields. */
export type TrainRecord<O extends Observation = Observation, A extends Action = Action> =
  | StepRecord<O, A>
  | EpisodeRecord
  | EvaluationEpisodeRecord
  | EvaluationRecord;

/** Evaluations during training. */
export interface TrainEvaluationOptions<O extends Observation = Observation, A extends Action = Action> {
  /** An environment of its own. */
  env: Env<O, A>;
  /** Environment steps from one evaluation to the next, a whole number from 1. */
  interval: number;
  /** Episodes per evaluation, a whole number from 1. */
  episodes: number;
  /** Seeds the environment before each evaluation, so that all of them play the same episodes. */
  seed: number;
}

/** Options of {@linkcode train}. */
export interface TrainOptions<O extends Observation = Observation, A extends Action = Action> {
  /**
   * Seeds the environment before the first episode, a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * Environment steps to take at most, a whole number from 1.
   *
   * @default {Infinity}
   */
  steps?: number | undefined;
  /**
   * Episodes to play at most, a whole number from 1.
   *
   * @default {Infinity}
   */
  episodes?: number | undefined;
  /**
   * Evaluates the policy now and then; training is the same, bit for bit, with and without.
   *
   * @default {undefined}
   */
  evaluation?: TrainEvaluationOptions<O, A> | undefined;
  /**
   * Continues what a {@linkcode TrainingLoop} has begun, with the other options as they were, but for a larger budget: what
   * follows is what would have followed, bit for bit. The agent must have been restored, too.
   *
   * @default {undefined}
   */
  resume?: TrainingSnapshot<O> | undefined;
}

/**
 * Lets an agent act, observe and learn in an environment, and yields what happens: each step, each end of an episode, each
 * evaluation and its episodes. Stop whenever you like by leaving the loop; {@linkcode TrainingLoop} does the same and can be
 * saved in between.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 * @param env Where the agent acts.
 * @param agent Who acts and learns.
 * @param options For how long, and how to evaluate.
 * @returns A generator; nothing happens until it is asked for the next record.
 * @throws {RangeError} If an option is out of range, or an observation or a reward is not finite.
 * @throws {TypeError} If the evaluation's environment is the training one, or what to resume does not fit.
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
