import type { DiscreteObservation } from "../../agents/mod.ts";
import { type Action, Box, Discrete, type Env, type Observation, Tuple } from "../../envs/mod.ts";

/** Whether an environment shows vectors and takes discrete actions. */
export function isVectorEnv(env: Env): env is Env<Float32Array, number> {
  return env.observationSpace instanceof Box && env.actionSpace instanceof Discrete;
}

/** Whether an environment shows numbers that a table can have rows for, and takes discrete actions. */
export function isTableEnv(env: Env): env is Env<DiscreteObservation, number> {
  return !(env.observationSpace instanceof Box) && env.actionSpace instanceof Discrete;
}

/** Whether the actions of an environment are vectors. */
export function hasVectorActions(env: Env): env is Env<Observation, Float32Array> {
  return env.actionSpace instanceof Box;
}

/** Whether an environment shows vectors. */
export function hasVectorObservations(env: Env): env is Env<Float32Array, Action> {
  return env.observationSpace instanceof Box;
}

/** Whether what an environment shows can be counted. */
export function hasCountedObservations(env: Env): env is Env<DiscreteObservation, Action> {
  return env.observationSpace instanceof Discrete || env.observationSpace instanceof Tuple;
}

/** Number of actions to choose from; 0 where they are not Discrete. */
export function actionCount({ actionSpace }: Pick<Env, "actionSpace">): number {
  return actionSpace instanceof Discrete ? actionSpace.n : 0;
}
