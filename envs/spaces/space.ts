/**
 * The contract of a space of observations or actions.
 *
 * @module
 */

import type { GeneratorSnapshot } from "../random/generator.ts";

/** The state of the stream that a space draws from; for a {@linkcode Tuple}, the states of its spaces. */
export type SpaceSnapshot = GeneratorSnapshot | readonly GeneratorSnapshot[];

/**
 * A set of values that can be drawn from and tested for membership, with its own random stream
 * (`gymnasium/spaces/space.py`). No entropy is used: a space that was never seeded draws as after `seed(0)`.
 *
 * @typeParam T The type of an element.
 */
export interface Space<T> {
  /** Seeds the stream that {@linkcode Space.sample} draws from. */
  seed(seed: number | bigint): void;
  /** Draws an element; owned by the caller. A Discrete or MultiDiscrete space takes a mask of what is allowed, 1 or 0 each. */
  sample(mask?: ArrayLike<number>): T;
  /** Whether a value of any type is an element. */
  contains(value: unknown): value is T;
  /** The space in Gymnasium's notation, such as `Discrete(2)`. */
  toString(): string;
  /** The state of the stream that {@linkcode Space.sample} draws from. */
  snapshot(): SpaceSnapshot;
  /** Continues from the state of a stream. */
  restore(snapshot: SpaceSnapshot): void;
}
