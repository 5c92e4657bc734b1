/**
 * The network architecture that hyperparameters describe.
 *
 * @module
 */

import type { Box } from "../../envs/spaces/box.ts";
import type { BoxDtype } from "../../envs/spaces/box_dtype.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import type { DqnOptions } from "./dqn_options.ts";
import { observationLayout } from "./observation_layout.ts";
import { resolveDqnOptions } from "./resolve_dqn_options.ts";

/**
 * The network architecture that DQN options describe.
 *
 * @param observations The observation space, or the length of a vector of float32.
 * @param actions Number of actions, or a list with the number of values of each part of an action.
 * @param options The options; only `hidden`, `dueling`, `noisy`, `distribution`, `atoms`, `vMin`, `vMax`,
 * `layerNorm`, `convolution` and `observationScale` matter.
 * @returns The architecture.
 * @throws {TypeError | RangeError} If an option has the wrong type or is out of range.
 *
 * @example Usage
 * ```ts
 * import { architectureOf } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const { hidden, atoms } = architectureOf(4, 2, { distribution: "c51" });
 * assertEquals([hidden, atoms], [[64, 64], 51]);
 * assertEquals(architectureOf(4, 2, {}).atoms, 1);
 * ```
 */
export function architectureOf(
  observations: number | Box<BoxDtype>,
  actions: number | readonly number[],
  options: Pick<
    DqnOptions,
    | "hidden"
    | "dueling"
    | "noisy"
    | "distribution"
    | "atoms"
    | "vMin"
    | "vMax"
    | "layerNorm"
    | "convolution"
    | "observationScale"
  >,
): NetworkArchitecture {
  const { hidden, dueling, noisy, distribution, atoms, vMin, vMax, layerNorm } = options;
  const { convolution, observationScale } = options;
  const resolved = resolveDqnOptions({
    ...(hidden === undefined ? {} : { hidden }),
    ...(dueling === undefined ? {} : { dueling }),
    ...(noisy === undefined ? {} : { noisy }),
    ...(distribution === undefined ? {} : { distribution }),
    ...(atoms === undefined ? {} : { atoms }),
    ...(vMin === undefined ? {} : { vMin }),
    ...(vMax === undefined ? {} : { vMax }),
    ...(layerNorm === undefined ? {} : { layerNorm }),
    ...(convolution === undefined ? {} : { convolution }),
    ...(observationScale === undefined ? {} : { observationScale }),
  });
  const isCategorical = resolved.distribution === "c51";
  return {
    ...(typeof observations === "number"
      ? { observationLength: observations }
      : observationLayout(observations, resolved, "a Dqn")),
    hidden: resolved.hidden,
    actionCount: typeof actions === "number" ? actions : actions.reduce((sum, count) => sum + count, 0),
    ...(typeof actions === "number" ? {} : { actionParts: [...actions] }),
    dueling: resolved.dueling,
    noisy: resolved.noisy,
    distribution: resolved.distribution,
    atoms: resolved.distribution === "none" ? 1 : resolved.atoms,
    vMin: isCategorical ? resolved.vMin : 0,
    vMax: isCategorical ? resolved.vMax : 0,
    ...(resolved.layerNorm ? { layerNorm: true } : {}),
  };
}
