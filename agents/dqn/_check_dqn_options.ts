import { checkOptions, failOption } from "./check_options.ts";
import { DQN_OPTION_NAMES, DQN_OPTIONS } from "./dqn_option_table.ts";
import type { DqnOptions, ResolvedDqnOptions } from "./dqn_options.ts";

/**
 * Throws a TypeError or a RangeError if an option has the wrong type, is out of range, or contradicts another. The options of
 * an extension that is off must be in range, too.
 */
export function checkDqnOptions(options: DqnOptions): asserts options is ResolvedDqnOptions {
  checkOptions("a Dqn", options, DQN_OPTIONS, DQN_OPTION_NAMES);
  const { batchSize = NaN, bufferSize = NaN, vMin = NaN, vMax = NaN } = options;
  if (!(bufferSize >= batchSize)) fail(options, "bufferSize", `at least the batch size of ${batchSize}`);
  if (options.targetUpdateEpisodes !== undefined && options.targetUpdateInterval !== undefined) {
    fail(options, "targetUpdateEpisodes", "absent where targetUpdateInterval is given");
  }
  if (!(Math.fround(vMax) > Math.fround(vMin))) fail(options, "vMax", `finite and above vMin, ${vMin}`);
}

function fail(options: DqnOptions, name: keyof DqnOptions, rule: string): never {
  failOption(RangeError, "a Dqn", name, rule, options[name]);
}
