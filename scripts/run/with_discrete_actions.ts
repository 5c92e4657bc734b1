import { Box, DiscreteActions, type Env, MultiDiscreteActions } from "../../envs/mod.ts";
import type { RunEnvSettings } from "./agent_behaviour.ts";
import { hasVectorActions } from "./env_kinds.ts";

/** The most combinations of bins that `DiscreteActions` has actions for. */
const MOST_ACTIONS = 65_536;

/** An environment with Discrete actions; vectors of actions are cut into bins. */
export function withDiscreteActions(env: Env, { actionBins }: Pick<RunEnvSettings, "actionBins">): Env {
  return hasVectorActions(env) ? new DiscreteActions(env, actionBins) : env;
}

/**
 * The same for a network with decoupled heads: with `actionParts` each dimension of a vector is a part of the action.
 *
 * @throws {RangeError} If there are too many combinations of bins; the message names `--action-parts`.
 */
export function withChoices(env: Env, settings: Pick<RunEnvSettings, "actionBins" | "actionParts">): Env {
  const { actionBins, actionParts } = settings;
  if (actionParts && hasVectorActions(env)) return new MultiDiscreteActions(env, actionBins);
  const { actionSpace } = env;
  if (actionSpace instanceof Box && actionBins ** actionSpace.low.length > MOST_ACTIONS) {
    throw new RangeError(
      `Cannot make the actions of ${env.id} discrete: --action-bins must give at most ${MOST_ACTIONS} combinations, got ${actionBins} in each of ${actionSpace.low.length} dimensions (--action-parts needs no combinations)`,
    );
  }
  return withDiscreteActions(env, settings);
}
