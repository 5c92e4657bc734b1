/**
 * Observations of mean 0 and deviation 1.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { requireBox } from "../spaces/require_space.ts";
import { Box } from "../spaces/box.ts";
import type { Action, Env, ResetOptions, ResetResult, StepResult } from "../env.ts";
import { RunningMeanStd } from "./running_mean_std.ts";
import type { Space } from "../spaces/space.ts";
import { Wrapper } from "./wrapper.ts";

/** Gymnasium's: what is added to a variance before its root is taken. */
const EPSILON = 1e-8;

/** Options of {@linkcode NormalizeObservation}. */
export interface NormalizeObservationOptions {
  /**
   * Statistics to use and to update, say those of the environment that is trained in, so that evaluation sees the same.
   *
   * @default {fresh ones}
   */
  statistics?: RunningMeanStd;
}

/**
 * Normalises a Box observation: subtracts the mean of all observations so far and divides by their standard deviation
 * (`gymnasium/wrappers/stateful_observation.py`, class `NormalizeObservation`; the statistics are kept in float64). Each
 * reset and each step counts one observation, before it is normalised.
 *
 * A policy learned on such observations needs the statistics to act: {@linkcode mean} and {@linkcode std}.
 *
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { makeEnv, NormalizeObservation } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new NormalizeObservation(makeEnv("CartPole-v1"));
 * env.reset({ seed: 0 });
 * for (let i = 0; i < 9; i++) env.step(i % 2);
 *
 * // Evaluate with the same statistics, which then stay as they are.
 * const evaluation = new NormalizeObservation(makeEnv("CartPole-v1"), { statistics: env.statistics });
 * evaluation.freeze();
 * const { observation } = evaluation.reset({ seed: 1 });
 * const plain = makeEnv("CartPole-v1").reset({ seed: 1 }).observation;
 * assertEquals(observation[0], Math.fround((plain[0]! - env.mean[0]!) / env.std[0]!));
 * ```
 */
export class NormalizeObservation<A extends Action> extends Wrapper<Float32Array, A> {
  /** The space of the wrapped environment, without bounds. */
  readonly observationSpace: Box;
  /** Mean and variance of the observations so far. */
  readonly statistics: RunningMeanStd;
  #frozen = false;

  /**
   * Wraps an environment.
   *
   * @param env An environment with a Box of observations.
   * @param options Statistics to share.
   * @throws {TypeError} When the observations are not a Box, or the statistics are of another type.
   * @throws {RangeError} When the statistics are of another length.
   */
  constructor(env: Env<Float32Array, A>, options: NormalizeObservationOptions = {}) {
    const action = `normalize observations of ${env.id}`;
    const box = requireBox(action, "observationSpace", env.observationSpace);
    const { length } = box.low;
    const { statistics = new RunningMeanStd(length) } = options;
    if (!(statistics instanceof RunningMeanStd)) {
      throw refusal(TypeError, action, "statistics must be a RunningMeanStd", statistics);
    }
    if (statistics.mean.length !== length) {
      throw refusal(RangeError, action, `statistics must be of length ${length}`, statistics.mean);
    }
    super(env, "NormalizeObservation");
    const { shape, names } = box;
    this.observationSpace = new Box(-Infinity, Infinity, names === undefined ? { shape } : { shape, names });
    this.statistics = statistics;
  }

  /** The actions of the wrapped environment. */
  get actionSpace(): Space<A> {
    return this.env.actionSpace;
  }

  /** The mean of each element so far; a new array. */
  get mean(): Float64Array {
    return this.statistics.mean.slice();
  }

  /** The divisor of each element, √(variance + 1e-8); a new array. */
  get std(): Float64Array {
    return this.statistics.std(EPSILON);
  }

  /** Whether the statistics are frozen. */
  get frozen(): boolean {
    return this.#frozen;
  }

  /**
   * Freezes the statistics, for evaluation.
   *
   * @param frozen Whether to freeze them; false resumes updating.
   */
  freeze(frozen: boolean = true): void {
    this.#frozen = frozen;
  }

  /**
   * Starts an episode.
   *
   * @param options The seed.
   * @returns The result of the wrapped environment, with the observation normalised.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const { observation, info } = this.env.reset(options);
    return { observation: this.#normalize(observation), info };
  }

  /**
   * Takes one action.
   *
   * @param action An action of the wrapped environment.
   * @returns The result of the wrapped environment, with the observation normalised.
   */
  step(action: A): StepResult<Float32Array> {
    const result = this.env.step(action);
    return { ...result, observation: this.#normalize(result.observation) };
  }

  /** The statistics, and whether they are frozen. */
  protected override saveState(): Readonly<Record<string, unknown>> {
    return { frozen: this.#frozen, statistics: this.statistics.snapshot() };
  }

  /** Reads the statistics, and whether they are frozen. */
  protected override loadState(action: string, state: Readonly<Record<string, unknown>>): () => void {
    const { frozen, statistics } = state;
    if (typeof frozen !== "boolean") throw refusal(TypeError, action, "frozen must be true or false", frozen);
    const take = this.statistics.prepare(action, statistics);
    return () => {
      take();
      this.#frozen = frozen;
    };
  }

  #normalize(observation: Float32Array): Float32Array {
    const { mean, variance } = this.statistics;
    if (!this.#frozen) this.statistics.update(observation);
    return observation.map((value, i) => (value - mean[i]!) / Math.sqrt(variance[i]! + EPSILON));
  }
}
