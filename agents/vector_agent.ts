/**
 * The contract of an agent that acts in many environments at once.
 *
 * @module
 */

import type { DiscreteAction } from "../envs/env.ts";
import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { Agent, LearningStatistics, Transition } from "./agent.ts";

/** An agent that acts in all copies of a `VectorEnv` in one forward pass, and learns from each of them. */
export interface VectorAgent<A extends DiscreteAction = number> extends Agent<BoxArray, A> {
  /** The number of copies that it acts in. */
  readonly copies: number;

  /**
   * Chooses an action for each copy.
   *
   * @param observations One row per copy; bytes if the environments' are.
   * @param actions One element per copy, overwritten.
   * @param actionMasks Which actions are allowed, one row per copy; absent if the environments offer no masks.
   */
  actMany(observations: BoxArray, actions: Int32Array, actionMasks?: Uint8Array): void;

  /**
   * Stores one step of one copy, and learns when that is due. The steps of all copies count.
   *
   * @param transition Copied.
   * @param copy Index of the copy, 0 by default.
   * @returns The measurements of the last gradient step, if one was made; the object is reused at the next step.
   */
  observe(
    transition: Transition<BoxArray, A>,
    copy?: number,
  ): Readonly<LearningStatistics> | undefined;
}
