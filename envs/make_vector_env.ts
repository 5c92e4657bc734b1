/**
 * Many copies of an environment by name.
 *
 * @module
 */

import type { Env } from "./env.ts";
import type { EnvOptions } from "./env_spec.ts";
import { type EnvById, type EnvOptionsById, makeEnv, type MakeEnvOptions } from "./make_env.ts";
import { VectorEnv } from "./vector_env.ts";

/**
 * The type of copies of an environment by its name: precise for this library's, general for others.
 *
 * @typeParam Id The name.
 */
export type VectorEnvById<Id extends string> = EnvById<Id> extends Env<infer O, infer A> ? VectorEnv<O, A>
  : VectorEnv;

/**
 * Makes copies of a registered environment, as Gymnasium's `make_vec` does.
 *
 * @typeParam Id The name.
 * @param id The name with its version, one of {@linkcode envIds}.
 * @param count Number of copies, a whole number from 1.
 * @param options As for {@linkcode makeEnv}.
 * @returns The copies, not reset.
 * @throws {TypeError} When the id is not text, an option is unknown or has the wrong type, or `count` is not a
 * whole number.
 * @throws {RangeError} When the name is unknown, or an option or `count` is out of range.
 *
 * @example Usage
 * ```ts
 * import { makeVectorEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const envs = makeVectorEnv("MountainCar-v0", 3, { maxEpisodeSteps: 50 });
 * envs.reset({ seed: 0 });
 * for (let i = 0; i < 50; i++) envs.step([0, 1, 2]);
 * assertEquals([...envs.truncated], [1, 1, 1]);
 * ```
 */
export function makeVectorEnv<Id extends string>(
  id: Id,
  count: number,
  options?: EnvOptionsById<Id> & MakeEnvOptions,
): VectorEnvById<Id>;
export function makeVectorEnv(
  id: string,
  count: number,
  options: EnvOptions & MakeEnvOptions = {},
): VectorEnv {
  return new VectorEnv((): Env => makeEnv<string>(id, options), count);
}
