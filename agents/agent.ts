/**
 * The contract of an agent.
 *
 * @module
 */

import type { Action, Observation } from "../envs/env.ts";

/** One step of an environment, as an agent sees it. */
export interface Transition<O extends Observation = Observation, A extends Action = Action> {
  /** What the agent saw. */
  observation: O;
  /** What it did. */
  action: A;
  /** What it got. */
  reward: number;
  /** What it saw then. */
  nextObservation: O;
  /** Whether the task itself ended: only this cuts the bootstrap. */
  terminated: boolean;
  /** Whether the episode was cut from outside. */
  truncated: boolean;
  /** Which actions were allowed, 1 or 0 each; undefined where the environment has no masks. */
  actionMask?: Uint8Array | undefined;
  /** Which actions are allowed next, 1 or 0 each; undefined where the environment has no masks. */
  nextActionMask?: Uint8Array | undefined;
}

/** What a gradient step measured. */
export interface LearningStatistics {
  /** The mean loss over the mini-batch. */
  loss: number;
  /** The mean of the Q-values of the mini-batch's actions. */
  meanQ: number;
}

/** Options of {@linkcode Agent.act}. */
export interface ActOptions {
  /**
   * Whether to take the best action known, without exploring and without touching the streams of training.
   *
   * @default {false}
   */
  greedy?: boolean;
  /**
   * Which actions are allowed, 1 or 0 each; as if all were where none is.
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
   * Takes in one step, and learns when it is time to.
   *
   * @returns What the last gradient step measured, if one was made; the object is used again at the next step.
   */
  observe(transition: Transition<O, A>): Readonly<LearningStatistics> | undefined;

  /** The probability of a random action at the next step; undefined for agents without one. */
  readonly epsilon?: number | undefined;
}
