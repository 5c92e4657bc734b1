/**
 * Returns and lengths of episodes.
 *
 * @module
 */

import { countFromJson, numberFromJson, numberToJson } from "../values/json_numbers.ts";
import type { Action, Env, Observation, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/** The statistics of an episode by {@linkcode EpisodeStats}. */
export interface EpisodeSummary {
  /** The sum of the rewards. */
  readonly return: number;
  /** The number of steps. */
  readonly length: number;
}

/**
 * Adds `episode`, an {@linkcode EpisodeSummary}, to the info of the step that ends an episode
 * (`gymnasium/wrappers/common.py`, class `RecordEpisodeStatistics`, without its clock). Outside a wrapper that changes
 * rewards it counts the changed rewards; inside it, the original ones.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { EpisodeStats, makeEnv, type StepResult } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new EpisodeStats(makeEnv("CartPole-v1"));
 * env.reset({ seed: 0 });
 * let last: StepResult;
 * do last = env.step(1);
 * while (!last.terminated);
 * assertEquals(last.info["episode"], { return: 8, length: 8 });
 * ```
 */
export class EpisodeStats<O extends Observation, A extends Action> extends Wrapper<O, A> {
  #return = 0;
  #length = 0;

  /**
   * Wraps an environment.
   *
   * @param env The environment.
   */
  constructor(env: Env<O, A>) {
    super(env, "EpisodeStats");
  }

  /** The observations of the wrapped environment. */
  get observationSpace(): Space<O> {
    return this.env.observationSpace;
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /**
   * Starts an episode, and its statistics.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment.
   */
  reset(options: ResetOptions = {}): ResetResult<O> {
    const result = this.env.reset(options);
    this.#return = 0;
    this.#length = 0;
    return result;
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment; at the end of an episode, its info also has `episode`.
   */
  step(action: A): StepResult<O> {
    const result = this.env.step(action);
    this.#return += result.reward;
    this.#length++;
    if (!result.terminated && !result.truncated) return result;
    const episode: EpisodeSummary = { return: this.#return, length: this.#length };
    return { ...result, info: { ...result.info, episode } };
  }

  /** The statistics so far. */
  protected override saveState(): Readonly<Record<string, unknown>> {
    return { return: numberToJson(this.#return), length: this.#length };
  }

  /** Reads the statistics. */
  protected override loadState(action: string, state: Readonly<Record<string, unknown>>): () => void {
    const total = numberFromJson(action, "return", state["return"]);
    const length = countFromJson(action, "length", state["length"]);
    return () => {
      this.#return = total;
      this.#length = length;
    };
  }
}
