/**
 * Episodes of bounded length.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { countFromJson } from "../values/json_numbers.ts";
import type { Action, Env, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * Truncates the episodes of an environment after a number of steps (`gymnasium/wrappers/common.py`, class `TimeLimit`). The
 * step that reaches the limit is `truncated`, even if it is also `terminated`.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { CartPole, TimeLimit } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new TimeLimit(new CartPole(), 2);
 * env.reset({ seed: 0 });
 * assertEquals(env.step(0).truncated, false);
 * assertEquals(env.step(1).truncated, true);
 * ```
 */
export class TimeLimit<O extends Observation, A extends Action> extends Wrapper<O, A> {
  readonly #maxEpisodeSteps: number;
  #elapsed = 0;
  #over = false;

  /**
   * Wraps an environment; from then on, use it only through the wrapper.
   *
   * @param env The environment.
   * @param maxEpisodeSteps The largest number of steps in an episode, a whole number from 1.
   * @throws {TypeError} When the number of steps is not a whole number.
   * @throws {RangeError} When it is below 1.
   */
  constructor(env: Env<O, A>, maxEpisodeSteps: number) {
    const action = `limit ${env.id}`;
    const expected = "maxEpisodeSteps must be a whole number from 1";
    if (!Number.isSafeInteger(maxEpisodeSteps)) throw refusal(TypeError, action, expected, maxEpisodeSteps);
    if (maxEpisodeSteps < 1) throw refusal(RangeError, action, expected, maxEpisodeSteps);
    super(env, "TimeLimit", { maxEpisodeSteps });
    this.#maxEpisodeSteps = maxEpisodeSteps;
  }

  /** The largest number of steps in an episode. */
  override get maxEpisodeSteps(): number {
    return this.#maxEpisodeSteps;
  }

  /** The observations of the wrapped environment. */
  get observationSpace(): Space<O> {
    return this.env.observationSpace;
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /** Steps taken since the last reset. */
  get elapsedSteps(): number {
    return this.#elapsed;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment.
   */
  reset(options: ResetOptions = {}): ResetResult<O> {
    const result = this.env.reset(options);
    this.#elapsed = 0;
    this.#over = false;
    return result;
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment; `truncated` is also true when the limit is reached.
   * @throws {Error} Before the first reset and after the end of an episode.
   */
  step(action: A): StepResult<O> {
    if (this.#over) throw new Error(`Cannot step ${this.id}: the episode is over, reset must be called`);
    const result = this.env.step(action);
    this.#elapsed++;
    const truncated = result.truncated || this.#elapsed >= this.#maxEpisodeSteps;
    this.#over = result.terminated || truncated;
    return truncated === result.truncated ? result : { ...result, truncated };
  }

  /** The steps taken, and whether the episode is over. */
  protected override saveState(): Readonly<Record<string, unknown>> {
    return { elapsedSteps: this.#elapsed, over: this.#over };
  }

  /** Reads the steps taken, and whether the episode is over. */
  protected override loadState(action: string, state: Readonly<Record<string, unknown>>): () => void {
    const elapsed = countFromJson(action, "elapsedSteps", state["elapsedSteps"]);
    const { over } = state;
    const limit = this.maxEpisodeSteps;
    if (elapsed > limit) {
      throw refusal(RangeError, action, `elapsedSteps must be from 0 to ${limit}`, elapsed);
    }
    if (typeof over !== "boolean") throw refusal(TypeError, action, "over must be true or false", over);
    if (elapsed === limit && !over || elapsed === 0 && over) {
      throw refusal(RangeError, action, `over must fit ${elapsed} elapsed steps`, over);
    }
    return () => {
      this.#elapsed = elapsed;
      this.#over = over;
    };
  }
}
