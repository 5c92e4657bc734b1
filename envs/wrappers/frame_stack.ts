/**
 * Stacked observations.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { float32sFromJson, numbersToJson } from "../values/json_numbers.ts";
import { requireBox } from "../spaces/require_space.ts";
import { Box } from "../spaces/box.ts";
import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/** 64 MiB in each observation. */
const MOST_ELEMENTS = 2 ** 24;

/**
 * Concatenates the last few Box observations, the oldest first; at the start of an episode, the first one
 * replaces the missing ones (`gymnasium/wrappers/stateful_observation.py`, class
 * `FrameStackObservation`). {@linkcode FrameStackObservation} is for images.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { FrameStack, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new FrameStack(makeEnv("MountainCar-v0"), 3);
 * assertEquals(env.observationSpace.shape, [3, 2]);
 * const first = env.reset({ seed: 0 }).observation;
 * const second = env.step(2).observation;
 * assertEquals(first.slice(0, 2), first.slice(4)); // the only observation so far, three times
 * assertEquals(second.slice(0, 4), first.slice(2));
 * ```
 */
export class FrameStack<A extends Action> extends Wrapper<Float32Array, A> {
  /** The space of the wrapped environment, as many times as there are observations in a stack. */
  readonly observationSpace: Box;
  readonly #frames: Float32Array;

  /**
   * Wraps an environment.
   *
   * @param env An environment with a Box of observations.
   * @param stackSize Number of observations in a stack, a whole number from 1.
   * @throws {TypeError} When the observations are not a Box, or the number is not a whole number.
   * @throws {RangeError} When the number is below 1, or the stack has more than 2²⁴ elements.
   */
  constructor(env: Env<Float32Array, A>, stackSize: number) {
    const action = `stack frames of ${env.id}`;
    const box = requireBox(action, "observationSpace", env.observationSpace);
    const expected = "stackSize must be a whole number from 1";
    if (!Number.isSafeInteger(stackSize)) throw refusal(TypeError, action, expected, stackSize);
    if (stackSize < 1) throw refusal(RangeError, action, expected, stackSize);
    const elements = stackSize * box.low.length;
    if (elements > MOST_ELEMENTS) {
      throw refusal(RangeError, action, `stackSize must make at most ${MOST_ELEMENTS} elements`, elements);
    }
    super(env, "FrameStack", { stackSize });
    this.observationSpace = stackedBox(box, stackSize);
    this.#frames = new Float32Array(this.observationSpace.low.length);
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns What the wrapped environment returns, the observation as often as the stack is high.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const { observation, info } = this.env.reset(options);
    const length = this.#requireLength(observation);
    for (let at = 0; at < this.#frames.length; at += length) this.#frames.set(observation, at);
    return { observation: this.#frames.slice(), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns What the wrapped environment returns, the observation after those before it.
   */
  step(action: A): StepResult<Float32Array> {
    const result = this.env.step(action);
    const length = this.#requireLength(result.observation);
    this.#frames.copyWithin(0, length);
    this.#frames.set(result.observation, this.#frames.length - length);
    return { ...result, observation: this.#frames.slice() };
  }

  /** The length of an observation, which must be that of its space. */
  #requireLength(observation: Float32Array): number {
    const length = this.#frames.length / this.observationSpace.shape[0]!;
    if (observation.length === length) return length;
    const expected = `observation must be of length ${length}`;
    throw refusal(RangeError, `stack frames of ${this.id}`, expected, observation);
  }

  /** The stack. */
  protected override saveState(): Readonly<Record<string, unknown>> {
    return { frames: numbersToJson(this.#frames) };
  }

  /** Reads the stack. */
  protected override loadState(action: string, state: Readonly<Record<string, unknown>>): () => void {
    const frames = float32sFromJson(action, "frames", state["frames"], this.#frames.length);
    return () => this.#frames.set(frames);
  }
}

/** The space of so many elements of a space. */
function stackedBox(box: Box, stackSize: number): Box {
  const ages = Array.from({ length: stackSize }, (_, i) => stackSize - 1 - i);
  const names = box.names === undefined
    ? undefined
    : ages.flatMap((age) =>
      box.names!.map((name) => age === 0 ? name : `${name}, ${age} ${age === 1 ? "step" : "steps"} ago`)
    );
  const shape = [stackSize, ...box.shape];
  return new Box(
    ages.flatMap(() => [...box.low]),
    ages.flatMap(() => [...box.high]),
    names === undefined ? { shape } : { shape, names },
  );
}
