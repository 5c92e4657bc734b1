/**
 * Episodes of bounded length.
 *
 * @module
 */

import { refusal } from "./_describe.ts";
import { requireObject } from "./_env_core.ts";
import type { Action, Env, EnvSnapshot, Observation, ResetOptions, ResetResult, StepResult } from "./env.ts";
import type { Scene } from "./scene.ts";
import type { Space } from "./space.ts";

/**
 * Cuts the episodes of an environment after a number of steps (`gymnasium/wrappers/common.py`, class `TimeLimit`). The
 * step that reaches the limit is `truncated`, also when it is `terminated` at the same time.
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
export class TimeLimit<O extends Observation, A extends Action> implements Env<O, A> {
  /** The environment within. */
  readonly env: Env<O, A>;
  /** The largest number of steps in an episode. */
  readonly maxEpisodeSteps: number;
  #elapsed = 0;
  #over = false;

  /**
   * Wraps an environment, which is from then on to be used through the wrapper only.
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
    this.env = env;
    this.maxEpisodeSteps = maxEpisodeSteps;
  }

  /** The id of the environment within. */
  get id(): string {
    return this.env.id;
  }

  /** The observations of the environment within. */
  get observationSpace(): Space<O> {
    return this.env.observationSpace;
  }

  /** The actions of the environment within. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /** Whether the environment within offers action masks. */
  get offersActionMask(): boolean {
    return this.env.offersActionMask ?? false;
  }

  /** Steps taken since the last reset. */
  get elapsedSteps(): number {
    return this.#elapsed;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns What the environment within returns.
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
   * @param action An action of the environment within.
   * @returns What the environment within returns; `truncated` is also true when the limit is reached.
   * @throws {Error} Before the first reset and after the end of an episode.
   */
  step(action: A): StepResult<O> {
    if (this.#over) throw new Error(`Cannot step ${this.id}: the episode is over, reset must be called`);
    const result = this.env.step(action);
    this.#elapsed++;
    const truncated = result.truncated || this.#elapsed >= this.maxEpisodeSteps;
    this.#over = result.terminated || truncated;
    return truncated === result.truncated ? result : { ...result, truncated };
  }

  /**
   * The picture of the environment within.
   *
   * @returns The scene.
   */
  render(): Scene {
    return this.env.render();
  }

  /**
   * The whole state: the steps taken, and the environment within.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return {
      id: this.id,
      maxEpisodeSteps: this.maxEpisodeSteps,
      elapsedSteps: this.#elapsed,
      over: this.#over,
      env: this.env.snapshot(),
    };
  }

  /**
   * Continues from a snapshot. When it throws, nothing has changed.
   *
   * @param snapshot The snapshot of an environment with the same id and limit.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When it is of another environment or limit, or its parts contradict each other.
   */
  restore(snapshot: EnvSnapshot): void {
    const action = `restore ${this.id}`;
    const { id, maxEpisodeSteps, elapsedSteps, over, env } = requireObject(action, "snapshot", snapshot);
    if (id !== this.id) throw refusal(RangeError, action, `id must be "${this.id}"`, id);
    if (maxEpisodeSteps !== this.maxEpisodeSteps) {
      throw refusal(RangeError, action, `maxEpisodeSteps must be ${this.maxEpisodeSteps}`, maxEpisodeSteps);
    }
    if (typeof elapsedSteps !== "number" || !Number.isSafeInteger(elapsedSteps)) {
      throw refusal(TypeError, action, "elapsedSteps must be a whole number", elapsedSteps);
    }
    if (elapsedSteps < 0 || elapsedSteps > this.maxEpisodeSteps) {
      throw refusal(
        RangeError,
        action,
        `elapsedSteps must be from 0 to ${this.maxEpisodeSteps}`,
        elapsedSteps,
      );
    }
    if (typeof over !== "boolean") throw refusal(TypeError, action, "over must be true or false", over);
    if (elapsedSteps === this.maxEpisodeSteps && !over || elapsedSteps === 0 && over) {
      throw refusal(RangeError, action, `over must fit ${elapsedSteps} elapsed steps`, over);
    }
    this.env.restore(requireObject(action, "env", env));
    this.#elapsed = elapsedSteps;
    this.#over = over;
  }
}
