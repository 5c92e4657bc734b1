import { type Env, envSpec, makeEnv, NormalizeObservation, TimeLimit, Wrapper } from "../../envs/mod.ts";
import type { RunEnvSettings } from "./agent_behaviour.ts";
import { behaviourOf } from "./agent_behaviours.ts";

/**
 * Creates the environment of a run, adapted to its agent: actions become choices; for a network numbers become
 * vectors, for a table vectors become numbers.
 *
 * @param settings The environment and the agent.
 * @returns The environment.
 * @throws {TypeError | RangeError} If there is no such environment, an option is wrong, or a table would be too large.
 */
export function makeRunEnv(settings: RunEnvSettings): Env {
  return behaviourOf(settings.agent).wrap(makeLimitedEnv(settings), settings);
}

/** Mean and deviation by which a run's environment normalises observations; undefined if it does not. */
export function normalizationOf(env: Env): { mean: Float64Array; std: Float64Array } | undefined {
  let inner = env;
  while (inner instanceof Wrapper || inner instanceof TimeLimit) {
    if (inner instanceof NormalizeObservation) return { mean: inner.mean, std: inner.std };
    inner = inner.env;
  }
  return undefined;
}

/** Most steps of an episode if the environment has no time limit: a policy may walk in circles. */
const MOST_STEPS = 1_000;

function makeLimitedEnv({ env: id, envOptions }: RunEnvSettings): Env {
  const isLimited = envSpec(id).maxEpisodeSteps !== undefined || "maxEpisodeSteps" in envOptions;
  return makeEnv<string>(id, isLimited ? envOptions : { ...envOptions, maxEpisodeSteps: MOST_STEPS });
}

/** The environment inside all wrappers. */
export function unwrapped(env: Env): Env {
  let inner = env;
  while (inner instanceof Wrapper || inner instanceof TimeLimit) inner = inner.env;
  return inner;
}
