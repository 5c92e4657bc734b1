import { type Action, AddRenderObservation, type Env, FlattenObservation, Wrapper } from "../../envs/mod.ts";
import { MiniGridEnv } from "../../envs/minigrid/minigrid_env.ts";
import { OneHotPartialObs } from "../../envs/minigrid/one_hot_partial_obs.ts";

/**
 * Shows images as vectors; the numbers of a grid's objects, colours and states, which are no quantities, in zeros and ones.
 *
 * @param env An environment with images as observations.
 * @returns The environment with vectors.
 */
export function flattened(env: Env<Uint8Array, Action>): Env<Float32Array, Action> {
  return new FlattenObservation<Action, Uint8Array>(imagesOf(env));
}

/**
 * Images for convolutions; the numbers of a grid's objects, colours and states in zeros and ones.
 *
 * @param env An environment with images as observations.
 * @returns The environment with images.
 */
export function imagesOf(env: Env<Uint8Array, Action>): Env<Uint8Array, Action> {
  return isGrid(env) ? new OneHotPartialObs(env) : env;
}

/** Whether there is a MiniGridEnv inside whose observations, and not its pictures, are shown. */
function isGrid(env: Env<Uint8Array, Action>): env is Env<Uint8Array, number> {
  let inner: unknown = env;
  while (inner instanceof Wrapper && !(inner instanceof AddRenderObservation)) inner = inner.env;
  return inner instanceof MiniGridEnv;
}
