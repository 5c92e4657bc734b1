/**
 * Acrobot: swing a two-link arm up with a motor at its elbow.
 *
 * @module
 */

import { drawAcrobot } from "./_acrobot_scene.ts";
import { EnvCore, NO_INFO } from "../env_core.ts";
import { sinCos } from "../../nn/math/trig.ts";
import { Box } from "../spaces/box.ts";
import { cos } from "../../nn/math/cos.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { Scene } from "../scenes/scene.ts";

/** The constants of `gymnasium/envs/classic_control/acrobot.py`: both links are 1 m long and weigh 1 kg. */
const SECONDS_PER_STEP = 0.2;
const HALF_STEP = SECONDS_PER_STEP / 2;
const SIXTH_STEP = SECONDS_PER_STEP / 6;
const MAX_SPEED_1 = 4 * Math.PI;
const MAX_SPEED_2 = 9 * Math.PI;
const QUARTER_TURN = Math.PI / 2;

const RANGES = [
  [-Math.PI, Math.PI],
  [-Math.PI, Math.PI],
  [-MAX_SPEED_1, MAX_SPEED_1],
  [-MAX_SPEED_2, MAX_SPEED_2],
] as const;

/** Options of {@linkcode Acrobot}. */
export interface AcrobotOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Acrobot-v1"}
   */
  id?: string;
}

/**
 * Two links hang from a fixed point, with a motor at the joint between them; the task is to swing the free end up to one
 * link's length above the fixed point (R. S. Sutton, "Generalization in Reinforcement Learning: Successful Examples Using
 * Sparse Coarse Coding", 1996; equations of motion from Sutton and Barto's book). Same seed and actions, same numbers as
 * Gymnasium (`gymnasium/envs/classic_control/acrobot.py`), except that the first observation of an episode may differ in the last
 * place of float32. It has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit | range |
 * |---|---|---|
 * | cosine and sine of the upper link's angle, 0 hanging down | | -1 to 1 |
 * | cosine and sine of the lower link's angle, 0 in line with the upper | | -1 to 1 |
 * | upper link's angular velocity | rad/s | ±4π |
 * | lower link's angular velocity, relative to the upper | rad/s | ±9π |
 *
 * Actions: 0, 1 and 2 apply a torque of -1, 0 and 1 N m at the elbow for 0.2 s. Reward: -1 for every step, but 0 for the
 * one that reaches the height.
 *
 * @example Usage
 * ```ts
 * import { Acrobot } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new Acrobot();
 * env.reset({ seed: 0 });
 * const { observation, reward, terminated } = env.step(2);
 * assertEquals(observation[0], Math.fround(0.9999698400497437));
 * assertEquals([reward, terminated], [-1, false]);
 * ```
 */
export class Acrobot implements IntoEnv<number> {
  /** The registered name. */
  readonly id: string;
  /** Cosine and sine of both angles, and both angular velocities. */
  readonly observationSpace: Box;
  /** Torques of -1, 0 and 1 N m. */
  readonly actionSpace: Discrete;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task. */
  lastTerminated: boolean = false;
  readonly #core: EnvCore;
  /** Both angles and both angular velocities; after a reset rounded to float32. */
  readonly #state: Float64Array = new Float64Array(4);
  /** Four zeros and the four slopes of a Runge-Kutta step, each of four elements. */
  readonly #slopes: Float64Array = new Float64Array(20);
  readonly #sinCos: Float64Array = new Float64Array(2);

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id.
   */
  constructor(options: AcrobotOptions = {}) {
    this.id = options.id ?? "Acrobot-v1";
    const high = [1, 1, 1, 1, MAX_SPEED_1, MAX_SPEED_2];
    this.observationSpace = new Box(high.map((bound) => -bound), high, {
      names: [
        "cosine of the upper angle",
        "sine of the upper angle",
        "cosine of the lower angle",
        "sine of the lower angle",
        "upper angular velocity (rad/s)",
        "lower angular velocity (rad/s)",
      ],
    });
    this.actionSpace = new Discrete(3, { meanings: ["torque -1 N m", "no torque", "torque 1 N m"] });
    this.#core = new EnvCore(this.id, {}, this.observationSpace, this.actionSpace);
  }

  /**
   * Starts an episode: each component is drawn from [-0.1, 0.1) and rounded to float32.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, six elements.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const observation = new Float32Array(6);
    this.resetInto(observation, options);
    return { observation, info: NO_INFO };
  }

  /**
   * Starts an episode, like {@linkcode reset}.
   *
   * @param into Receives the first observation, six elements.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` has another length, or the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  resetInto(into: Float32Array, options: ResetOptions = {}): void {
    this.#core.requireInto("reset", into, 6);
    this.#core.begin(options);
    for (let i = 0; i < 4; i++) this.#state[i] = Math.fround(this.#core.generator.uniform(-0.1, 0.1));
    this.#observe(into);
  }

  /**
   * Applies a torque for 0.2 s: one step of the classical Runge-Kutta method.
   *
   * @param action 0 for -1 N m, 1 for none, 2 for 1 N m.
   * @returns The observation of six elements, the reward, and whether the free end is high enough; `truncated` is always
   * false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is not 0, 1 or 2.
   */
  step(action: number): StepResult<Float32Array> {
    const observation = new Float32Array(6);
    this.stepInto(action, observation);
    const { lastReward: reward, lastTerminated: terminated } = this;
    return { observation, reward, terminated, truncated: false, info: NO_INFO };
  }

  /**
   * Applies a torque as {@linkcode step} does.
   *
   * @param action 0 for -1 N m, 1 for none, 2 for 1 N m.
   * @param into Receives the observation, six elements.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When `into` has another length, or the action is not a whole number.
   * @throws {RangeError} When the action is not 0, 1 or 2.
   */
  stepInto(action: number, into: Float32Array): void {
    this.#core.requireInto("step", into, 6);
    this.#core.requireRunning();
    this.#core.requireAction(this.actionSpace, action);
    const torque = action - 1;
    const state = this.#state;
    const slopes = this.#slopes;
    this.#slope(0, 0, torque);
    this.#slope(4, HALF_STEP, torque);
    this.#slope(8, HALF_STEP, torque);
    this.#slope(12, SECONDS_PER_STEP, torque);
    for (let i = 0; i < 4; i++) {
      state[i] = state[i]! +
        SIXTH_STEP * (slopes[4 + i]! + 2 * slopes[8 + i]! + 2 * slopes[12 + i]! + slopes[16 + i]!);
    }
    state[0] = wrap(state[0]!);
    state[1] = wrap(state[1]!);
    state[2] = Math.min(Math.max(state[2]!, -MAX_SPEED_1), MAX_SPEED_1);
    state[3] = Math.min(Math.max(state[3]!, -MAX_SPEED_2), MAX_SPEED_2);

    this.#observe(into);
    const terminated = isTerminal(state);
    if (terminated) this.#core.phase = "ended";
    this.lastTerminated = terminated;
    this.lastReward = terminated ? 0 : -1;
  }

  /**
   * The picture of the current state, in metres: the two links and the height to reach.
   *
   * @returns The scene; before the first reset, with the arm hanging down.
   */
  render(): Scene {
    return drawAcrobot(this.#state[0]!, this.#state[1]!);
  }

  /**
   * The whole state: dynamics, phase, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values that survive `JSON.stringify` exactly.
   */
  snapshot(): EnvSnapshot {
    return this.#core.snapshot(this.#state);
  }

  /**
   * Continues from a snapshot, bit for bit. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of an Acrobot with the same id.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, RANGES, isTerminal);
  }

  /** Writes the observation of the current state. */
  #observe(into: Float32Array): void {
    const state = this.#state;
    const out = this.#sinCos;
    sinCos(state[0]!, out);
    into[0] = out[1]!;
    into[1] = out[0]!;
    sinCos(state[1]!, out);
    into[2] = out[1]!;
    into[3] = out[0]!;
    into[4] = state[2]!;
    into[5] = state[3]!;
  }

  /** The change of the state per second, some seconds along the slope at `at`; stored after that slope. */
  #slope(at: number, seconds: number, torque: number): void {
    const state = this.#state;
    const slopes = this.#slopes;
    const out = this.#sinCos;
    const angle1 = state[0]! + seconds * slopes[at]!;
    const angle2 = state[1]! + seconds * slopes[at + 1]!;
    const speed1 = state[2]! + seconds * slopes[at + 2]!;
    const speed2 = state[3]! + seconds * slopes[at + 3]!;
    sinCos(angle2, out);
    const sin2 = out[0]!;
    const cos2 = out[1]!;

    // Gymnasium's order of operations with its constants inserted; 0.5 is the distance of a link's centre from its joint.
    const d1 = 0.25 + (1.25 + cos2) + 1 + 1;
    const d2 = 0.25 + 0.5 * cos2 + 1;
    const phi2 = 4.9 * cos(angle1 + angle2 - QUARTER_TURN);
    const phi1 = -0.5 * (speed2 * speed2) * sin2 - speed2 * speed1 * sin2 +
      1.5 * 9.8 * cos(angle1 - QUARTER_TURN) + phi2;
    const acceleration2 = (torque + d2 / d1 * phi1 - 0.5 * (speed1 * speed1) * sin2 - phi2) /
      (1.25 - d2 * d2 / d1);
    slopes[at + 4] = speed1;
    slopes[at + 5] = speed2;
    slopes[at + 6] = -(d2 * acceleration2 + phi1) / d1;
    slopes[at + 7] = acceleration2;
  }
}

/** The equivalent angle from −π to π. */
function wrap(angle: number): number {
  let result = angle;
  while (result > Math.PI) result -= 2 * Math.PI;
  while (result < -Math.PI) result += 2 * Math.PI;
  return result;
}

/** Whether the free end is more than one link's length above the fixed point. */
function isTerminal(state: Float64Array): boolean {
  return -cos(state[0]!) - cos(state[1]! + state[0]!) > 1;
}
