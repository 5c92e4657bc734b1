/**
 * One discrete choice per dimension in place of continuous actions.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { requireBox, requireParts } from "../spaces/require_space.ts";
import { MultiDiscrete } from "../spaces/multi_discrete.ts";
import type { Env, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { choicesOf, choiceText, countsOf } from "./_bins.ts";
import { Wrapper } from "./wrapper.ts";

/** The most choices in all, as many as a joint action may have. */
const MOST_CHOICES = 65_536;

/**
 * Replaces a Box of actions with a few evenly spaced choices in each dimension, from the lower bound to the upper: an action has
 * one part per dimension. Networks then need one output per choice (18 for six dimensions of three), where
 * {@linkcode DiscreteActions} needs one per combination (729).
 *
 * @typeParam O The type of an observation.
 *
 * @example Usage
 * ```ts
 * import { checkEnv, makeEnv, MultiDiscreteActions } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new MultiDiscreteActions(makeEnv("Pendulum-v1"), 5);
 * assertEquals(`${env.actionSpace}`, "MultiDiscrete([5])");
 * assertEquals(env.vector(Int32Array.of(1)), Float32Array.of(-1));
 * checkEnv(env);
 * ```
 */
export class MultiDiscreteActions<O extends Observation> extends Wrapper<O, Int32Array, O, Float32Array> {
  /** One part per dimension, with one value per choice, from 0. */
  readonly actionSpace: MultiDiscrete;
  readonly #choices: readonly (readonly number[])[];

  /**
   * Wraps an environment.
   *
   * @param env An environment with a bounded Box of actions.
   * @param choices Number of choices in each dimension, or in all: whole numbers from 2.
   * @throws {TypeError} When the actions are not a Box, or a number of choices is not a whole number.
   * @throws {RangeError} When a number of choices is below 2 or there are not as many as dimensions, when they are more than
   * 65,536 together, or a bound is infinite.
   */
  constructor(env: Env<O, Float32Array>, choices: number | readonly number[]) {
    const action = `make the actions of ${env.id} discrete`;
    const box = requireBox(action, "actionSpace", env.actionSpace);
    const counts = countsOf(action, box, choices);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total > MOST_CHOICES) {
      throw refusal(RangeError, action, `choices must be at most ${MOST_CHOICES} together`, total);
    }
    super(env, "MultiDiscreteActions", { choices: counts });
    this.#choices = counts.map((count, i) => choicesOf(box, i, count));
    this.actionSpace = new MultiDiscrete(counts, {
      ...(box.names === undefined ? {} : { names: box.names }),
      meanings: this.#choices.map((values) => values.map((value) => choiceText(Math.fround(value)))),
    });
  }

  /** The observations of the wrapped environment. */
  get observationSpace(): Space<O> {
    return this.env.observationSpace;
  }

  /**
   * The vector that an action stands for.
   *
   * @param action An element of {@linkcode actionSpace}.
   * @returns A new vector, an action of the wrapped environment.
   * @throws {TypeError} When the action is not an Int32Array with one number per dimension.
   * @throws {RangeError} When it is outside the space.
   */
  vector(action: Int32Array): Float32Array {
    requireParts(`step ${this.id}`, this.actionSpace, action);
    const choices = this.#choices;
    const vector = new Float32Array(choices.length);
    for (let i = 0; i < vector.length; i++) vector[i] = choices[i]![action[i]!]!;
    return vector;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment.
   */
  reset(options: ResetOptions = {}): ResetResult<O> {
    return this.env.reset(options);
  }

  /**
   * Takes one action.
   *
   * @param action An element of {@linkcode actionSpace}.
   * @returns The result of the wrapped environment for the vector that the action stands for.
   * @throws {TypeError} When the action is not an Int32Array with one number per dimension.
   * @throws {RangeError} When it is outside the space.
   */
  step(action: Int32Array): StepResult<O> {
    return this.env.step(this.vector(action));
  }
}
