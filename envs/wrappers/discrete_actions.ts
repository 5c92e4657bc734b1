/**
 * Discrete choices in place of continuous actions.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { requireBox } from "../spaces/require_space.ts";
import { choicesOf, choiceText, countsOf } from "./_bins.ts";
import type { Box } from "../spaces/box.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { Env, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/** The most actions: more than any table or network can use, since each has its own name. */
const MOST_ACTIONS = 65_536;

/**
 * Replaces a Box of actions with a few evenly spaced choices, from the lower bound to the upper, for agents with
 * Discrete actions. With several dimensions, the actions are all combinations of choices; the choices are
 * the digits of an action's number, the first dimension's the most significant. {@linkcode MultiDiscreteActions} keeps the
 * dimensions apart.
 *
 * @typeParam O The type of an observation.
 *
 * @example Usage
 * ```ts
 * import { DiscreteActions, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new DiscreteActions(makeEnv("Pendulum-v1"), 5);
 * assertEquals([...env.vector(0), ...env.vector(1), ...env.vector(4)], [-2, -1, 2]);
 *
 * const plain = makeEnv("Pendulum-v1");
 * env.reset({ seed: 0 });
 * plain.reset({ seed: 0 });
 * assertEquals(env.step(1), plain.step(Float32Array.of(-1)));
 * ```
 */
export class DiscreteActions<O extends Observation> extends Wrapper<O, number, O, Float32Array> {
  /** One element per combination of choices, from 0. */
  readonly actionSpace: Discrete;
  readonly #actions: readonly Float32Array[];

  /**
   * Wraps an environment.
   *
   * @param env An environment with a bounded Box of actions.
   * @param choices Number of choices in each dimension, or in all: whole numbers from 2.
   * @throws {TypeError} When the actions are not a Box, or a number of choices is not a whole number.
   * @throws {RangeError} When a number of choices is below 2 or there are not as many as dimensions, when they make more
   * than 65,536 actions, or a bound is infinite.
   */
  constructor(env: Env<O, Float32Array>, choices: number | readonly number[]) {
    const action = `make the actions of ${env.id} discrete`;
    const box = requireBox(action, "actionSpace", env.actionSpace);
    const counts = jointCounts(action, box, choices);
    super(env, "DiscreteActions", { choices: counts });
    this.#actions = combinations(box, counts);
    this.actionSpace = new Discrete(this.#actions.length, {
      meanings: this.#actions.map((values) => meaning(box, values)),
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
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When it is outside the space.
   */
  vector(action: number): Float32Array {
    const values = this.#actions[action];
    if (values !== undefined) return values.slice();
    throw refusal(
      Number.isInteger(action) ? RangeError : TypeError,
      `step ${this.id}`,
      `action must be a whole number from 0 to ${this.#actions.length - 1}`,
      action,
    );
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
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When it is outside the space.
   */
  step(action: number): StepResult<O> {
    return this.env.step(this.vector(action));
  }
}

/** The number of choices in each dimension, checked. */
function jointCounts(action: string, box: Box, choices: unknown): number[] {
  const counts = countsOf(action, box, choices);
  const total = counts.reduce((product, count) => product * count, 1);
  if (total > MOST_ACTIONS) {
    throw refusal(RangeError, action, `choices must make at most ${MOST_ACTIONS} actions`, total);
  }
  return counts;
}

/** Every combination of choices, in order. */
function combinations(box: Box, counts: readonly number[]): Float32Array[] {
  let result: number[][] = [[]];
  counts.forEach((count, i) => {
    const values = choicesOf(box, i, count);
    result = result.flatMap((prefix) => values.map((value) => [...prefix, value]));
  });
  return result.map((values) => Float32Array.from(values));
}

/** The meaning of an action: the name of each dimension, if it has one, and its value. */
function meaning(box: Box, values: Float32Array): string {
  return Array.from(values, (value, i) => {
    const text = choiceText(value);
    return box.names === undefined ? text : `${box.names[i]} ${text}`;
  }).join(", ");
}
