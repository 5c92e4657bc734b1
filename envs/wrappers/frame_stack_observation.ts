/**
 * Stacked images.
 *
 * @module
 */

import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { Box } from "../spaces/box.ts";
import { requireImages, requireLength } from "../spaces/require_space.ts";
import type { Space } from "../spaces/space.ts";
import { refusal } from "../values/describe.ts";
import { bytesFromJson, numbersToJson } from "../values/json_numbers.ts";
import { Wrapper } from "./wrapper.ts";

/** 16 MiB in each observation. */
const MOST_ELEMENTS = 2 ** 24;

/**
 * Shows the last few images as the channels of one, the oldest first; at the start of an episode, the first one replaces the
 * missing ones (`gymnasium/wrappers/stateful_observation.py`, FrameStackObservation, which puts the stack in front of the rows). A
 * convolution takes such an image as it is, and a `ReplayBuffer` stores each frame once. {@linkcode FrameStack} is for vectors.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { AddRenderObservation, FrameStackObservation, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const pictures = new AddRenderObservation(makeEnv("CartPole-v1"), [48, 64], { gray: true });
 * const env = new FrameStackObservation(pictures, 4);
 * assertEquals(env.observationSpace.shape, [48, 64, 4]);
 * assertEquals(env.reset({ seed: 0 }).observation.length, 48 * 64 * 4);
 * ```
 */
export class FrameStackObservation<A extends Action> extends Wrapper<Uint8Array, A> {
  /** Images with as many times the channels as there are frames in a stack. */
  readonly observationSpace: Box<"uint8">;
  readonly #action: string;
  readonly #channels: number;
  readonly #count: number;
  readonly #frames: Uint8Array;

  /**
   * Wraps an environment.
   *
   * @param env An environment with images as observations.
   * @param stackSize Number of images in a stack, a whole number from 1.
   * @throws {TypeError} When its observations are no images, or the number is not a whole number.
   * @throws {RangeError} When the number is below 1, or the stack has more than 2²⁴ elements.
   */
  constructor(env: Env<Uint8Array, A>, stackSize: number) {
    const action = `stack frames of ${env.id}`;
    const box = requireImages(action, env.observationSpace);
    const expected = "stackSize must be a whole number from 1";
    if (!Number.isSafeInteger(stackSize)) throw refusal(TypeError, action, expected, stackSize);
    if (stackSize < 1) throw refusal(RangeError, action, expected, stackSize);
    const elements = stackSize * box.low.length;
    if (elements > MOST_ELEMENTS) {
      throw refusal(RangeError, action, `stackSize must make at most ${MOST_ELEMENTS} elements`, elements);
    }
    super(env, "FrameStackObservation", { stackSize });
    const [rows, columns, channels] = [box.shape[0]!, box.shape[1]!, box.shape[2]!];
    this.#action = action;
    this.#channels = channels;
    this.#count = stackSize;
    this.#frames = new Uint8Array(elements);
    const [low, high] = [new Uint8Array(elements), new Uint8Array(elements)];
    for (let place = 0; place < stackSize; place++) {
      this.#put(box.low, place, low);
      this.#put(box.high, place, high);
    }
    this.observationSpace = new Box(low, high, {
      shape: [rows, columns, channels * stackSize],
      dtype: "uint8",
    });
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns What the wrapped environment returns, the image as often as the stack is high.
   */
  reset(options: ResetOptions = {}): ResetResult<Uint8Array> {
    const { observation, info } = this.env.reset(options);
    const stackSize = this.#stackSize(observation);
    for (let place = 0; place < stackSize; place++) this.#put(observation, place, this.#frames);
    return { observation: this.#frames.slice(), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns What the wrapped environment returns, the image after those before it.
   */
  step(action: A): StepResult<Uint8Array> {
    const result = this.env.step(action);
    const stackSize = this.#stackSize(result.observation);
    // Every channel moves up by a frame; what crosses into the next pixel's newest frame is overwritten.
    this.#frames.copyWithin(0, this.#channels);
    this.#put(result.observation, stackSize - 1, this.#frames);
    return { ...result, observation: this.#frames.slice() };
  }

  /** The height of the stack; throws unless an image has the length of its space. */
  #stackSize(observation: Uint8Array): number {
    requireLength(this.#action, observation, this.#frames.length / this.#count);
    return this.#count;
  }

  /** Writes an image into one place of a stack. */
  #put(image: Uint8Array, place: number, into: Uint8Array): void {
    const channels = this.#channels;
    const width = into.length / image.length * channels;
    for (let from = 0, to = place * channels; from < image.length; from += channels, to += width) {
      for (let k = 0; k < channels; k++) into[to + k] = image[from + k]!;
    }
  }

  /** The stack. */
  protected override saveState(): Readonly<Record<string, unknown>> {
    return { frames: numbersToJson(this.#frames) };
  }

  /** Reads the stack. */
  protected override loadState(action: string, state: Readonly<Record<string, unknown>>): () => void {
    const frames = bytesFromJson(action, "frames", state["frames"], this.#frames.length);
    return () => this.#frames.set(frames);
  }
}
