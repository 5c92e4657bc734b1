import type { CommandLine } from "./_command_line.ts";
import { integerOption } from "./_option.ts";
import { UsageError } from "./_usage_error.ts";

/**
 * The whole number that a flag gives.
 *
 * @param line The command line.
 * @param name The flag, without dashes.
 * @param min The smallest number allowed.
 * @param doing What the command cannot do otherwise, as in "evaluate".
 * @returns The number; undefined if the flag is not there.
 * @throws {UsageError} If its value is none.
 */
export function wholeFlag(line: CommandLine, name: string, min: number, doing: string): number | undefined {
  const text = line.values.get(name);
  if (text === undefined) return undefined;
  const { parse, rule } = integerOption(min, "");
  const value = parse(text);
  if (value === undefined) throw new UsageError(`Cannot ${doing}: --${name} must be ${rule}, got ${text}`);
  return value;
}
