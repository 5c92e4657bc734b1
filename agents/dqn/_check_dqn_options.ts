import { DQN_OPTION_NAMES, DQN_OPTIONS } from "./dqn_option_table.ts";
import type { DqnOptions, ResolvedDqnOptions } from "./dqn_options.ts";

/**
 * Throws a TypeError or a RangeError if an option has the wrong type, is out of range, or contradicts another. The options of
 * an extension that is off must be in range, too.
 */
export function checkDqnOptions(options: DqnOptions): asserts options is ResolvedDqnOptions {
  for (const name of DQN_OPTION_NAMES) {
    const { range } = DQN_OPTIONS[name];
    if (!range.isOfType(options[name])) fail(TypeError, options, name, range.type);
  }
  for (const name of DQN_OPTION_NAMES) {
    const { range } = DQN_OPTIONS[name];
    if (!range.accepts(options[name])) fail(RangeError, options, name, range.rule);
  }
  const { batchSize = NaN, bufferSize = NaN, vMin = NaN, vMax = NaN } = options;
  if (!(bufferSize >= batchSize)) {
    fail(RangeError, options, "bufferSize", `at least the batch size of ${batchSize}`);
  }
  if (options.targetUpdateEpisodes !== undefined && options.targetUpdateInterval !== undefined) {
    fail(RangeError, options, "targetUpdateEpisodes", "absent where targetUpdateInterval is given");
  }
  if (!(Math.fround(vMax) > Math.fround(vMin))) {
    fail(RangeError, options, "vMax", `finite and above vMin, ${vMin}`);
  }
}

function fail(Kind: ErrorConstructor, options: DqnOptions, name: keyof DqnOptions, rule: string): never {
  const value = options[name];
  const got = Array.isArray(value) ? `[${value.join(", ")}]` : numberText(value);
  throw new Kind(`Cannot create a Dqn: ${name} must be ${rule}, got ${got}`);
}

/** A value as text; for a number that float32 cannot represent, also what it rounds to. */
function numberText(value: unknown): string {
  const rounded = typeof value === "number" ? Math.fround(value) : NaN;
  const isLost = value !== rounded && (rounded === 0 || Math.abs(rounded) === Infinity);
  return isLost ? `${value}, in float32 ${rounded}` : String(value);
}
