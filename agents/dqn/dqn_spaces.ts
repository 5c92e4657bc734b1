/**
 * The spaces that DQN can learn in.
 *
 * @module
 */

import type { Env } from "../../envs/env.ts";
import { Box } from "../../envs/spaces/box.ts";
import { Discrete } from "../../envs/spaces/discrete.ts";

/** The part of an environment, or of a `VectorEnv`, that {@linkcode Dqn} needs. */
export interface DqnSpaces
  extends Pick<Env<Float32Array, number>, "observationSpace" | "actionSpace" | "offersActionMask"> {
  /**
   * The number of copies of a `VectorEnv`.
   *
   * @default {1}
   */
  readonly count?: number;
}

/**
 * The two spaces as {@linkcode Dqn} needs them; throws a TypeError if one is of the wrong kind, a RangeError if replay buffers cannot
 * hold an action. The message begins with "Cannot create `what`".
 */
export function requireDqnSpaces(
  { observationSpace, actionSpace }: DqnSpaces,
  what = "a Dqn",
): { observationSpace: Box; actionSpace: Discrete } {
  if (!(observationSpace instanceof Box) || observationSpace.shape.length !== 1) {
    throw new TypeError(
      `Cannot create ${what}: the observation space must be a one-dimensional Box, got ${observationSpace}`,
    );
  }
  if (!(actionSpace instanceof Discrete)) {
    throw new TypeError(`Cannot create ${what}: the action space must be Discrete, got ${actionSpace}`);
  }
  const { start, n } = actionSpace;
  if (start < -(2 ** 31) || start + n > 2 ** 31) {
    throw new RangeError(
      `Cannot create ${what}: actions must be whole numbers from -2^31 to 2^31 - 1, got ${actionSpace}`,
    );
  }
  return { observationSpace, actionSpace };
}
