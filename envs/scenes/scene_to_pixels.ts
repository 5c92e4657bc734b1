/**
 * Scenes as pixels.
 *
 * @module
 */

import { imageSize } from "../values/image_size.ts";
import { ScenePainter } from "./scene_painter.ts";
import type { Scene } from "./scene.ts";

/** Options of {@linkcode sceneToPixels}. */
export interface SceneToPixelsOptions {
  /**
   * Whether pixels are one gray byte instead of red, green and blue.
   *
   * @default {false}
   */
  gray?: boolean;
  /**
   * Whether each byte is its distance from that of the scene's background, so that empty places are 0.
   *
   * @default {false}
   */
  blackBackground?: boolean;
}

/**
 * Draws a scene into an image of bytes; the same scene gives the same bytes in every engine. The scene fills the image: if their
 * proportions differ, it is stretched. A pixel is the mean of eight horizontal lines through it, along which colours end where shapes do,
 * to any fraction of a pixel: what moves sideways by a hundredth of a pixel changes the image. A stroke is at least a quarter of a pixel
 * wide. Gray is that of Gymnasium's `GrayscaleObservation`.
 *
 * @param scene The scene, y pointing up.
 * @param size Rows and columns of the image, whole numbers from 1, at most 2²⁰ pixels.
 * @param options Whether it is gray, and whether its background is black.
 * @returns A new array of rows × columns × 3 bytes, or × 1 if gray, the upper row first.
 * @throws {TypeError} When the size is not two whole numbers.
 * @throws {RangeError} When the size is below 1 or too large, a colour is not `#rrggbb`, or the scene holds a number that is not finite.
 *
 * @example Usage
 * ```ts
 * import { type Scene, sceneToPixels } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const scene: Scene = {
 *   ...{ x: 0, y: 0, width: 2, height: 1, background: "#ffffff", description: "half black" },
 *   shapes: [{ kind: "rectangle", x: 0.5, y: 0.5, width: 1, height: 1, fill: "#000000" }],
 * };
 * assertEquals(sceneToPixels(scene, [1, 2]), Uint8Array.of(0, 0, 0, 255, 255, 255));
 * ```
 */
export function sceneToPixels(
  scene: Scene,
  size: readonly [rows: number, columns: number],
  options: SceneToPixelsOptions = {},
): Uint8Array {
  const [rows, columns] = imageSize("draw a scene", size);
  const { gray = false, blackBackground = false } = options;
  return new ScenePainter(rows, columns, { gray, blackBackground }).paint(scene);
}
