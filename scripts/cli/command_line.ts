import { parseArgs } from "@std/cli/parse-args";
import { nearestName } from "../../envs/mod.ts";
import { UsageError } from "./usage_error.ts";

/** A flag other than a setting: it decides where results are saved and what is printed, not how a run trains. */
export interface Flag {
  /** As in `--out`. */
  readonly name: string;
  /** Its value as shown in `--help`; absent for switches. */
  readonly placeholder?: string;
  /** Its help text. */
  readonly help: string;
  /** Whether it may be given more than once. @default {false} */
  readonly repeats?: boolean;
}

/** A parsed command line. */
export interface CommandLine {
  /** The value of each given flag, by name without dashes; `true` for a switch. */
  readonly values: ReadonlyMap<string, string>;
  /** All values of each flag that may be given more than once. */
  readonly repeated?: ReadonlyMap<string, readonly string[]>;
  /** Arguments that are not flags or values of flags. */
  readonly words: readonly string[];
}

/**
 * Reads a command line. A value may follow after `=` or a space, and may start with a minus sign.
 *
 * @param args The arguments.
 * @param flags Every flag that is allowed.
 * @returns The flags and words.
 * @throws {UsageError} If a flag is unknown, lacks its value, or is given twice.
 */
export function readCommandLine(args: readonly string[], flags: readonly Flag[]): CommandLine {
  const names = flags.map((flag) => flag.name.slice(2));
  const valued = flags.filter((flag) => flag.placeholder !== undefined).map((flag) => flag.name);
  const rest = args[0] === "--" ? args.slice(1) : args; // added by `npm run`, or by habit
  const joined: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const arg = rest[i] === "-h" ? "--help" : rest[i]!;
    const next = rest[i + 1];
    const isValued = valued.includes(arg);
    if (next !== undefined && (isValued ? !next.startsWith("--") : next === "true" || next === "false")) {
      joined.push(`${arg}=${next}`);
      i++;
    } else joined.push(isValued || !arg.startsWith("--") || arg.includes("=") ? arg : `${arg}=true`);
  }
  const given = joined.filter((arg) => arg.startsWith("-") && arg !== "-").map((arg) =>
    arg.split("=", 1)[0]!
  );
  for (const [i, flag] of given.entries()) {
    const known = flags.find(({ name }) => name === flag);
    if (known === undefined) {
      // Compared without the leading hyphens, which all flags share.
      const nearest = nearestName(flag.replace(/^-+/, ""), names);
      const guess = nearest === undefined ? "" : ` (did you mean --${nearest}?)`;
      throw new UsageError(`Cannot read the command line: unknown flag ${flag}${guess}; see --help`);
    }
    if (known.repeats !== true && given.indexOf(flag) !== i) {
      throw new UsageError(`Cannot read the command line: ${flag} must be given once, got it twice`);
    }
  }
  const collect = flags.filter(({ repeats }) => repeats === true).map(({ name }) => name.slice(2));
  const parsed: Record<string, unknown> = parseArgs(joined, { string: ["_", ...names], collect });
  const values = new Map<string, string>();
  const repeated = new Map<string, readonly string[]>();
  for (const name of names) {
    const value = parsed[name];
    const all = Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
    if (collect.includes(name)) repeated.set(name, all);
    if (all.includes("") && valued.includes(`--${name}`)) {
      throw new UsageError(
        `Cannot read the command line: --${name} must be followed by a value, got nothing`,
      );
    }
    if (all.length > 0) values.set(name, all[0]!);
  }
  const words = parsed._;
  return { values, repeated, words: Array.isArray(words) ? words.map(String) : [] };
}

/** Whether a switch is on. */
export function isOn(line: CommandLine, name: string): boolean {
  const value = line.values.get(name) ?? "false";
  if (value === "true" || value === "false") return value === "true";
  throw new UsageError(`Cannot read the command line: --${name} must be true or false, got ${value}`);
}
