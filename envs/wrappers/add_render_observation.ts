/**
 * Pictures as observations.
 *
 * @module
 */

import type { Action, Env, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { ScenePainter } from "../scenes/scene_painter.ts";
import type { SceneToPixelsOptions } from "../scenes/scene_to_pixels.ts";
import { Box } from "../spaces/box.ts";
import type { Space } from "../spaces/space.ts";
import { imageSize } from "../values/image_size.ts";
import { Wrapper } from "./wrapper.ts";

/** Options of {@linkcode AddRenderObservation}, those of `sceneToPixels`. */
export type AddRenderObservationOptions = SceneToPixelsOptions;

/**
 * Shows the picture of an environment instead of its observations, as an image of bytes by rows, columns and channels
 * (`gymnasium/wrappers/transform_observation.py`, AddRenderObservation with `render_only`, whose default too is to show the picture alone).
 * The picture is drawn by `sceneToPixels`, with the same bytes in every engine. One picture shows no velocities:
 * {@linkcode FrameStackObservation} adds the last few. A network learns more easily from a black background, which excites none of its
 * units, and faster, since zeros are left out.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { AddRenderObservation, makeEnv, sceneToPixels } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new AddRenderObservation(makeEnv("CartPole-v1"), [48, 64], { gray: true });
 * assertEquals(env.observationSpace.shape, [48, 64, 1]);
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals(observation, sceneToPixels(env.render(), [48, 64], { gray: true }));
 * ```
 */
export class AddRenderObservation<A extends Action> extends Wrapper<Uint8Array, A, Observation, A> {
  /** Images of bytes from 0 to 255. */
  readonly observationSpace: Box<"uint8">;
  readonly #painter: ScenePainter;

  /**
   * Wraps an environment.
   *
   * @param env An environment, whatever its observations are.
   * @param size Rows and columns of the image, whole numbers from 1, at most 2²⁰ pixels.
   * @param options Whether it is gray, and whether its background is black.
   * @throws {TypeError} When the size is not two whole numbers.
   * @throws {RangeError} When the size is below 1 or too large.
   */
  constructor(
    env: Env<Observation, A>,
    size: readonly [rows: number, columns: number],
    options: AddRenderObservationOptions = {},
  ) {
    const [rows, columns] = imageSize(`show pictures of ${env.id}`, size);
    const { gray = false, blackBackground = false } = options;
    super(env, "AddRenderObservation", { size: [rows, columns], gray, blackBackground });
    this.observationSpace = new Box(0, 255, { shape: [rows, columns, gray ? 1 : 3], dtype: "uint8" });
    this.#painter = new ScenePainter(rows, columns, { gray, blackBackground });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with its picture as the observation.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const { info } = this.env.reset(options);
    return { observation: this.#painter.paint(this.env.render()), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with its picture as the observation.
   */
  step(action: A): StepResult<Uint8Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#painter.paint(this.env.render()) };
  }
}
