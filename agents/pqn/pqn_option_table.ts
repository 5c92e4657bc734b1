/**
 * The table of PQN's own options.
 *
 * @module
 */

import { finiteNumber, wholeNumber } from "../dqn/option_ranges.ts";
import type { DqnOption } from "../dqn/dqn_option.ts";
import type { ResolvedPqnOptions } from "./pqn_options.ts";

/** The options of `Pqn` that `Dqn` lacks. */
export type OwnPqnOptionName = "rolloutSteps" | "epochs" | "miniBatches" | "lambda";

const COUNT = wholeNumber(1);

/**
 * Every option of `Pqn` that `Dqn` lacks: its default, range, meaning and source.
 *
 * @example Usage
 * ```ts
 * import { PQN_OPTIONS } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([PQN_OPTIONS.lambda.default, PQN_OPTIONS.lambda.range.rule], [0.9, "in [0, 1]"]);
 * ```
 */
export const PQN_OPTIONS: { readonly [K in OwnPqnOptionName]: DqnOption<ResolvedPqnOptions[K]> } = {
  rolloutSteps: {
    default: 32,
    range: COUNT,
    group: "learning",
    help: "steps of each environment between updates",
    source: "Gallici et al. 2025, algorithm 1, T",
  },
  epochs: {
    default: 4,
    range: COUNT,
    group: "learning",
    help: "passes over the steps of a rollout per update",
    source: "Gallici et al. 2025, algorithm 1",
  },
  miniBatches: {
    default: 4,
    range: COUNT,
    group: "learning",
    help: "gradient steps per pass, each on an equal part of the rollout",
    source: "Gallici et al. 2025, algorithm 1, B",
  },
  lambda: {
    default: 0.9,
    range: finiteNumber({ min: 0, max: 1 }),
    group: "learning",
    help: "share of the longer return in targets; 0 is a return of one step",
    source: "Peng & Williams 1994; Gallici et al. 2025, section 4",
  },
};

/** Whether a word is the name of an option of {@linkcode PQN_OPTIONS}. */
export function isOwnPqnOptionName(name: string): name is OwnPqnOptionName {
  return Object.hasOwn(PQN_OPTIONS, name);
}

/** The names of {@linkcode PQN_OPTIONS}, in its order. */
export const OWN_PQN_OPTION_NAMES: readonly OwnPqnOptionName[] = Object.keys(PQN_OPTIONS).filter(
  isOwnPqnOptionName,
);
