/**
 * LunarLander with throttles.
 *
 * @module
 */

import { NO_INFO } from "../env_core.ts";
import { Box } from "../spaces/box.ts";
import type { Env, EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import { LanderCore, landerObservations, landerSettings } from "./_lander_core.ts";
import type { LunarLanderOptions } from "./lunar_lander_options.ts";

/**
 * {@linkcode LunarLander} with throttles instead of switches (`gymnasium/envs/box2d/lunar_lander.py` with
 * `continuous=True`); everything else is the same. With {@linkcode DiscreteActions}, DQN can learn it.
 *
 * Actions: a vector of two elements from -1 to 1; values beyond are clipped. The first is the main engine: off up to 0,
 * from half to full power above 0. The second is the side engines: the left one below -0.5, the right one above 0.5, at
 * a power equal to the absolute value.
 *
 * @example Usage
 * ```ts
 * import { LunarLanderContinuous } from "@bellman/dqn/envs/box2d";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const env = new LunarLanderContinuous();
 * env.reset({ seed: 0 });
 * const idle = env.snapshot();
 * const { reward } = env.step(Float32Array.of(-1, 0.4)); // both off
 * env.restore(idle);
 * assertAlmostEquals(env.step(Float32Array.of(0, 0)).reward, reward);
 * ```
 */
export class LunarLanderContinuous implements Env<Float32Array, Float32Array> {
  /** The registered name. */
  readonly id: string;
  /** Position, velocity, angle, angular velocity, legs. */
  readonly observationSpace: Box;
  /** The throttles of the main engine and of the side engines, from -1 to 1. */
  readonly actionSpace: Box;
  readonly #lander: LanderCore;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, gravity and wind.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When gravity is not between -12 and 0, or an option is not finite.
   */
  constructor(options: LunarLanderOptions = {}) {
    this.id = options.id ?? "LunarLanderContinuous-v3";
    this.observationSpace = landerObservations();
    this.actionSpace = new Box(-1, 1, { shape: [2], names: ["main engine", "side engines"] });
    const settings = landerSettings(this.id, options);
    this.#lander = new LanderCore(this.id, settings, this.observationSpace, this.actionSpace);
  }

  /**
   * Starts an episode: draws the terrain and a push, and simulates 0.02 s.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, eight elements.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    return { observation: this.#lander.reset(options), info: NO_INFO };
  }

  /**
   * Fires the engines for 0.02 s.
   *
   * @param action The throttles, two elements.
   * @returns The observation of eight elements, the reward, and whether the lander has crashed, left, or come to rest;
   * `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a Float32Array of length 2.
   * @throws {RangeError} When the action is not finite.
   */
  step(action: Float32Array): StepResult<Float32Array> {
    this.#lander.core.requireRunning();
    this.#lander.core.requireVector(this.actionSpace, action);
    const main = action[0]!;
    const side = Math.min(Math.max(action[1]!, -1), 1);
    const result = this.#lander.step(
      main > 0 ? (Math.min(main, 1) + 1) / 2 : 0,
      Math.abs(side) > 0.5 ? side : 0,
    );
    return { ...result, truncated: false, info: NO_INFO };
  }

  /**
   * The picture of the current state, in metres: the hills, the flags, the lander and its flames.
   *
   * @returns The scene; before the first reset, without a lander.
   */
  render(): Scene {
    return this.#lander.render();
  }

  /**
   * The whole state: how the episode began and every action since, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return this.#lander.snapshot();
  }

  /**
   * Continues from a snapshot, bit for bit, by playing its episode again. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of a LunarLanderContinuous with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or its parts contradict each other.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#lander.restore(snapshot);
  }
}
