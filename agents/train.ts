/**
 * The training loop.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import { playEpisodes } from "./play_episodes.ts";
import { requireWhole } from "./_require_whole.ts";
import { actionMaskOf } from "./_action_mask_of.ts";
import type { ActOptions, Agent, LearningStatistics, Transition } from "./agent.ts";
import { type Evaluation, summarizeReturns } from "./evaluate.ts";

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
}

/**
 * Lets an agent act, observe and learn in an environment, and yields what happens: each step, each end of an episode, each
 * evaluation and its episodes. Stop whenever you like by leaving the loop.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 * @param env Where the agent acts.
 * @param agent Who acts and learns.
 * @param options For how long, and how to evaluate.
 * @returns A generator; nothing happens until it is asked for the next record.
 * @throws {RangeError} If an option is out of range, or an observation or a reward is not finite.
 * @throws {TypeError} If the evaluation's environment is the training one.
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
  const { seed = 0, steps = Infinity, episodes = Infinity, evaluation } = options;
  if (steps !== Infinity) requireWhole("train", "steps", steps, 1);
  if (episodes !== Infinity) requireWhole("train", "episodes", episodes, 1);
  if (evaluation !== undefined) {
    requireWhole("train", "evaluation.interval", evaluation.interval, 1);
    requireWhole("train", "evaluation.episodes", evaluation.episodes, 1);
    if (evaluation.env === env) {
      throw new TypeError(
        "Cannot train: evaluation.env must be an environment of its own, got the training one",
      );
    }
  }

  let { observation, info } = env.reset({ seed });
  let actionMask = actionMaskOf(env, info);
  requireFinite(observation, "the observation", 0);
  let episode = 0;
  let episodeReturn = 0;
  let length = 0;
  let updates = 0;
  let lossSum = 0;
  let meanQSum = 0;
  let record: StepRecord<O, A> | undefined;
  const acting: ActOptions = {};

  for (let step = 1; step <= steps; step++) {
    acting.actionMask = actionMask;
    const action = agent.act(observation, acting);
    const result = env.step(action);
    const { observation: nextObservation, reward, terminated, truncated } = result;
    const nextActionMask = actionMaskOf(env, result.info);
    requireFinite(nextObservation, "the observation", step);
    requireFinite(reward, "the reward", step);
    if (record === undefined) {
      record = {
        kind: "step",
        step,
        observation,
        action,
        reward,
        nextObservation,
        terminated,
        truncated,
        actionMask,
        nextActionMask,
        learning: undefined,
      };
    } else {
      record.step = step;
      record.observation = observation;
      record.action = action;
      record.reward = reward;
      record.nextObservation = nextObservation;
      record.terminated = terminated;
      record.truncated = truncated;
      record.actionMask = actionMask;
      record.nextActionMask = nextActionMask;
    }
    const learning = agent.observe(record);
    record.learning = learning;
    if (learning !== undefined) {
      updates++;
      lossSum += learning.loss;
      meanQSum += learning.meanQ;
    }
    yield record;

    observation = nextObservation;
    actionMask = nextActionMask;
    episodeReturn += reward;
    length++;
    const ended = terminated || truncated;
    if (ended) {
      episode++;
      yield {
        kind: "episode",
        episode,
        step,
        return: episodeReturn,
        length,
        terminated,
        truncated,
        epsilon: agent.epsilon,
        loss: updates > 0 ? lossSum / updates : undefined,
        meanQ: updates > 0 ? meanQSum / updates : undefined,
      };
      episodeReturn =
        length =
        updates =
        lossSum =
        meanQSum =
          0;
    }
    if (evaluation !== undefined && step % evaluation.interval === 0) {
      const returns: number[] = [];
      for (const value of playEpisodes(evaluation.env, agent, evaluation)) {
        returns.push(value);
        yield { kind: "evaluation episode", step, return: value };
      }
      yield { kind: "evaluation", step, evaluation: summarizeReturns(returns) };
    }
    if (episode >= episodes) return;
    if (ended && step < steps) {
      ({ observation, info } = env.reset());
      actionMask = actionMaskOf(env, info);
      requireFinite(observation, "the observation", step);
    }
  }
}

function requireFinite(value: Observation, what: string, step: number): void {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    throw new RangeError(`Cannot continue training at step ${step}: ${what} must be finite, got ${value}`);
  }
  for (let i = 0; i < value.length; i++) {
    if (Number.isFinite(value[i])) continue;
    throw new RangeError(
      `Cannot continue training at step ${step}: ${what} must be finite, got ${value[i]} at index ${i}`,
    );
  }
}
