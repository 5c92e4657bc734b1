import type { Action, Env, Observation } from "./env.ts";
import type { BoxArray } from "./spaces/box_dtype.ts";
import type { IntoEnv } from "./into_env.ts";
import { refusal } from "./values/describe.ts";
import { findSharedEnv } from "./wrappers/shared_env.ts";
import { TimeLimit } from "./wrappers/time_limit.ts";

/** Copies of an environment, all new and with the same spaces. */
export function makeCopies<O extends Observation, A extends Action>(
  action: string,
  make: () => Env<O, A>,
  count: number,
): Env<O, A>[] {
  if (typeof make !== "function") throw refusal(TypeError, action, "make must be a function", make);
  const expected = "count must be a whole number from 1";
  if (!Number.isSafeInteger(count)) throw refusal(TypeError, action, expected, count);
  if (count < 1) throw refusal(RangeError, action, expected, count);
  const whole = Array.from({ length: count }, () => requireEnv(action, make()));
  const shared = findSharedEnv(whole);
  if (shared !== undefined) {
    throw new TypeError(
      `Cannot ${action}: make must return a new environment each time, got the same for copies ${shared.earlier} and ${shared.index}`,
    );
  }
  for (const env of whole) requireSame(action, whole[0]!, env);
  return whole;
}

/** The environment that steps into rows and its limit, if there is one; else the environment unchanged. */
export function withoutLimit(env: Env): { env: Env; limit: number } {
  return env instanceof TimeLimit && isIntoEnv(env.env)
    ? { env: env.env, limit: env.maxEpisodeSteps }
    : { env, limit: Infinity };
}

/** Whether an environment can write its results into the caller's memory. */
export function isIntoEnv(env: Env): env is Env & IntoEnv<Action, BoxArray> {
  return "stepInto" in env && typeof env.stepInto === "function" && "resetInto" in env &&
    typeof env.resetInto === "function";
}

/** The result of a factory, checked to be an environment; a promise is refused. */
function requireEnv<E extends Env>(action: string, env: E): E {
  if (typeof env === "object" && env !== null && typeof env.step === "function") return env;
  throw refusal(TypeError, action, "make must return an environment", env);
}

function requireSame(action: string, first: Env, env: Env): void {
  const words = ({ id, observationSpace, actionSpace, maxEpisodeSteps, offersActionMask }: Env) => {
    const masks = offersActionMask === true ? ", action masks" : "";
    return `${id} with ${observationSpace}, ${actionSpace}${masks} and limit ${maxEpisodeSteps}`;
  };
  if (words(env) !== words(first)) {
    throw new RangeError(
      `Cannot ${action}: every copy must be the same environment, got ${words(first)} and ${words(env)}`,
    );
  }
}
