/**
 * A check of environments.
 *
 * @module
 */

import { describe } from "./values/describe.ts";
import { EnvCheck } from "./_env_check.ts";
import type { Env } from "./env.ts";

/** Options of {@linkcode checkEnv}. */
export interface CheckEnvOptions {
  /**
   * Number of steps in each pass, a whole number from 1; enough for some episodes to end.
   *
   * @default {500}
   */
  steps?: number;
}

const METHODS = ["reset", "step", "render", "snapshot", "restore"] as const;
const SPACE_METHODS = ["seed", "sample", "contains", "snapshot", "restore"] as const;

/**
 * Checks your own environment, as Gymnasium's checker does (`gymnasium/utils/env_checker.py` and
 * `passive_env_checker.py`), and also everything that training relies on: the contract is complete,
 * spaces are valid, observations are in their space and of the right type, rewards are finite, flags are true or false,
 * a seed determines everything, steps out of order and impossible actions are refused, returned arrays belong to the caller,
 * action masks fit, a restored snapshot continues identically, and a picture can be drawn.
 *
 * @param env A fresh environment, not yet reset. The check plays in it; make another one for training.
 * @param options The number of steps.
 * @throws {TypeError | RangeError | Error} At the first fault: what was expected, what was found, and how to
 * fix it.
 *
 * @example Usage
 * ```ts
 * import { CartPole, checkEnv } from "@bellman/dqn/envs";
 * import { assertThrows } from "@std/assert";
 *
 * checkEnv(new CartPole()); // returns without an error: all is well
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

/** Checks that every member of the contract is present. */
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
