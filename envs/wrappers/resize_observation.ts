/**
 * Images of another size.
 *
 * @module
 */

import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { Box } from "../spaces/box.ts";
import { requireImages, requireLength } from "../spaces/require_space.ts";
import type { Space } from "../spaces/space.ts";
import { imageSize } from "../values/image_size.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Shows images in another size (`gymnasium/wrappers/transform_observation.py`, ResizeObservation). Each new pixel is the mean
 * of the area that it covers, in whole numbers, rounded to the nearest, halves up; OpenCV, which Gymnasium uses, may round such
 * a mean the other way, and blends between pixels where it enlarges.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { AddRenderObservation, makeEnv, ResizeObservation } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new ResizeObservation(new AddRenderObservation(makeEnv("CartPole-v1"), [96, 128]), [48, 64]);
 * assertEquals(env.observationSpace.shape, [48, 64, 3]);
 * assertEquals(env.reset({ seed: 0 }).observation.length, 48 * 64 * 3);
 * ```
 */
export class ResizeObservation<A extends Action> extends Wrapper<Uint8Array, A> {
  /** Images of the new size, bytes from 0 to 255. */
  readonly observationSpace: Box<"uint8">;
  readonly #action: string;
  readonly #from: readonly number[];
  /** Sums of an image whose rows are already resized. */
  readonly #sums: Float64Array;

  /**
   * Wraps an environment.
   *
   * @param env An environment with images as observations.
   * @param size Rows and columns of the new image, whole numbers from 1, at most 2²⁰ pixels.
   * @throws {TypeError} When its observations are no images, or the size is not two whole numbers.
   * @throws {RangeError} When the size is below 1 or too large.
   */
  constructor(env: Env<Uint8Array, A>, size: readonly [rows: number, columns: number]) {
    const action = `resize images of ${env.id}`;
    const { shape } = requireImages(action, env.observationSpace);
    const [rows, columns] = imageSize(action, size);
    super(env, "ResizeObservation", { size: [rows, columns] });
    this.#action = action;
    this.#from = shape;
    this.#sums = new Float64Array(rows * shape[1]! * shape[2]!);
    this.observationSpace = new Box(0, 255, { shape: [rows, columns, shape[2]!], dtype: "uint8" });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the image in the new size.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#resize(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the image in the new size.
   */
  step(action: A): StepResult<Uint8Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#resize(result.observation) };
  }

  #resize(image: Uint8Array): Uint8Array {
    const [fromRows, fromColumns, channels] = [this.#from[0]!, this.#from[1]!, this.#from[2]!];
    requireLength(this.#action, image, fromRows * fromColumns * channels);
    const [rows, columns] = [this.observationSpace.shape[0]!, this.observationSpace.shape[1]!];
    const sums = this.#sums.fill(0);
    addOverlaps(fromRows, rows, (from, to, weight) => {
      const width = fromColumns * channels;
      for (let i = 0; i < width; i++) sums[to * width + i]! += weight * image[from * width + i]!;
    });
    const totals = new Float64Array(rows * columns * channels);
    addOverlaps(fromColumns, columns, (from, to, weight) => {
      for (let row = 0; row < rows; row++) {
        const [source, target] = [row * fromColumns + from, row * columns + to];
        for (let k = 0; k < channels; k++) {
          totals[target * channels + k]! += weight * sums[source * channels + k]!;
        }
      }
    });
    const area = fromRows * fromColumns; // of a new pixel, in the units of the weights
    return Uint8Array.from(totals, (total) => Math.floor((2 * total + area) / (2 * area)));
  }
}

/** Calls back for each old and new cell of an axis that overlap, with the length that they share: an old cell is `to` long. */
function addOverlaps(
  from: number,
  to: number,
  add: (from: number, to: number, weight: number) => void,
): void {
  for (let i = 0; i < to; i++) {
    const [start, end] = [i * from, (i + 1) * from];
    for (let j = Math.floor(start / to); j * to < end; j++) {
      add(j, i, Math.min(end, (j + 1) * to) - Math.max(start, j * to));
    }
  }
}
