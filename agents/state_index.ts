/**
 * Discrete observations as rows of a table.
 *
 * @module
 */

import { Discrete } from "../envs/spaces/discrete.ts";
import type { Observation } from "../envs/env.ts";
import type { Space } from "../envs/spaces/space.ts";
import { Tuple } from "../envs/spaces/tuple.ts";

/** An observation that can have a row in a table: the number of a Discrete space, or the numbers of a Tuple. */
export type DiscreteObservation = number | readonly number[];

/**
 * The number of different observations in a space.
 *
 * @param space A Discrete space, or a Tuple of them.
 * @returns Their number.
 * @throws {TypeError} If the space is of the wrong kind.
 *
 * @example Usage
 * ```ts
 * import { stateCount } from "@bellman/dqn/agents";
 * import { Discrete, Tuple } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stateCount(new Discrete(16)), 16);
 * assertEquals(stateCount(new Tuple([new Discrete(32), new Discrete(11), new Discrete(2)])), 704);
 * ```
 */
export function stateCount(space: Space<Observation>): number {
  if (space instanceof Discrete) return space.n;
  if (space instanceof Tuple) return space.spaces.reduce((product, { n }) => product * n, 1);
  throw new TypeError(
    `Cannot make a table: the observation space must be Discrete or a Tuple of Discrete, got ${space}`,
  );
}

/**
 * The row of an observation; in a Tuple the first number is the most significant.
 *
 * @param space A Discrete space, or a Tuple of them.
 * @param observation An element of it.
 * @returns A whole number from 0, less than {@linkcode stateCount}.
 * @throws {RangeError} If the observation is not in the space.
 *
 * @example Usage
 * ```ts
 * import { stateIndex } from "@bellman/dqn/agents";
 * import { Discrete, Tuple } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stateIndex(new Discrete(3, { start: 1 }), 2), 1);
 * assertEquals(stateIndex(new Tuple([new Discrete(2), new Discrete(10)]), [1, 7]), 17);
 * ```
 */
export function stateIndex(space: Space<Observation>, observation: DiscreteObservation): number {
  if (space instanceof Discrete && typeof observation === "number") {
    const index = observation - space.start;
    if (Number.isInteger(index) && index >= 0 && index < space.n) return index;
  } else if (space instanceof Tuple && space.contains(observation)) {
    let index = 0;
    space.spaces.forEach(({ start, n }, i) => index = index * n + observation[i]! - start);
    return index;
  }
  throw new RangeError(`Cannot look up a state: the observation must be in ${space}, got ${observation}`);
}
