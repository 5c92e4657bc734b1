/**
 * CartPole: balance a pole on a cart.
 *
 * @module
 */

import { drawCartPole } from "./_cart_pole_scene.ts";
import { EnvCore, NO_INFO } from "../env_core.ts";
import { booleanOption } from "../values/options.ts";
import { sinCos } from "../../nn/math/trig.ts";
import { Box } from "../spaces/box.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { IntoEnv } from "../into_env.ts";
import type { Scene } from "../scenes/scene.ts";

/** The constants of `gymnasium/envs/classic_control/cartpole.py`, in SI units. */
const GRAVITY = 9.8;
const MASS_POLE = 0.1;
const TOTAL_MASS = 0.1 + 1.0;
const HALF_LENGTH = 0.5;
const POLE_MASS_LENGTH = 0.1 * 0.5;
const FORCE = 10;
const SECONDS_PER_STEP = 0.02;
const X_LIMIT = 2.4;
const ANGLE_LIMIT = 12 * 2 * Math.PI / 360;

/** No component of a state ever exceeds this: within the limits, one step covers at most a few units. */
const PLAUSIBLE = [-1000, 1000] as const;
const RANGES = [PLAUSIBLE, PLAUSIBLE, PLAUSIBLE, PLAUSIBLE];

/** Options of {@linkcode CartPole}. */
export interface CartPoleOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"CartPole-v1"}
   */
  id?: string;
  /**
   * Whether rewards are those of Barto, Sutton and Anderson: 0 per step and -1 for falling, instead of 1 per step.
   *
   * @default {false}
   */
  suttonBartoReward?: boolean;
}

/**
 * A pole hinged on a cart that is pushed left or right along a track; the task is to keep it upright (A. G. Barto,
 * R. S. Sutton and C. W. Anderson, "Neuronlike Adaptive Elements That Can Solve Difficult Learning Control Problems",
 * 1983). Same seed and actions, same numbers as Gymnasium (`gymnasium/envs/classic_control/cartpole.py`). It has no
 * time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit | ends beyond |
 * |---|---|---|
 * | cart position | m | ±2.4 |
 * | cart velocity | m/s | |
 * | pole angle, 0 upright, positive to the right | rad | ±0.2095 (12°) |
 * | pole angular velocity | rad/s | |
 *
 * Actions: 0 pushes left, 1 pushes right, with 10 N for 0.02 s. Reward: 1 for every step, including the last.
 *
 * @example Usage
 * ```ts
 * import { CartPole } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new CartPole();
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals(observation[0], Math.fround(0.013696168732145436));
 * const { reward, terminated } = env.step(1);
 * assertEquals([reward, terminated], [1, false]);
 * ```
 */
export class CartPole implements IntoEnv<number> {
  /** The registered name. */
  readonly id: string;
  /** Position, velocity, angle, angular velocity; the bounds are twice the limits, as in Gymnasium. */
  readonly observationSpace: Box;
  /** 0 pushes left, 1 pushes right. */
  readonly actionSpace: Discrete;
  /** The reward of the last step. */
  lastReward: number = 0;
  /** Whether the last step ended the task. */
  lastTerminated: boolean = false;
  readonly #suttonBartoReward: boolean;
  readonly #core: EnvCore;
  /** Position, velocity, angle, angular velocity, in float64 throughout. */
  readonly #state: Float64Array = new Float64Array(4);
  readonly #sinCos: Float64Array = new Float64Array(2);

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id and the kind of reward.
   * @throws {TypeError} When an option has the wrong type.
   */
  constructor(options: CartPoleOptions = {}) {
    this.id = options.id ?? "CartPole-v1";
    this.#suttonBartoReward = booleanOption(this.id, "suttonBartoReward", options.suttonBartoReward, false);
    const high = [2 * X_LIMIT, Infinity, 2 * ANGLE_LIMIT, Infinity];
    this.observationSpace = new Box(high.map((bound) => -bound), high, {
      names: [
        "cart position (m)",
        "cart velocity (m/s)",
        "pole angle (rad)",
        "pole angular velocity (rad/s)",
      ],
    });
    this.actionSpace = new Discrete(2, { meanings: ["push left", "push right"] });
    const settings = { suttonBartoReward: this.#suttonBartoReward };
    this.#core = new EnvCore(this.id, settings, this.observationSpace, this.actionSpace);
  }

  /**
   * Starts an episode: each component is drawn from [-0.05, 0.05).
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, four elements.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<Float32Array> {
    const observation = new Float32Array(4);
    this.resetInto(observation, options);
    return { observation, info: NO_INFO };
  }

  /**
   * Starts an episode, like {@linkcode reset}.
   *
   * @param into Receives the first observation, four elements.
   * @param options The seed; without it the random stream continues.
   * @throws {TypeError} When `into` has another length, or the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  resetInto(into: Float32Array, options: ResetOptions = {}): void {
    this.#core.requireInto("reset", into, 4);
    this.#core.begin(options);
    for (let i = 0; i < 4; i++) into[i] = this.#state[i] = this.#core.generator.uniform(-0.05, 0.05);
  }

  /**
   * Pushes the cart for 0.02 s: one step of Euler's method with the old velocities.
   *
   * @param action 0 for left, 1 for right.
   * @returns The observation of four elements, the reward, and whether the cart or the pole is beyond its limit;
   * `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is neither 0 nor 1.
   */
  step(action: number): StepResult<Float32Array> {
    const observation = new Float32Array(4);
    this.stepInto(action, observation);
    const { lastReward: reward, lastTerminated: terminated } = this;
    return { observation, reward, terminated, truncated: false, info: NO_INFO };
  }

  /**
   * Pushes the cart as {@linkcode step} does.
   *
   * @param action 0 for left, 1 for right.
   * @param into Receives the observation, four elements.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When `into` has another length, or the action is not a whole number.
   * @throws {RangeError} When the action is neither 0 nor 1.
   */
  stepInto(action: number, into: Float32Array): void {
    this.#core.requireInto("step", into, 4);
    this.#core.requireRunning();
    this.#core.requireAction(this.actionSpace, action);
    const state = this.#state;
    const x = state[0]!;
    const velocity = state[1]!;
    const angle = state[2]!;
    const angularVelocity = state[3]!;
    sinCos(angle, this.#sinCos);
    const sin = this.#sinCos[0]!;
    const cos = this.#sinCos[1]!;

    // The order of operations is Gymnasium's: another would round differently.
    const force = action === 1 ? FORCE : -FORCE;
    const temp = (force + POLE_MASS_LENGTH * (angularVelocity * angularVelocity) * sin) / TOTAL_MASS;
    const angularAcceleration = (GRAVITY * sin - cos * temp) /
      (HALF_LENGTH * (4 / 3 - MASS_POLE * (cos * cos) / TOTAL_MASS));
    const acceleration = temp - POLE_MASS_LENGTH * angularAcceleration * cos / TOTAL_MASS;
    into[0] = state[0] = x + SECONDS_PER_STEP * velocity;
    into[1] = state[1] = velocity + SECONDS_PER_STEP * acceleration;
    into[2] = state[2] = angle + SECONDS_PER_STEP * angularVelocity;
    into[3] = state[3] = angularVelocity + SECONDS_PER_STEP * angularAcceleration;

    const terminated = isTerminal(state);
    if (terminated) this.#core.phase = "ended";
    this.lastTerminated = terminated;
    this.lastReward = this.#suttonBartoReward ? terminated ? -1 : 0 : 1;
  }

  /**
   * The picture of the current state, in metres: the track, the cart, the pole and its axle.
   *
   * @returns The scene; before the first reset, with the pole upright in the middle.
   */
  render(): Scene {
    return drawCartPole(this.#state[0]!, this.#state[2]!);
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
   * @param snapshot The snapshot of a CartPole with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, RANGES, isTerminal);
  }
}

function isTerminal(state: Float64Array): boolean {
  const x = state[0]!;
  const angle = state[2]!;
  return x < -X_LIMIT || x > X_LIMIT || angle < -ANGLE_LIMIT || angle > ANGLE_LIMIT;
}
