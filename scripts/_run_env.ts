import type { DiscreteObservation } from "../agents/mod.ts";
import {
  type Action,
  Box,
  Discrete,
  DiscreteActions,
  Discretize,
  type Env,
  envSpec,
  makeEnv,
  type Observation,
  OneHot,
  TimeLimit,
  Wrapper,
} from "../envs/mod.ts";
import type { Settings } from "./_settings.ts";

/** Where bins begin and end in place of bounds that are infinite or far beyond what happens, by environment. */
const BIN_BOUNDS: Readonly<Record<string, readonly number[]>> = {
  "CartPole-v0": [2.4, 3, 0.21, 3.5],
  "CartPole-v1": [2.4, 3, 0.21, 3.5],
};

/** What decides which environment a run is made in. */
export type RunEnvSettings = Pick<Settings, "env" | "envOptions" | "agent" | "bins" | "actionBins">;

/**
 * Makes the environment of a run, so that its agent can learn in it: actions become choices; for a network numbers become
 * vectors, for a table vectors become numbers.
 *
 * @param settings Which environment and which agent.
 * @returns The environment.
 * @throws {TypeError | RangeError} If there is no such environment, or an option is wrong.
 */
export function makeRunEnv(settings: RunEnvSettings): Env {
  const env = makeLimitedEnv(settings);
  if (settings.agent === "random") return env;
  const acting = hasVectorActions(env) ? new DiscreteActions(env, settings.actionBins) : env;
  if (settings.agent !== "q-learning") {
    return hasNumberObservations(acting) ? new OneHot(acting) : acting;
  }
  if (!hasVectorObservations(acting)) return acting;
  const bounds = BIN_BOUNDS[settings.env];
  const bins = settings.bins.length === 1 ? settings.bins[0]! : settings.bins;
  if (bounds === undefined) return new Discretize(acting, { bins });
  return new Discretize(acting, { bins, low: bounds.map((bound) => -bound), high: bounds });
}

/** Steps in an episode at most, where the environment has no limit of its own: a policy may walk in circles. */
const MOST_STEPS = 1_000;

function makeLimitedEnv({ env: id, envOptions }: RunEnvSettings): Env {
  const isLimited = envSpec(id).maxEpisodeSteps !== undefined || "maxEpisodeSteps" in envOptions;
  return makeEnv<string>(id, isLimited ? envOptions : { ...envOptions, maxEpisodeSteps: MOST_STEPS });
}

/** The environment that wrappers are around. */
export function unwrapped(env: Env): Env {
  let inner = env;
  while (inner instanceof Wrapper || inner instanceof TimeLimit) inner = inner.env;
  return inner;
}

/** Whether an environment shows vectors and takes discrete actions. */
export function isVectorEnv(env: Env): env is Env<Float32Array, number> {
  return env.observationSpace instanceof Box && env.actionSpace instanceof Discrete;
}

/** Whether an environment shows numbers that a table can have rows for, and takes discrete actions. */
export function isTableEnv(env: Env): env is Env<DiscreteObservation, number> {
  return !(env.observationSpace instanceof Box) && env.actionSpace instanceof Discrete;
}

function hasVectorActions(env: Env): env is Env<Observation, Float32Array> {
  return env.actionSpace instanceof Box;
}

function hasVectorObservations(env: Env): env is Env<Float32Array, Action> {
  return env.observationSpace instanceof Box;
}

function hasNumberObservations(env: Env): env is Env<number, Action> {
  return env.observationSpace instanceof Discrete;
}
