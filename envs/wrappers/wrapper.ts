/**
 * The base of wrappers.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { requireObject, requireSpaceSnapshot } from "../env_core.ts";
import type { Action, Env, EnvSnapshot, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Space } from "../spaces/space.ts";

/** The settings of a wrapper as plain JSON values, by name. */
export type WrapperSettings = Readonly<Record<string, unknown>>;

/**
 * An environment around another (`gymnasium/core.py`, class `Wrapper`): the code shared by all wrappers, so that each
 * defines only its changes. Use the wrapped environment only through the wrapper.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 * @typeParam InnerO The type of an observation of the wrapped environment.
 * @typeParam InnerA The type of an action of the wrapped environment.
 *
 * @example Your own wrapper
 * ```ts
 * import { type Env, makeEnv, type Observation, type ResetOptions, Wrapper } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * // Turns rewards round.
 * class Contrary<O extends Observation> extends Wrapper<O, number> {
 *   readonly observationSpace = this.env.observationSpace;
 *   readonly actionSpace = this.env.actionSpace;
 *   constructor(env: Env<O, number>) {
 *     super(env, "Contrary");
 *   }
 *   reset(options?: ResetOptions) {
 *     return this.env.reset(options);
 *   }
 *   step(action: number) {
 *     const result = this.env.step(action);
 *     return { ...result, reward: -result.reward };
 *   }
 * }
 *
 * const env = new Contrary(makeEnv("CartPole-v1"));
 * env.reset({ seed: 0 });
 * assertEquals(env.step(0).reward, -1);
 * assertEquals([env.id, env.maxEpisodeSteps], ["CartPole-v1", 500]);
 * ```
 */
export abstract class Wrapper<
  O extends Observation,
  A extends Action,
  InnerO extends Observation = O,
  InnerA extends Action = A,
> implements Env<O, A> {
  /** The wrapped environment. */
  readonly env: Env<InnerO, InnerA>;
  /** The space of the wrapper's observations. */
  abstract readonly observationSpace: Space<O>;
  /** The space of the wrapper's actions. */
  abstract readonly actionSpace: Space<A>;
  readonly #name: string;
  readonly #settings: WrapperSettings;

  /**
   * Wraps an environment.
   *
   * @param env The environment.
   * @param name The name of the wrapper's class, for its snapshots.
   * @param settings Settings that distinguish wrappers of the class; a snapshot fits only if they are equal.
   */
  constructor(env: Env<InnerO, InnerA>, name: string, settings: WrapperSettings = {}) {
    this.env = env;
    this.#name = name;
    this.#settings = settings;
  }

  /** The id of the wrapped environment. */
  get id(): string {
    return this.env.id;
  }

  /** The largest number of steps in an episode; undefined without a time limit. */
  get maxEpisodeSteps(): number | undefined {
    return this.env.maxEpisodeSteps;
  }

  /** Whether the wrapped environment offers action masks. */
  get offersActionMask(): boolean {
    return this.env.offersActionMask ?? false;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The first observation.
   */
  abstract reset(options?: ResetOptions): ResetResult<O>;

  /**
   * Takes one action.
   *
   * @param action An element of {@linkcode actionSpace}.
   * @returns The observation after the step, its reward, and how it ended.
   */
  abstract step(action: A): StepResult<O>;

  /**
   * The picture of the wrapped environment.
   *
   * @returns The scene.
   */
  render(): Scene {
    return this.env.render();
  }

  /**
   * The whole state: the wrapper's own, the streams of its own spaces, and the wrapped environment.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return {
      id: this.id,
      wrapper: this.#name,
      settings: this.#settings,
      state: this.saveState(),
      ...Object.fromEntries(this.#ownSpaces().map(([name, space]) => [name, space.snapshot()])),
      env: this.env.snapshot(),
    };
  }

  /**
   * Continues from a snapshot. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of an environment with the same id and the same wrapper.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, wrapper or settings, or its parts contradict each other.
   */
  restore(snapshot: EnvSnapshot): void {
    const action = `restore ${this.id}`;
    const values = requireObject(action, "snapshot", snapshot);
    const { id, wrapper, settings, state, env } = values;
    if (id !== this.id) throw refusal(RangeError, action, `id must be "${this.id}"`, id);
    if (wrapper !== this.#name) throw refusal(RangeError, action, `wrapper must be "${this.#name}"`, wrapper);
    const theirs = requireObject(action, "settings", settings);
    for (const [name, value] of Object.entries(this.#settings)) {
      const [expected, got] = [JSON.stringify(value), JSON.stringify(theirs[name])];
      if (got !== expected) {
        throw new RangeError(`Cannot ${action}: ${name} must be ${expected}, got ${got}`);
      }
    }
    const take = this.loadState(action, requireObject(action, "state", state));
    const spaces = this.#ownSpaces();
    const streams = spaces.map(([name, space]) => requireSpaceSnapshot(action, name, space, values[name]));
    this.env.restore(requireObject(action, "env", env));

    spaces.forEach(([, space], i) => space.restore(streams[i]!));
    take();
  }

  /**
   * The wrapper's own state, for {@linkcode snapshot}.
   *
   * @returns Plain JSON values by name; none unless overridden.
   */
  protected saveState(): Readonly<Record<string, unknown>> {
    return {};
  }

  /**
   * Reads the result of {@linkcode saveState}, for {@linkcode restore}, without applying it yet.
   *
   * @param _action The action, for error messages: "Cannot ‹action›: …".
   * @param _state The values.
   * @returns A function that applies the state and cannot fail; called once the wrapped environment is restored.
   * @throws {TypeError | RangeError} When the values are not a valid state.
   */
  protected loadState(_action: string, _state: Readonly<Record<string, unknown>>): () => void {
    return () => {};
  }

  /** The spaces that differ from those of the wrapped environment. */
  #ownSpaces(): (readonly [name: string, space: Space<unknown>])[] {
    const { env, observationSpace, actionSpace } = this;
    const spaces: [string, Space<unknown>, Space<unknown>][] = [
      ["observationSpace", observationSpace, env.observationSpace],
      ["actionSpace", actionSpace, env.actionSpace],
    ];
    return spaces.flatMap(([name, space, inner]) => space === inner ? [] : [[name, space]]);
  }
}
