/**
 * Records of training.
 *
 * @module
 */

import type { Action, Observation } from "../envs/env.ts";
import type { LearningStatistics, Transition } from "./agent.ts";
import type { Evaluation } from "./evaluate.ts";

/** One step was taken. The object is reused at the next step. */
export interface StepRecord<O extends Observation = Observation, A extends Action = Action>
  extends Transition<O, A> {
  /** The kind of record. */
  kind: "step";
  /** Environment steps taken so far, this one included. */
  step: number;
  /** Which copy of a `VectorEnv` took it, from 0; absent with a single environment. */
  copy?: number;
  /** The measurements of the agent's last gradient step, if this step made one. */
  learning: Readonly<LearningStatistics> | undefined;
}

/** An episode ended. */
export interface EpisodeRecord {
  /** The kind of record. */
  kind: "episode";
  /** Number of the episode, from 1. */
  episode: number;
  /** Which copy of a `VectorEnv` it was played in, from 0; absent with a single environment. */
  copy?: number;
  /** Environment steps taken so far. */
  step: number;
  /** Sum of the episode's rewards. */
  return: number;
  /** Number of the episode's steps. */
  length: number;
  /** Whether the task itself ended. */
  terminated: boolean;
  /** Whether the episode was cut off from outside, as by a time limit. */
  truncated: boolean;
  /** The probability of a random action when the episode ended; undefined for agents without one. */
  epsilon: number | undefined;
  /** Mean loss over the episode's updates; undefined if there were none. */
  loss: number | undefined;
  /** Mean Q-value over the episode's updates; undefined if there were none. */
  meanQ: number | undefined;
}

/** An episode of an evaluation was played; the last of them is followed by an {@linkcode EvaluationRecord}. */
export interface EvaluationEpisodeRecord {
  /** The kind of record. */
  kind: "evaluation episode";
  /** Environment steps taken so far in training. */
  step: number;
  /** Sum of the episode's rewards. */
  return: number;
}

/** The policy was evaluated. */
export interface EvaluationRecord {
  /** The kind of record. */
  kind: "evaluation";
  /** Environment steps taken so far. */
  step: number;
  /** Its returns and their statistics. */
  evaluation: Evaluation;
}

/** A record that {@linkcode train} yields. */
export type TrainRecord<O extends Observation = Observation, A extends Action = Action> =
  | StepRecord<O, A>
  | EpisodeRecord
  | EvaluationEpisodeRecord
  | EvaluationRecord;
