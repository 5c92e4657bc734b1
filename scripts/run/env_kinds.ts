import type { DiscreteObservation } from "../../agents/mod.ts";
import {
  type Action,
  Box,
  type BoxArray,
  Discrete,
  type DiscreteAction,
  type Env,
  isBoxOf,
  MultiDiscrete,
  type Observation,
  Tuple,
} from "../../envs/mod.ts";

/** Whether observations are vectors or images, of numbers alone, and actions Discrete or MultiDiscrete. */
export function isVectorEnv(env: Env): env is Env<Float32Array, DiscreteAction> {
  return isBoxOf("float32", env.observationSpace) && isNetworkEnv(env);
}

/** Whether observations are vectors or images, of numbers or bytes, and actions Discrete or MultiDiscrete. */
export function isNetworkEnv(env: Env): env is Env<BoxArray, DiscreteAction> {
  return env.observationSpace instanceof Box &&
    (env.actionSpace instanceof Discrete || env.actionSpace instanceof MultiDiscrete);
}

/** Whether observations can be rows of a table, and actions are Discrete. */
export function isTableEnv(env: Env): env is Env<DiscreteObservation, number> {
  return !(env.observationSpace instanceof Box) && env.actionSpace instanceof Discrete;
}

/** Whether actions are Discrete. */
export function hasDiscreteActions(env: Env): env is Env<Observation, number> {
  return env.actionSpace instanceof Discrete;
}

/** Whether the actions of an environment are vectors. */
export function hasVectorActions(env: Env): env is Env<Observation, Float32Array> {
  return isBoxOf("float32", env.actionSpace);
}

/** Whether observations are vectors. */
export function hasVectorObservations(env: Env): env is Env<Float32Array, Action> {
  return isBoxOf("float32", env.observationSpace);
}

/** Whether observations are images. */
export function hasImageObservations(env: Env): env is Env<Uint8Array, Action> {
  return isBoxOf("uint8", env.observationSpace);
}

/** Whether observations are Discrete or a Tuple of Discrete. */
export function hasCountedObservations(env: Env): env is Env<DiscreteObservation, Action> {
  return env.observationSpace instanceof Discrete || env.observationSpace instanceof Tuple;
}

/** Number of actions to choose from; 0 if they are not Discrete. */
export function actionCount({ actionSpace }: Pick<Env, "actionSpace">): number {
  return actionSpace instanceof Discrete ? actionSpace.n : 0;
}

/** The same for an architecture: with MultiDiscrete actions, the number of values of each part. */
export function actionCounts({ actionSpace }: Pick<Env, "actionSpace">): number | readonly number[] {
  return actionSpace instanceof MultiDiscrete ? actionSpace.nvec : actionCount({ actionSpace });
}
