/**
 * MountainCarContinuous: MountainCar with a throttle.
 *
 * @module
 */

import { EnvCore, NO_INFO } from "../env_core.ts";
import { drawMountainCar } from "./_mountain_car_scene.ts";
import { finiteOption } from "../values/options.ts";
import { Box } from "../spaces/box.ts";
import { cos } from "../../nn/math/cos.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { Scene } from "../scenes/scene.ts";

/** The constants of `gymnasium/envs/classic_control/continuous_mountain_car.py`, in float32 where NumPy rounds them. */
const MIN_POSITION = Math.fround(-1.2);
const MAX_POSITION = Math.fround(0.6);
const MAX_SPEED = Math.fround(0.07);
const GOAL_POSITION = Math.fround(0.45);
const POWER = 0.0015;
const POWER_FLOAT32 = Math.fround(POWER);
const GRAVITY = 0.0025;

const RANGES = [[MIN_POSITION, MAX_POSITION], [-MAX_SPEED, MAX_SPEED], [0, 1, "whole"]] as const;

/** Options of {@linkcode MountainCarContinuous}. */
export interface MountainCarContinuousOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"MountainCarContinuous-v0"}
   */
  id?: string;
  /**
   * The smallest velocity, in metres per step, at which the car must reach the flag.
   *
   * @default {0}
   */
  goalVelocity?: number;
}

/**
 * A car in a valley, with an engine too weak to climb the right-hand hill at once, driven by a throttle
 * (`gymnasium/envs/classic_control/continuous_mountain_car.py`). Same seed and actions, same numbers as Gymnasium with
 * NumPy 2, where the state is kept in float32 and so is the arithmetic from the second step on. It has no time
 * limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit | range |
 * |---|---|---|
 * | car position along the x-axis | m | -1.2 to 0.6; the flag stands at 0.45 |
 * | car velocity | m per step | -0.07 to 0.07 |
 *
 * Action: the throttle, from -1 (full to the left) to 1 (full to the right); values beyond are clipped. Reward: 100
 * at the flag, and for each step -0.1 times the square of the unclipped action.
 *
 * @example Usage
 * ```ts
 * import { MountainCarContinuous } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new MountainCarContinuous();
 * env.reset({ seed: 0 });
 * const { observation, reward } = env.step(Float32Array.of(1));
 * assertEquals([...observation], [-0.4714885950088501, 0.0011190564837306738]);
 * assertEquals(reward, -0.1);
 * ```
 */
export class MountainCarContinuous implements IntoEnv<Float32Array> {
  /** The registered name. */
  readonly id: string;
  /** Position and velocity. */
  readonly observationSpace: Box;
  /** The throttle, from -1 to 1. */
  readonly actionSpace: Box;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task. */
  lastTerminated: boolean = false;
  readonly #goalVelocity: number;
  readonly #core: EnvCore;
  /** Position and velocity; and whether they are in float32 (1, after a step) or in float64 (0, after a reset). */
  readonly #state: Float64Array = Float64Array.of(-0.5, 0, 0);
  readonly #isTerminal = (state: Float64Array): boolean =>
    state[0]! >= GOAL_POSITION && state[1]! >= Math.fround(this.#goalVelocity);

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id and the velocity at the goal.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When `goalVelocity` is not finite.
   */
  constructor(options: MountainCarContinuousOptions = {}) {
    this.id = options.id ?? "MountainCarContinuous-v0";
    this.#goalVelocity = finiteOption(this.id, "goalVelocity", options.goalVelocity, 0);
    this.observationSpace = new Box([MIN_POSITION, -MAX_SPEED], [MAX_POSITION, MAX_SPEED], {
      names: ["car position (m)", "car velocity (m/step)"],
    });
    this.actionSpace = new Box(-1, 1, { shape: [1], names: ["throttle"] });
    const settings = { goalVelocity: this.#goalVelocity };
    this.#core = new EnvCore(this.id, settings, this.observationSpace, this.actionSpace);
  }

  /**
   * Starts an episode: the position is drawn from [-0.6, -0.4), the velocity is 0.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, two elements.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const observation = new Float32Array(2);
    this.resetInto(observation, options);
    return { observation, info: NO_INFO };
  }

  /**
   * Starts an episode, like {@linkcode reset}.
   *
   * @param into Receives the first observation, two elements.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` has another length, or the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  resetInto(into: Float32Array, options: ResetOptions = {}): void {
    this.#core.requireInto("reset", into, 2);
    this.#core.begin(options);
    into[0] = this.#state[0] = this.#core.generator.uniform(-0.6, -0.4);
    into[1] = this.#state[1] = 0;
    this.#state[2] = 0;
  }

  /**
   * Drives for one unit of time.
   *
   * @param action The throttle, one element.
   * @returns The observation of two elements, the reward, and whether the car is at the flag; `truncated` is always
   * false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a Float32Array of length 1.
   * @throws {RangeError} When the action is not finite.
   */
  step(action: Float32Array): StepResult<Float32Array> {
    const observation = new Float32Array(2);
    this.stepInto(action, observation);
    const { lastReward: reward, lastTerminated: terminated } = this;
    return { observation, reward, terminated, truncated: false, info: NO_INFO };
  }

  /**
   * Drives as {@linkcode step} does.
   *
   * @param action The throttle, one element.
   * @param into Receives the observation, two elements.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When `into` has another length, or the action is not a Float32Array of length 1.
   * @throws {RangeError} When the action is not finite.
   */
  stepInto(action: Float32Array, into: Float32Array): void {
    this.#core.requireInto("step", into, 2);
    this.#core.requireRunning();
    this.#core.requireVector(this.actionSpace, action);
    const state = this.#state;
    const isFloat32 = state[2] === 1;
    const throttle = action[0]!;
    const angle = 3 * state[0]!;
    const gravity = GRAVITY * cos(isFloat32 ? Math.fround(angle) : angle);

    // A clipped throttle is a Python float, and Python computes in float64; any other is a float32 scalar, which
    // converts the float64 numbers that it is combined with to float32.
    const change = throttle < -1 || throttle > 1
      ? (throttle < 0 ? -POWER : POWER) - gravity
      : Math.fround(Math.fround(throttle * POWER_FLOAT32) - Math.fround(gravity));
    const pushed = isFloat32 ? Math.fround(state[1]! + Math.fround(change)) : state[1]! + change;
    const velocity = Math.min(Math.max(pushed, -MAX_SPEED), MAX_SPEED);
    const moved = isFloat32 ? Math.fround(state[0]! + velocity) : state[0]! + velocity;
    const position = Math.min(Math.max(moved, MIN_POSITION), MAX_POSITION);
    into[0] = state[0] = Math.fround(position);
    into[1] = state[1] = position === MIN_POSITION && velocity < 0 ? 0 : Math.fround(velocity);
    state[2] = 1;

    const terminated = this.#isTerminal(state);
    if (terminated) this.#core.phase = "ended";
    this.lastTerminated = terminated;
    this.lastReward = (terminated ? 100 : 0) - throttle * throttle * 0.1;
  }

  /**
   * The picture of the current state, in metres: the hills, the car and the flag.
   *
   * @returns The scene; before the first reset, with the car near the bottom of the valley.
   */
  render(): Scene {
    return drawMountainCar(this.#state[0]!, GOAL_POSITION);
  }

  /**
   * The whole state: dynamics, phase, settings, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values that survive `JSON.stringify` exactly.
   */
  snapshot(): EnvSnapshot {
    return this.#core.snapshot(this.#state);
  }

  /**
   * Continues from a snapshot, bit for bit. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of a MountainCarContinuous with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, RANGES, this.#isTerminal);
  }
}
