import type { CommandLine } from "./command_line.ts";
import { integerOption, type Option } from "./option.ts";
import { UsageError } from "./usage_error.ts";

/**
 * The value of a flag other than a setting.
 *
 * @param line The command line.
 * @param name Without dashes.
 * @param option Reads the value.
 * @param fallback The value without the flag.
 * @throws {UsageError} If the option does not accept it.
 */
export function flagValue<T, F>(line: CommandLine, name: string, option: Option<T>, fallback: F): T | F {
  const text = line.values.get(name);
  if (text === undefined) return fallback;
  const value = option.parse(text);
  if (value === undefined) {
    throw new UsageError(`Cannot read the command line: --${name} must be ${option.rule}, got ${text}`);
  }
  return value;
}

/**
 * The value of a flag that is a count; counts too large to be processed are refused.
 *
 * @param line The command line.
 * @param name Without dashes.
 * @param limits The smallest and the largest number allowed.
 * @param fallback The value without the flag.
 * @throws {UsageError} If it is not a whole number within the limits.
 */
export function countOf<F>(
  line: CommandLine,
  name: string,
  { min, max }: { min: number; max: number },
  fallback: F,
): number | F {
  const count = flagValue(line, name, integerOption(min, ""), fallback);
  if (typeof count !== "number" || count <= max) return count;
  throw new UsageError(
    `Cannot read the command line: --${name} must be a whole number from ${min} to ${max}, got ${count}`,
  );
}

/** The largest value of `--seeds`. */
export const MOST_SEEDS = 10_000;

/** The value of `--workers`: parallel processes, by default one per core. */
export function workersOf(line: CommandLine): number {
  return flagValue(line, "workers", integerOption(1, ""), navigator.hardwareConcurrency);
}

/** Refuses arguments that are not flags. */
export function refuseWords(line: CommandLine): void {
  const [word] = line.words;
  if (word !== undefined) {
    throw new UsageError(`Cannot read the command line: every argument must be a flag, got ${word}`);
  }
}

/** The only word of a command line, a run folder. */
export function oneFolder({ words }: CommandLine, action: string): string {
  if (words.length === 1) return words[0]!;
  throw new UsageError(`Cannot ${action}: one run folder must be given, got ${words.length}; see --help`);
}
