/**
 * The description of an environment's spaces in a policy file.
 *
 * @module
 */

import type { Box } from "../../envs/spaces/box.ts";
import type { BoxDtype } from "../../envs/spaces/box_dtype.ts";
import { Discrete } from "../../envs/spaces/discrete.ts";
import { MultiDiscrete } from "../../envs/spaces/multi_discrete.ts";
import type { Space } from "../../envs/spaces/space.ts";

/**
 * The metadata of `policy.onnx` that describes observations and actions.
 *
 * @param observationSpace The environment's observation space.
 * @param actionSpace The environment's action space.
 * @returns Texts by name: `observation_space` and `action_space`, and, if the spaces have names, `observation_names` and
 * `action_meanings` as JSON lists. For actions of several parts `action_meanings` is a list of lists, and there may be `action_names`.
 *
 * @example Usage
 * ```ts
 * import { spaceMetadata } from "@bellman/dqn/agents";
 * import { CartPole } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const { observationSpace, actionSpace } = new CartPole();
 * assertEquals(spaceMetadata(observationSpace, actionSpace).action_space, "Discrete(2)");
 * ```
 */
export function spaceMetadata(
  observationSpace: Box<BoxDtype>,
  actionSpace: Space<unknown>,
): Record<string, string> {
  const { names } = observationSpace;
  const { meanings } = actionSpace instanceof Discrete || actionSpace instanceof MultiDiscrete
    ? actionSpace
    : {};
  const parts = actionSpace instanceof MultiDiscrete ? actionSpace.names : undefined;
  return {
    observation_space: String(observationSpace),
    action_space: String(actionSpace),
    ...(names === undefined ? {} : { observation_names: JSON.stringify(names) }),
    ...(parts === undefined ? {} : { action_names: JSON.stringify(parts) }),
    ...(meanings === undefined ? {} : { action_meanings: JSON.stringify(meanings) }),
  };
}
