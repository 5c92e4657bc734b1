/**
 * Environments put to the test.
 *
 * @module
 */

import { describe } from "./values/describe.ts";
import { EnvCheck } from "./_env_check.ts";
import type { Env } from "./env.ts";

/** Options of {@linkcode checkEnv}. */
export interface CheckEnvOptions {
  /**
   * How many steps to take in each of the passes, a whole number from 1; enough that some episodes end.
   *
   * @default {500}
   */
  steps?: number;
}

const METHODS = ["reset", "step", "render", "snapshot", "restore"] as const;
const SPACE_METHODS = ["seed", "sample", "contains", "snapshot", "restore"] as const;

/**
 * Checks your own environment, as Gymnasium's checker does (`gymnasium/utils/env_checker.py` and
 * `passive_env_checker.py`), and beyond it what training here relies on: that everything of the contract is there, that
 * spaces are sane, observations lie in theirs and are of the right type, rewards are finite, flags are true or false,
 * a seed decides everything, steps out of order and impossible actions are refused, what is returned is the caller's
 * to keep, action masks fit, a snapshot continues the same, and a picture can be drawn.
 *
 * @param env A fresh environment, not yet reset. It is played with; make another one to train in.
 * @param options How many steps to take.
 * @throws {TypeError | RangeError | Error} At the first thing that is wrong: what was expected, what was got, and what to
 * do about it.
 *
 * @example Usage
 * ```ts
 * import { CartPole, checkEnv } from "@bellman/dqn/envs";
 * import { assertThrows } from "@std/assert";
 *
 * checkEnv(new CartPole()); // says nothing: all is well
 *
 * class Wrong extends CartPole {
 *   override step(action: number) {
 *     return { ...super.step(action), reward: NaN };
 *   }
 * }
 * assertThrows(() => checkEnv(new Wrong()), RangeError, "reward of step() must be a finite number, got NaN");
 * ```
 */
export function checkEnv(env: Env, options: CheckEnvOptions = {}): void {
  const { steps = 500 } = options;
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new RangeError(
      `Cannot check an environment: steps must be a whole number from 1, got ${describe(steps)}`,
    );
  }
  checkMembers(env);
  const check = new EnvCheck(env, steps);
  check.spaces();
  check.stepBeforeReset();
  check.reset();
  check.play();
  check.badActions();
  check.repeats();
  check.ownership();
  check.snapshots();
  check.scene();
}

/** That everything of the contract is there. */
function checkMembers(env: unknown): void {
  const action = "use this environment";
  if (typeof env !== "object" || env === null) {
    throw new TypeError(`Cannot ${action}: it must be an object, got ${describe(env)}`);
  }
  const id: unknown = Reflect.get(env, "id");
  if (typeof id !== "string" || id === "") {
    throw new TypeError(
      `Cannot ${action}: id must be a name, got ${
        describe(id)
      } (give it one with a version, as in "MyEnv-v0")`,
    );
  }
  for (const name of METHODS) {
    const method: unknown = Reflect.get(env, name);
    if (typeof method === "function") continue;
    throw new TypeError(
      `Cannot use ${id}: ${name} must be a method, got ${describe(method)} (see the type Env)`,
    );
  }
  for (const name of ["observationSpace", "actionSpace"]) {
    const space: unknown = Reflect.get(env, name);
    const isSpace = typeof space === "object" && space !== null &&
      SPACE_METHODS.every((method) => typeof Reflect.get(space, method) === "function");
    if (isSpace) continue;
    throw new TypeError(
      `Cannot use ${id}: ${name} must be a space, got ${
        describe(space)
      } (say new Box(low, high) or new Discrete(n))`,
    );
  }
}
