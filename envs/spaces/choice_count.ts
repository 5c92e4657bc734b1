/**
 * Number of choices in a space.
 *
 * @module
 */

import { Discrete } from "./discrete.ts";
import { MultiDiscrete } from "./multi_discrete.ts";
import type { Space } from "./space.ts";

/** Number of elements of a Discrete space, or of values of all parts of a MultiDiscrete: the length of a mask; 0 for other spaces. */
export function choiceCount(space: Space<unknown>): number {
  if (space instanceof Discrete) return space.n;
  return space instanceof MultiDiscrete ? space.size : 0;
}
