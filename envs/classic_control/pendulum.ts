/**
 * Pendulum: swing a rod up and hold it there.
 *
 * @module
 */

import { EnvCore, NO_INFO } from "../env_core.ts";
import { libmSquare } from "../../nn/math/libm_square.ts";
import { libmSquareFloat32 } from "../../nn/math/libm_square_float32.ts";
import { finiteOption } from "../values/options.ts";
import { drawPendulum } from "./_pendulum_scene.ts";
import { MAX_ANGLE, sinCos } from "../../nn/math/trig.ts";
import { Box } from "../spaces/box.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { Scene } from "../scenes/scene.ts";
import { sin } from "../../nn/math/sin.ts";

/** The constants of `gymnasium/envs/classic_control/pendulum.py`: a rod of 1 m and 1 kg. */
const MAX_SPEED = 8;
const MAX_TORQUE = 2;
const SECONDS_PER_STEP = 0.05;
const TORQUE_COST = Math.fround(0.001);

const RANGES = [[-MAX_ANGLE, MAX_ANGLE], [-MAX_SPEED, MAX_SPEED], [-MAX_TORQUE, MAX_TORQUE]] as const;

/** Options of {@linkcode Pendulum}. */
export interface PendulumOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Pendulum-v1"}
   */
  id?: string;
  /**
   * The acceleration of gravity, in m/s².
   *
   * @default {10}
   */
  g?: number;
}

/**
 * A rod that turns about one end, started at any angle, with a motor too weak to lift it at once; the task is to hold it
 * upright (`gymnasium/envs/classic_control/pendulum.py`). Same seed and actions, same numbers as Gymnasium with NumPy 2.
 * It never terminates and has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit | range |
 * |---|---|---|
 * | cosine of the angle, 1 upright | | -1 to 1 |
 * | sine of the angle, positive to the left | | -1 to 1 |
 * | angular velocity | rad/s | -8 to 8 |
 *
 * Action: the torque for 0.05 s, from -2 to 2 N m; values beyond are clipped. Reward: -(angle² + 0.1 velocity² +
 * 0.001 torque²), with the state before the step and the angle from -π to π: from about -16.27 to 0.
 *
 * @example Usage
 * ```ts
 * import { Pendulum } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new Pendulum();
 * env.reset({ seed: 0 });
 * const { observation, reward } = env.step(Float32Array.of(0.7405319213867188));
 * assertEquals(observation[2], 0.21930694580078125);
 * assertEquals(reward, -0.7623036968023318);
 * ```
 */
export class Pendulum implements IntoEnv<Float32Array> {
  /** The registered name. */
  readonly id: string;
  /** Cosine and sine of the angle, and the angular velocity. */
  readonly observationSpace: Box;
  /** The torque, from -2 to 2 N m. */
  readonly actionSpace: Box;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task: never. */
  readonly lastTerminated: boolean = false;
  readonly #gravity: number;
  /** The factor of gravity in the angular acceleration: 3 g / 2 l. */
  readonly #pull: number;
  readonly #core: EnvCore;
  /** The angle, which is never wrapped, the angular velocity, and the last torque, for the picture. */
  readonly #state: Float64Array = Float64Array.of(Math.PI, 0, 0);
  readonly #sinCos: Float64Array = new Float64Array(2);

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id and gravity.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When `g` is not finite.
   */
  constructor(options: PendulumOptions = {}) {
    this.id = options.id ?? "Pendulum-v1";
    this.#gravity = finiteOption(this.id, "g", options.g, 10);
    this.#pull = 3 * this.#gravity / 2;
    const high = [1, 1, MAX_SPEED];
    this.observationSpace = new Box(high.map((bound) => -bound), high, {
      names: ["cosine of the angle", "sine of the angle", "angular velocity (rad/s)"],
    });
    this.actionSpace = new Box(-MAX_TORQUE, MAX_TORQUE, { shape: [1], names: ["torque (N m)"] });
    this.#core = new EnvCore(this.id, { g: this.#gravity }, this.observationSpace, this.actionSpace);
  }

  /**
   * Starts an episode: the angle is drawn from [-π, π), the angular velocity from [-1, 1).
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, three elements.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const observation = new Float32Array(3);
    this.resetInto(observation, options);
    return { observation, info: NO_INFO };
  }

  /**
   * Starts an episode, like {@linkcode reset}.
   *
   * @param into Receives the first observation, three elements.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` has another length, or the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  resetInto(into: Float32Array, options: ResetOptions = {}): void {
    this.#core.requireInto("reset", into, 3);
    this.#core.begin(options);
    this.#state[0] = this.#core.generator.uniform(-Math.PI, Math.PI);
    this.#state[1] = this.#core.generator.uniform(-1, 1);
    this.#state[2] = 0;
    this.#observe(into);
  }

  /**
   * Applies a torque for 0.05 s.
   *
   * @param action The torque in N m, one element.
   * @returns The observation of three elements and the reward; `terminated` and `truncated` are always false.
   * @throws {Error} Before the first reset.
   * @throws {TypeError} When the action is not a Float32Array of length 1.
   * @throws {RangeError} When the action is not finite, or the rod has turned by more than 32768 rad in one direction.
   */
  step(action: Float32Array): StepResult<Float32Array> {
    const observation = new Float32Array(3);
    this.stepInto(action, observation);
    return { observation, reward: this.lastReward, terminated: false, truncated: false, info: NO_INFO };
  }

  /**
   * Applies a torque as {@linkcode step} does.
   *
   * @param action The torque in N m, one element.
   * @param into Receives the observation, three elements.
   * @throws {Error} Before the first reset.
   * @throws {TypeError} When `into` has another length, or the action is not a Float32Array of length 1.
   * @throws {RangeError} When the action is not finite, or the rod has turned by more than 32768 rad in one direction.
   */
  stepInto(action: Float32Array, into: Float32Array): void {
    this.#core.requireInto("step", into, 3);
    this.#core.requireRunning();
    this.#core.requireVector(this.actionSpace, action);
    const state = this.#state;
    const angle = state[0]!;
    const speed = state[1]!;
    const torque = Math.min(Math.max(action[0]!, -MAX_TORQUE), MAX_TORQUE);
    const cost = libmSquare(normalized(angle)) + 0.1 * libmSquare(speed) +
      Math.fround(TORQUE_COST * libmSquareFloat32(torque));

    // The torque is a float32 scalar in Gymnasium, and so is three times the torque.
    const acceleration = this.#pull * sin(angle) + Math.fround(3 * torque);
    const newSpeed = Math.min(Math.max(speed + acceleration * SECONDS_PER_STEP, -MAX_SPEED), MAX_SPEED);
    state[0] = angle + newSpeed * SECONDS_PER_STEP;
    state[1] = newSpeed;
    state[2] = torque;
    this.#observe(into);
    this.lastReward = -cost;
  }

  /**
   * The picture of the current state, in metres: the rod, its axle, and an arrow for the last torque.
   *
   * @returns The scene; before the first reset, with the rod hanging down.
   */
  render(): Scene {
    return drawPendulum(this.#state[0]!, this.#state[2]!);
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
   * @param snapshot The snapshot of a Pendulum with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, RANGES, () => false);
  }

  /** Writes the observation of the current state. */
  #observe(into: Float32Array): void {
    sinCos(this.#state[0]!, this.#sinCos);
    into[0] = this.#sinCos[1]!;
    into[1] = this.#sinCos[0]!;
    into[2] = this.#state[1]!;
  }
}

/** The equivalent angle from −π to π, by Python's modulo. */
function normalized(angle: number): number {
  const rest = (angle + Math.PI) % (2 * Math.PI);
  return (rest < 0 ? rest + 2 * Math.PI : rest) - Math.PI;
}
