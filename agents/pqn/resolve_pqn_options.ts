/**
 * Defaults and checks of the hyperparameters of PQN.
 *
 * @module
 */

import { checkOptions, failOption } from "../dqn/check_options.ts";
import { DQN_OPTIONS } from "../dqn/dqn_option_table.ts";
import { layersOf } from "../dqn/resolve_dqn_options.ts";
import { requireKnown } from "../require_known.ts";
import { constantSchedule, linearSchedule } from "../schedule.ts";
import { OWN_PQN_OPTION_NAMES, PQN_OPTIONS } from "./pqn_option_table.ts";
import type { PqnOptions, ResolvedPqnOptions, SharedPqnOptionName } from "./pqn_options.ts";

/** The options that are `Dqn`'s, too. */
const SHARED: readonly SharedPqnOptionName[] = [
  "seed",
  "convolution",
  "observationScale",
  "hidden",
  "layerNorm",
  "initializer",
  "gamma",
  "adamEpsilon",
  "epsilon",
  "loss",
  "maxGradNorm",
  "dueling",
  "kernel",
];

/**
 * Fills in defaults and checks names, types and ranges.
 *
 * @param options The options given.
 * @param copies Number of environments, a whole number from 1.
 * @returns Every option; arrays are copies.
 * @throws {TypeError} If an option is unknown or of the wrong type.
 * @throws {RangeError} If an option is out of range, or the mini-batches do not divide a rollout.
 *
 * @example Usage
 * ```ts
 * import { resolvePqnOptions } from "@bellman/dqn/agents";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(resolvePqnOptions({ gamma: 0.98 }, 8).rolloutSteps, 32);
 * assertThrows(
 *   () => resolvePqnOptions({ rolloutSteps: 5 }, 2),
 *   RangeError,
 *   "miniBatches must divide the 10 steps of a rollout, 2 × 5, got 4",
 * );
 * ```
 */
export function resolvePqnOptions(options: PqnOptions, copies: number): ResolvedPqnOptions {
  requireKnown("create a Pqn", "PqnOptions", options, [...SHARED, ...OWN_PQN_OPTION_NAMES, "learningRate"]);
  const { learningRate = 1e-3 } = options;
  requireLearningRate(learningRate);
  const resolved: ResolvedPqnOptions = {
    seed: options.seed ?? DQN_OPTIONS.seed.default,
    convolution: layersOf("a Pqn", options.convolution)?.map((layer) => ({ ...layer })),
    observationScale: options.observationScale,
    hidden: options.hidden ?? DQN_OPTIONS.hidden.default,
    layerNorm: options.layerNorm ?? true,
    initializer: options.initializer ?? DQN_OPTIONS.initializer.default,
    gamma: options.gamma ?? DQN_OPTIONS.gamma.default,
    adamEpsilon: options.adamEpsilon ?? DQN_OPTIONS.adamEpsilon.default,
    epsilon: options.epsilon ?? linearSchedule(1, 0.05, 25_000),
    loss: options.loss ?? DQN_OPTIONS.loss.default,
    maxGradNorm: options.maxGradNorm,
    dueling: options.dueling ?? DQN_OPTIONS.dueling.default,
    kernel: options.kernel,
    rolloutSteps: options.rolloutSteps ?? PQN_OPTIONS.rolloutSteps.default,
    epochs: options.epochs ?? PQN_OPTIONS.epochs.default,
    miniBatches: options.miniBatches ?? PQN_OPTIONS.miniBatches.default,
    lambda: options.lambda ?? PQN_OPTIONS.lambda.default,
    learningRate: typeof learningRate === "function" ? learningRate : constantSchedule(learningRate),
  };
  checkOptions("a Pqn", resolved, DQN_OPTIONS, SHARED);
  checkOptions("a Pqn", resolved, PQN_OPTIONS, OWN_PQN_OPTION_NAMES);
  const { rolloutSteps, miniBatches } = resolved;
  const rows = copies * rolloutSteps;
  if (rows % miniBatches !== 0) {
    const rule = `divide the ${rows} steps of a rollout, ${copies} × ${rolloutSteps}`;
    throw new RangeError(`Cannot create a Pqn: miniBatches must ${rule}, got ${miniBatches}`);
  }
  return { ...resolved, hidden: [...resolved.hidden] };
}

function requireLearningRate(learningRate: unknown): void {
  const { range } = DQN_OPTIONS.learningRate;
  if (!range.isOfType(learningRate)) {
    failOption(TypeError, "a Pqn", "learningRate", range.type, learningRate);
  }
  if (!range.accepts(learningRate)) failOption(RangeError, "a Pqn", "learningRate", range.rule, learningRate);
}
