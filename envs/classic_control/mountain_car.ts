/**
 * MountainCar: drive an underpowered car up a hill.
 *
 * @module
 */

import { EnvCore, NO_INFO } from "../env_core.ts";
import { drawMountainCar } from "./_mountain_car_scene.ts";
import { finiteOption } from "../values/options.ts";
import { Box } from "../spaces/box.ts";
import { cos } from "../../nn/math/cos.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { Scene } from "../scenes/scene.ts";

/** The constants of `gymnasium/envs/classic_control/mountain_car.py`. */
const MIN_POSITION = -1.2;
const MAX_POSITION = 0.6;
const MAX_SPEED = 0.07;
const GOAL_POSITION = 0.5;
const FORCE = 0.001;
const GRAVITY = 0.0025;

const RANGES = [[MIN_POSITION, MAX_POSITION], [-MAX_SPEED, MAX_SPEED]] as const;

/** Options of {@linkcode MountainCar}. */
export interface MountainCarOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"MountainCar-v0"}
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
 * A car in a valley, with an engine too weak to climb the right-hand hill at once: it must swing up (A. W. Moore,
 * "Efficient Memory-Based Learning for Robot Control", 1990). Same seed and actions, same numbers as Gymnasium
 * (`gymnasium/envs/classic_control/mountain_car.py`). It has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit | range |
 * |---|---|---|
 * | car position along the x-axis | m | -1.2 to 0.6; the flag stands at 0.5 |
 * | car velocity | m per step | -0.07 to 0.07 |
 *
 * Actions: 0 accelerates to the left, 1 coasts, 2 accelerates to the right. Reward: -1 for every step, including the
 * last. The left end of the track is a wall that stops the car.
 *
 * @example Usage
 * ```ts
 * import { MountainCar } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new MountainCar();
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals([...observation], [-0.47260767221450806, 0]);
 * const { reward, terminated } = env.step(2);
 * assertEquals([reward, terminated], [-1, false]);
 * ```
 */
export class MountainCar implements IntoEnv<number> {
  /** The registered name. */
  readonly id: string;
  /** Position and velocity. */
  readonly observationSpace: Box;
  /** 0 accelerates to the left, 1 coasts, 2 accelerates to the right. */
  readonly actionSpace: Discrete;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task. */
  lastTerminated: boolean = false;
  readonly #goalVelocity: number;
  readonly #core: EnvCore;
  /** Position and velocity, in float64 throughout. */
  readonly #state: Float64Array = Float64Array.of(-0.5, 0);
  readonly #isTerminal = (state: Float64Array): boolean =>
    state[0]! >= GOAL_POSITION && state[1]! >= this.#goalVelocity;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id and the velocity at the goal.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When `goalVelocity` is not finite.
   */
  constructor(options: MountainCarOptions = {}) {
    this.id = options.id ?? "MountainCar-v0";
    this.#goalVelocity = finiteOption(this.id, "goalVelocity", options.goalVelocity, 0);
    this.observationSpace = new Box([MIN_POSITION, -MAX_SPEED], [MAX_POSITION, MAX_SPEED], {
      names: ["car position (m)", "car velocity (m/step)"],
    });
    this.actionSpace = new Discrete(3, { meanings: ["accelerate left", "coast", "accelerate right"] });
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
  }

  /**
   * Drives for one unit of time.
   *
   * @param action 0 for left, 1 for coasting, 2 for right.
   * @returns The observation of two elements, the reward -1, and whether the car is at the flag; `truncated` is always
   * false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is not 0, 1 or 2.
   */
  step(action: number): StepResult<Float32Array> {
    const observation = new Float32Array(2);
    this.stepInto(action, observation);
    const { lastReward: reward, lastTerminated: terminated } = this;
    return { observation, reward, terminated, truncated: false, info: NO_INFO };
  }

  /**
   * Drives as {@linkcode step} does.
   *
   * @param action 0 for left, 1 for coasting, 2 for right.
   * @param into Receives the observation, two elements.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When `into` has another length, or the action is not a whole number.
   * @throws {RangeError} When the action is not 0, 1 or 2.
   */
  stepInto(action: number, into: Float32Array): void {
    this.#core.requireInto("step", into, 2);
    this.#core.requireRunning();
    this.#core.requireAction(this.actionSpace, action);
    const state = this.#state;
    const before = state[0]!;
    const pushed = state[1]! + ((action - 1) * FORCE + cos(3 * before) * -GRAVITY);
    const velocity = Math.min(Math.max(pushed, -MAX_SPEED), MAX_SPEED);
    const position = Math.min(Math.max(before + velocity, MIN_POSITION), MAX_POSITION);
    into[0] = state[0] = position;
    into[1] = state[1] = position === MIN_POSITION && velocity < 0 ? 0 : velocity;

    const terminated = this.#isTerminal(state);
    if (terminated) this.#core.phase = "ended";
    this.lastTerminated = terminated;
    this.lastReward = -1;
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
   * @param snapshot The snapshot of a MountainCar with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, RANGES, this.#isTerminal);
  }
}
