/**
 * What happens in training, record by record.
 *
 * @module
 */

import type { Action, Observation } from "../envs/env.ts";
import type { LearningStatistics, Transition } from "./agent.ts";
import type { Evaluation } from "./evaluate.ts";

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
