/**
 * Environments by name.
 *
 * @module
 */

import { refusal } from "./values/describe.ts";
import { didYouMean } from "./values/nearest_name.ts";
import type { AcrobotOptions } from "./classic_control/acrobot.ts";
import type { BlackjackOptions } from "./toy_text/blackjack.ts";
import type { CartPoleOptions } from "./classic_control/cart_pole.ts";
import type { CliffWalkingOptions } from "./toy_text/cliff_walking.ts";
import type { Env } from "./env.ts";
import { type EnvOptions, envSpec } from "./env_spec.ts";
import type { FrozenLakeOptions } from "./toy_text/frozen_lake.ts";
import type { MiniGridEnvId } from "./minigrid_ids.ts";
import type { MountainCarOptions } from "./classic_control/mountain_car.ts";
import type { MountainCarContinuousOptions } from "./classic_control/mountain_car_continuous.ts";
import type { PendulumOptions } from "./classic_control/pendulum.ts";
import type { TaxiOptions } from "./toy_text/taxi.ts";
import { TimeLimit } from "./wrappers/time_limit.ts";

/** Options of {@linkcode makeEnv} for every environment. */
export interface MakeEnvOptions {
  /**
   * The largest number of steps in an episode, a whole number from 1, in place of the registered one; `Infinity` for
   * no limit.
   *
   * @default {the registered one}
   */
  maxEpisodeSteps?: number;
}

/** The environments of `@bellman/dqn/envs/mujoco`, whose options are described there. */
export type MujocoEnvId =
  | "Ant-v5"
  | "HalfCheetah-v5"
  | "Hopper-v5"
  | "InvertedDoublePendulum-v5"
  | "InvertedPendulum-v5"
  | "Reacher-v5"
  | "Swimmer-v5"
  | "Walker2d-v5";

/** The environments of this library by name: the type of each, and the options it takes. */
export interface KnownEnvs
  extends
    Record<MujocoEnvId, { env: Env<Float32Array, Float32Array>; options: EnvOptions }>,
    Record<MiniGridEnvId, { env: Env<Uint8Array, number>; options: EnvOptions }> {
  /** A pole to balance for 200 steps. */
  "CartPole-v0": { env: Env<Float32Array, number>; options: Omit<CartPoleOptions, "id"> };
  /** A pole to balance for 500 steps. */
  "CartPole-v1": { env: Env<Float32Array, number>; options: Omit<CartPoleOptions, "id"> };
  /** A car to swing up a hill within 200 steps. */
  "MountainCar-v0": { env: Env<Float32Array, number>; options: Omit<MountainCarOptions, "id"> };
  /** A car to drive up a hill by its throttle within 999 steps. */
  "MountainCarContinuous-v0": {
    env: Env<Float32Array, Float32Array>;
    options: Omit<MountainCarContinuousOptions, "id">;
  };
  /** A two-link arm to swing up within 500 steps. */
  "Acrobot-v1": { env: Env<Float32Array, number>; options: Omit<AcrobotOptions, "id"> };
  /** A rod to swing up and hold for 200 steps. */
  "Pendulum-v1": { env: Env<Float32Array, Float32Array>; options: Omit<PendulumOptions, "id"> };
  /** A frozen lake of 4 × 4 tiles, or your own map, to cross within 100 steps. */
  "FrozenLake-v1": { env: Env<number, number>; options: Omit<FrozenLakeOptions, "id"> };
  /** A frozen lake of 8 × 8 tiles to cross within 200 steps. */
  "FrozenLake8x8-v1": { env: Env<number, number>; options: Omit<FrozenLakeOptions, "id"> };
  /** A walk along a cliff. */
  "CliffWalking-v1": { env: Env<number, number>; options: Omit<CliffWalkingOptions, "id"> };
  /** A walk along a slippery cliff. */
  "CliffWalkingSlippery-v1": { env: Env<number, number>; options: Omit<CliffWalkingOptions, "id"> };
  /** A passenger to fetch and deliver within 200 steps. */
  "Taxi-v4": { env: Env<number, number>; options: Omit<TaxiOptions, "id"> };
  /** A game of cards; observations are arrays of three numbers. */
  "Blackjack-v1": { env: Env<readonly number[], number>; options: Omit<BlackjackOptions, "id"> };
}

/**
 * The type of an environment by its name: precise for this library's, general for others.
 *
 * @typeParam Id The name.
 */
export type EnvById<Id extends string> = Id extends keyof KnownEnvs ? KnownEnvs[Id]["env"] : Env;

/**
 * The options of an environment by its name: precise for this library's, general for others.
 *
 * @typeParam Id The name.
 */
export type EnvOptionsById<Id extends string> = Id extends keyof KnownEnvs ? KnownEnvs[Id]["options"]
  : EnvOptions;

/**
 * Makes a registered environment and applies its time limit, as Gymnasium's `make` does.
 *
 * @typeParam Id The name; known names give precise types.
 * @param id The name with its version, one of {@linkcode envIds}.
 * @param options The environment's own options, Gymnasium's keyword arguments in camelCase, and the time limit.
 * @returns The environment; nothing is drawn before its first reset.
 * @throws {TypeError} When the id is not text, or an option is unknown or has the wrong type.
 * @throws {RangeError} When the name is unknown, or an option is out of range.
 *
 * @example Usage
 * ```ts
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * env.reset({ seed: 42 });
 * let steps = 0;
 * for (let over = false; !over; steps++) {
 *   const { terminated, truncated } = env.step(steps % 2);
 *   over = terminated || truncated;
 * }
 * assertEquals(steps, 23);
 * assertThrows(() => makeEnv("CartPole-v2"), RangeError, "did you mean CartPole-v");
 * ```
 */
export function makeEnv<Id extends string>(
  id: Id,
  options?: EnvOptionsById<Id> & MakeEnvOptions,
): EnvById<Id>;
export function makeEnv(id: string, options: EnvOptions & MakeEnvOptions = {}): Env {
  const spec = envSpec(id);
  const action = `make ${id}`;
  const { maxEpisodeSteps: limit = spec.maxEpisodeSteps ?? Infinity, ...rest } = options;
  const known = spec.options ?? [];
  for (const name of Object.keys(rest)) {
    if (!known.includes(name)) {
      const names = [...known, "maxEpisodeSteps"];
      const error = refusal(TypeError, action, `options must be among ${names.join(", ")}`, name);
      error.message += didYouMean(name, names);
      throw error;
    }
  }
  if (limit !== Infinity && !(Number.isSafeInteger(limit) && limit >= 1)) {
    const kind = typeof limit === "number" ? RangeError : TypeError;
    throw refusal(kind, action, "maxEpisodeSteps must be a whole number from 1, or Infinity", limit);
  }
  const env = spec.create(rest);
  return limit === Infinity ? env : new TimeLimit(env, limit);
}
