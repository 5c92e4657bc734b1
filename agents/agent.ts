/**
 * The contract of an agent.
 *
 * @module
 */

import type { Action, Observation } from "../envs/env.ts";

/** One step of an environment, as an agent sees it. */
export interface Transition<O extends Observation = Observation, A extends Action = Action> {
  /** The observation before the step. */
  observation: O;
  /** The action taken. */
  action: A;
  /** The reward received. */
  reward: number;
  /** The observation after the step. */
  nextObservation: O;
  /** Whether the task itself ended; only then is there no bootstrap. */
  terminated: boolean;
  /** Whether the episode was cut off from outside, as by a time limit. */
  truncated: boolean;
  /** Which actions were allowed, 1 or 0 each; undefined if the environment has no masks. */
  actionMask?: Uint8Array | undefined;
  /** Which actions are allowed next, 1 or 0 each; undefined if the environment has no masks. */
  nextActionMask?: Uint8Array | undefined;
}

/** Measurements of a gradient step. */
export interface LearningStatistics {
  /** The mean loss over the mini-batch. */
  loss: number;
  /** The mean of the Q-values of the mini-batch's actions. */
  meanQ: number;
}

/** Options of {@linkcode Agent.act}. */
export interface ActOptions {
  /**
   * Whether to take the best action known, without exploring and without drawing from the streams of training.
   *
   * @default {false}
   */
  greedy?: boolean;
  /**
   * Which actions are allowed, 1 or 0 each; an all-zero mask allows every action.
   *
   * @default {undefined, all}
   */
  actionMask?: Uint8Array | undefined;
}

/** Something that acts and, if it can, learns. */
export interface Agent<O extends Observation = Observation, A extends Action = Action> {
  /** Chooses an action. */
  act(observation: O, options?: ActOptions): A;

  /**
   * Observes one step, and learns when it is time to.
   *
   * @returns The measurements of the last gradient step, if one was made; the object is reused at the next step.
   */
  observe(transition: Transition<O, A>): Readonly<LearningStatistics> | undefined;

  /** The probability of a random action at the next step; undefined for agents without one. */
  readonly epsilon?: number | undefined;
}
