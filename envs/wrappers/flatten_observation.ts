/**
 * Arrays of any shape as vectors, for networks.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { Box } from "../spaces/box.ts";
import type { BoxArray, BoxDtype } from "../spaces/box_dtype.ts";
import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Turns an observation of any shape and dtype into a vector of float32, in row-major order, so that a network without
 * convolutions can learn from it (`gymnasium/wrappers/transform_observation.py`, FlattenObservation, which keeps the dtype).
 * Numbers are the same; {@linkcode OneHot} is for Discrete observations.
 *
 * @typeParam A The type of an action.
 * @typeParam O The type of an observation of the wrapped environment.
 *
 * @example Usage
 * ```ts
 * import { FlattenObservation, FrameStack, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new FlattenObservation(new FrameStack(makeEnv("MountainCar-v0"), 3));
 * assertEquals(env.observationSpace.shape, [6]);
 * assertEquals(env.reset({ seed: 0 }).observation.length, 6);
 * ```
 */
export class FlattenObservation<A extends Action, O extends BoxArray = BoxArray>
  extends Wrapper<Float32Array, A, O, A> {
  /** The bounds of the wrapped environment's observations, in a row. */
  readonly observationSpace: Box;

  /**
   * Wraps an environment.
   *
   * @param env An environment with a Box of observations.
   * @throws {TypeError} When the observations are not a Box.
   */
  constructor(env: Env<O, A>) {
    const box: Space<unknown> = env.observationSpace;
    if (!(box instanceof Box)) {
      throw new TypeError(
        `Cannot flatten observations of ${env.id}: observationSpace must be a Box, got ${box}`,
      );
    }
    super(env, "FlattenObservation");
    this.observationSpace = flatBox(box);
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the observation as a vector.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#flatten(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the observation as a vector.
   */
  step(action: A): StepResult<Float32Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#flatten(result.observation) };
  }

  #flatten(observation: O): Float32Array {
    const { length } = this.observationSpace.low;
    if (observation.length === length) return new Float32Array(observation);
    const expected = `observation must be of length ${length}`;
    throw refusal(RangeError, `flatten observations of ${this.id}`, expected, observation);
  }
}

/** A Box of one axis with the same bounds. */
function flatBox({ low, high, names }: Box<BoxDtype>): Box {
  return new Box(low, high, names === undefined ? {} : { names });
}
