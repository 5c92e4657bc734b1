import { DiscreteActions, type Env } from "../../envs/mod.ts";
import { hasVectorActions } from "./env_kinds.ts";

/** An environment with Discrete actions; vectors of actions are cut into bins. */
export function withDiscreteActions(env: Env, { actionBins }: { readonly actionBins: number }): Env {
  return hasVectorActions(env) ? new DiscreteActions(env, actionBins) : env;
}
