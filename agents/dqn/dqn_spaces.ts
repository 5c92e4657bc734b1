/**
 * The spaces that DQN can learn in.
 *
 * @module
 */

import type { DiscreteAction, Env } from "../../envs/env.ts";
import type { Box } from "../../envs/spaces/box.ts";
import type { BoxArray, BoxDtype } from "../../envs/spaces/box_dtype.ts";
import { Discrete } from "../../envs/spaces/discrete.ts";
import { ActionRows } from "../action_rows.ts";
import { requireObservations } from "./observation_layout.ts";

/**
 * The part of an environment, or of a `VectorEnv`, that {@linkcode Dqn} needs.
 *
 * @typeParam A The type of an action: a number, or an Int32Array for a `MultiDiscrete` space.
 */
export interface DqnSpaces<A extends DiscreteAction = number>
  extends Pick<Env<BoxArray, A>, "observationSpace" | "actionSpace" | "offersActionMask"> {
  /**
   * The number of copies of a `VectorEnv`.
   *
   * @default {1}
   */
  readonly count?: number;
}

/** The spaces as an agent with a network needs them. */
export interface NetworkSpaces<A extends DiscreteAction> {
  /** Of vectors or of images. */
  readonly observationSpace: Box<BoxDtype>;
  /** The actions. */
  readonly actions: ActionRows<A>;
}

/**
 * The two spaces as {@linkcode Dqn} needs them; throws a TypeError if one is of the wrong kind, a RangeError if replay buffers cannot
 * hold an action. The message begins with "Cannot create `what`".
 */
export function requireDqnSpaces<A extends DiscreteAction>(
  { observationSpace, actionSpace }: DqnSpaces<A>,
  what = "a Dqn",
): NetworkSpaces<A> {
  return {
    observationSpace: requireObservations(observationSpace, what),
    actions: new ActionRows(actionSpace, what),
  };
}

/** As {@linkcode requireDqnSpaces}, for agents whose actions are single numbers. */
export function requireDiscreteSpaces(
  { observationSpace, actionSpace }: DqnSpaces,
  what: string,
): { observationSpace: Box<BoxDtype>; actionSpace: Discrete } {
  const box = requireObservations(observationSpace, what);
  if (!(actionSpace instanceof Discrete)) {
    throw new TypeError(`Cannot create ${what}: the action space must be Discrete, got ${actionSpace}`);
  }
  new ActionRows(actionSpace, what);
  return { observationSpace: box, actionSpace };
}
