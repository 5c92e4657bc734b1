/**
 * The spaces that DQN can learn in.
 *
 * @module
 */

import type { DiscreteAction, Env } from "../../envs/env.ts";
import type { Box } from "../../envs/spaces/box.ts";
import { isBoxOf } from "../../envs/spaces/is_box_of.ts";
import { Discrete } from "../../envs/spaces/discrete.ts";
import type { Space } from "../../envs/spaces/space.ts";
import { ActionRows } from "../action_rows.ts";

/**
 * The part of an environment, or of a `VectorEnv`, that {@linkcode Dqn} needs.
 *
 * @typeParam A The type of an action: a number, or an Int32Array for a `MultiDiscrete` space.
 */
export interface DqnSpaces<A extends DiscreteAction = number>
  extends Pick<Env<Float32Array, A>, "observationSpace" | "actionSpace" | "offersActionMask"> {
  /**
   * The number of copies of a `VectorEnv`.
   *
   * @default {1}
   */
  readonly count?: number;
}

/** The spaces as an agent with a network needs them. */
export interface NetworkSpaces<A extends DiscreteAction> {
  /** One-dimensional. */
  readonly observationSpace: Box;
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
    observationSpace: requireVectors(observationSpace, what),
    actions: new ActionRows(actionSpace, what),
  };
}

/** As {@linkcode requireDqnSpaces}, for agents whose actions are single numbers. */
export function requireDiscreteSpaces(
  { observationSpace, actionSpace }: DqnSpaces,
  what: string,
): { observationSpace: Box; actionSpace: Discrete } {
  const box = requireVectors(observationSpace, what);
  if (!(actionSpace instanceof Discrete)) {
    throw new TypeError(`Cannot create ${what}: the action space must be Discrete, got ${actionSpace}`);
  }
  new ActionRows(actionSpace, what);
  return { observationSpace: box, actionSpace };
}

function requireVectors(space: Space<Float32Array>, what: string): Box {
  if (isBoxOf("float32", space) && space.shape.length === 1) return space;
  throw new TypeError(
    `Cannot create ${what}: the observation space must be a one-dimensional Box of float32, got ${space}`,
  );
}
