/**
 * LunarLander: land softly between two flags.
 *
 * @module
 */

import { NO_INFO } from "../env_core.ts";
import type { Box } from "../spaces/box.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { Env, EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import { LanderCore, landerObservations, landerSettings } from "./_lander_core.ts";
import type { LunarLanderOptions } from "./lunar_lander_options.ts";

/**
 * A lander falls towards the moon with a random push, over random hills; the task is to land softly on the pad
 * between the flags (`gymnasium/envs/box2d/lunar_lander.py`, version 3). It has no time limit;
 * {@linkcode makeEnv} adds one of 1,000 steps. A mean return of 200 counts as solved.
 *
 * | observation | unit |
 * |---|---|
 * | horizontal position, 0 over the pad; the episode ends beyond ±1 | 10 m |
 * | height of the feet above the pad | 6.67 m |
 * | horizontal and vertical velocity | 5 m/s, 7.5 m/s |
 * | angle, positive to the left | rad |
 * | angular velocity | 2.5 rad/s |
 * | whether the right leg touches the ground, and whether the left one does | 0 or 1 |
 *
 * Actions: 0 does nothing, 1 fires the left engine, 2 the main engine, 3 the right engine, for 0.02 s. Reward: what the
 * step gains in closeness to the pad, slowness, uprightness and legs on the ground, less 0.3 for the main engine or 0.03
 * for a side engine; -100 instead for touching the ground with the hull or leaving the view, +100 for coming to rest.
 *
 * **Its numbers are close to Gymnasium's, not equal to them.** Seeds draw the terrain, the push and the engines' noise
 * that Gymnasium's seeds draw, but the physics is planck's, in float64, not Box2D's in float32. The same actions give
 * Gymnasium's observations within 1e-4 while both legs are in the air. A contact with the ground enlarges the difference,
 * so that an episode that bounces on its legs may end on another step.
 *
 * The bits are the same on every machine and in every engine, since planck gets this library's sine and cosine when
 * it loads; a program that has loaded planck before this module keeps the engine's, whose last bits may differ.
 *
 * A snapshot holds the episode's start and actions, and restoring plays them again: this is exact, but takes about as long
 * as the episode did.
 *
 * @example Usage
 * ```ts
 * import { LunarLander } from "@bellman/dqn/envs/box2d";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new LunarLander();
 * let { observation } = env.reset({ seed: 0 });
 * const first = observation[1]!;
 * for (let i = 0; i < 20; i++) observation = env.step(0).observation;
 * assertEquals(observation[1]! < first, true); // it falls
 * ```
 */
export class LunarLander implements Env<Float32Array, number> {
  /** The registered name. */
  readonly id: string;
  /** Position, velocity, angle, angular velocity, legs. */
  readonly observationSpace: Box;
  /** 0 does nothing, 1 fires the left engine, 2 the main engine, 3 the right engine. */
  readonly actionSpace: Discrete;
  readonly #lander: LanderCore;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, gravity and wind.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When gravity is not between -12 and 0, or an option is not finite.
   */
  constructor(options: LunarLanderOptions = {}) {
    this.id = options.id ?? "LunarLander-v3";
    this.observationSpace = landerObservations();
    this.actionSpace = new Discrete(4, {
      meanings: ["do nothing", "fire left engine", "fire main engine", "fire right engine"],
    });
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
   * Fires an engine, or none, for 0.02 s.
   *
   * @param action 0 for nothing, 1 for the left engine, 2 for the main engine, 3 for the right engine.
   * @returns The observation of eight elements, the reward, and whether the lander has crashed, left, or come to rest;
   * `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is not from 0 to 3.
   */
  step(action: number): StepResult<Float32Array> {
    this.#lander.core.requireRunning();
    this.#lander.core.requireAction(this.actionSpace, action);
    const result = this.#lander.step(action === 2 ? 1 : 0, action === 1 ? -1 : action === 3 ? 1 : 0);
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
   * @param snapshot The snapshot of a LunarLander with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or its parts contradict each other.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#lander.restore(snapshot);
  }
}
