/**
 * Recordings of episodes.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import type { Action, Env, EnvSnapshot, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/**
 * One step of a {@linkcode RecordedEpisode}.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 */
export interface RecordedStep<O extends Observation = Observation, A extends Action = Action> {
  /** The action taken. */
  readonly action: A;
  /** The observation after it. */
  readonly observation: O;
  /** Its reward. */
  readonly reward: number;
  /** Whether the task ended. */
  readonly terminated: boolean;
  /** Whether the episode was cut off from outside. */
  readonly truncated: boolean;
}

/**
 * An episode that {@linkcode RecordEpisode} kept.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 */
export interface RecordedEpisode<O extends Observation = Observation, A extends Action = Action> {
  /** The pictures: one of the first state, then one after each step. */
  readonly scenes: readonly Scene[];
  /** The steps. */
  readonly steps: readonly RecordedStep<O, A>[];
}

/** Options of {@linkcode RecordEpisode}. */
export interface RecordEpisodeOptions {
  /**
   * Number of latest episodes to keep, including the current one; a whole number from 1.
   *
   * @default {1}
   */
  keep?: number;
}

/**
 * Keeps pictures and steps of the latest episodes, to draw later. Recordings are not part of a snapshot: an
 * episode restored from a snapshot is recorded from there on.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { makeEnv, RecordEpisode, sceneToSvg } from "@bellman/dqn/envs";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const env = new RecordEpisode(makeEnv("CartPole-v1"));
 * env.reset({ seed: 0 });
 * while (!env.step(1).terminated);
 *
 * const [episode] = env.episodes;
 * assertEquals([episode!.steps.length, episode!.scenes.length], [8, 9]);
 * assertStringIncludes(sceneToSvg(episode!.scenes.at(-1)!), "leaning 13.1 degrees to the left");
 * ```
 */
export class RecordEpisode<O extends Observation, A extends Action> extends Wrapper<O, A> {
  readonly #keep: number;
  readonly #episodes: { scenes: Scene[]; steps: RecordedStep<O, A>[] }[] = [];

  /**
   * Wraps an environment.
   *
   * @param env The environment.
   * @param options How many episodes to keep.
   * @throws {TypeError} When `keep` is not a whole number.
   * @throws {RangeError} When it is below 1.
   */
  constructor(env: Env<O, A>, options: RecordEpisodeOptions = {}) {
    const { keep = 1 } = options;
    const action = `record ${env.id}`;
    const expected = "keep must be a whole number from 1";
    if (!Number.isSafeInteger(keep)) throw refusal(TypeError, action, expected, keep);
    if (keep < 1) throw refusal(RangeError, action, expected, keep);
    super(env, "RecordEpisode");
    this.#keep = keep;
  }

  /** The observations of the wrapped environment. */
  get observationSpace(): Space<O> {
    return this.env.observationSpace;
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /** The episodes kept, the latest last; the current one grows with each step. */
  get episodes(): readonly RecordedEpisode<O, A>[] {
    return this.#episodes;
  }

  /**
   * Starts an episode and its recording.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment.
   */
  reset(options: ResetOptions = {}): ResetResult<O> {
    const result = this.env.reset(options);
    this.#begin();
    return result;
  }

  /**
   * Takes one action and records it.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment.
   */
  step(action: A): StepResult<O> {
    const result = this.env.step(action);
    const { observation, reward, terminated, truncated } = result;
    const episode = this.#episodes.at(-1)!;
    episode.steps.push({
      action: structuredClone(action),
      observation: structuredClone(observation),
      reward,
      terminated,
      truncated,
    });
    episode.scenes.push(this.env.render());
    return result;
  }

  /**
   * Restores a snapshot, and starts a recording there. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of an environment with the same id and the same wrapper.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment or wrapper.
   */
  override restore(snapshot: EnvSnapshot): void {
    super.restore(snapshot);
    this.#begin();
  }

  #begin(): void {
    this.#episodes.push({ scenes: [this.env.render()], steps: [] });
    if (this.#episodes.length > this.#keep) this.#episodes.shift();
  }
}
