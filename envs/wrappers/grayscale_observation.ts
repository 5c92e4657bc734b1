/**
 * Images in gray.
 *
 * @module
 */

import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { grayOf } from "../scenes/gray_of.ts";
import { Box } from "../spaces/box.ts";
import { requireImages, requireLength } from "../spaces/require_space.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Turns images of red, green and blue into gray ones of one channel
 * (`gymnasium/wrappers/transform_observation.py`, GrayscaleObservation with `keep_dim`): 0.2125 R + 0.7154 G + 0.0721 B,
 * cut to a whole number.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { AddRenderObservation, GrayscaleObservation, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new GrayscaleObservation(new AddRenderObservation(makeEnv("CartPole-v1"), [48, 64]));
 * assertEquals(env.observationSpace.shape, [48, 64, 1]);
 * assertEquals(env.reset({ seed: 0 }).observation.at(0), 255); // a white sky
 * ```
 */
export class GrayscaleObservation<A extends Action> extends Wrapper<Uint8Array, A> {
  /** Images of one channel, bytes from 0 to 255. */
  readonly observationSpace: Box<"uint8">;
  readonly #action: string;

  /**
   * Wraps an environment.
   *
   * @param env An environment with images of three channels as observations.
   * @throws {TypeError} When its observations are something else.
   */
  constructor(env: Env<Uint8Array, A>) {
    const action = `show ${env.id} in gray`;
    const [rows, columns] = requireImages(action, env.observationSpace, 3).shape;
    super(env, "GrayscaleObservation");
    this.#action = action;
    this.observationSpace = new Box(0, 255, { shape: [rows!, columns!, 1], dtype: "uint8" });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the image in gray.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#toGray(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the image in gray.
   */
  step(action: A): StepResult<Uint8Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#toGray(result.observation) };
  }

  #toGray(image: Uint8Array): Uint8Array {
    const gray = new Uint8Array(this.observationSpace.low.length);
    requireLength(this.#action, image, 3 * gray.length);
    for (let i = 0; i < gray.length; i++) {
      gray[i] = grayOf(image[3 * i]!, image[3 * i + 1]!, image[3 * i + 2]!);
    }
    return gray;
  }
}
