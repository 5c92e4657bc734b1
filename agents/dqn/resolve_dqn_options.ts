/**
 * Defaults and checks of the hyperparameters of DQN.
 *
 * @module
 */

import { type ConvolutionLayer, CONVOLUTIONS } from "../../nn/convolution_layers.ts";
import { checkDqnOptions } from "./_check_dqn_options.ts";
import { failOption } from "./check_options.ts";
import type { DqnOption } from "./dqn_option.ts";
import { DQN_OPTION_NAMES, DQN_OPTIONS } from "./dqn_option_table.ts";
import type { DqnOptions, ResolvedDqnOptions } from "./dqn_options.ts";
import { requireKnown } from "../require_known.ts";
import { constantSchedule } from "../schedule.ts";

/**
 * Fills in defaults and checks names, types and ranges.
 *
 * @param options What the user gave.
 * @returns Every option; arrays are copies.
 * @throws {TypeError} If an option is unknown, or of another type.
 * @throws {RangeError} If an option is out of range, or two of them contradict each other.
 *
 * @example Usage
 * ```ts
 * import { resolveDqnOptions } from "@bellman/dqn/agents";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(resolveDqnOptions({ gamma: 0.98 }).batchSize, 128);
 * assertThrows(() => resolveDqnOptions({ gamma: 1.5 }), RangeError, "gamma must be in [0, 1], got 1.5");
 * ```
 */
export function resolveDqnOptions(options: DqnOptions = {}): ResolvedDqnOptions {
  requireKnown("create a Dqn", "DqnOptions", options, DQN_OPTION_NAMES);
  const resolved: Partial<ResolvedDqnOptions> = {};
  const given = { ...options, convolution: layersOf("a Dqn", options.convolution) };
  for (const name of DQN_OPTION_NAMES) resolve(resolved, given, name);
  if (options.noisy === true) resolved.epsilon = options.epsilon ?? constantSchedule(0);
  if (options.targetUpdateEpisodes != null) resolved.targetUpdateInterval = options.targetUpdateInterval;
  checkDqnOptions(resolved);
  return {
    ...resolved,
    hidden: [...resolved.hidden],
    convolution: resolved.convolution?.map((layer) => ({ ...layer })),
  };
}

/** The convolution layers of an option; throws a RangeError if it is an unknown name. */
export function layersOf(
  what: string,
  convolution: DqnOptions["convolution"],
): readonly ConvolutionLayer[] | undefined {
  if (typeof convolution !== "string") return convolution ?? undefined;
  const layers = Object.hasOwn(CONVOLUTIONS, convolution) ? CONVOLUTIONS[convolution] : undefined;
  return layers ??
    failOption(RangeError, what, "convolution", DQN_OPTIONS.convolution.range.rule, convolution);
}

function resolve<K extends keyof ResolvedDqnOptions>(
  resolved: Partial<ResolvedDqnOptions>,
  options: Partial<ResolvedDqnOptions>,
  name: K,
): void {
  const row: DqnOption<ResolvedDqnOptions[K]> = DQN_OPTIONS[name];
  resolved[name] = options[name] ?? row.default;
}
