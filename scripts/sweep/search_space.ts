import { didYouMean } from "../../envs/mod.ts";
import { flagName, OPTIONS, SETTING_NAMES, type Settings, textOf } from "../settings/settings.ts";
import { UsageError } from "../cli/usage_error.ts";

/** An interval in which a setting is searched. */
export interface Range {
  /** Uniform on a logarithmic scale, uniform, or uniform over whole numbers. */
  readonly kind: "log" | "lin" | "int";
  /** The smallest value. */
  readonly low: number;
  /** The largest value. */
  readonly high: number;
  /** Number of values in a grid; undefined if not given. */
  readonly points?: number | undefined;
}

/** The domain of a searched setting. */
export type Domain = Range | {
  /** A few values, all equally likely. */
  readonly kind: "choice";
  /** The values, as written on the command line. */
  readonly values: readonly string[];
};

/** A searched setting. */
export interface Parameter {
  /** The name of the setting. */
  readonly name: keyof Settings;
  /** Its domain. */
  readonly domain: Domain;
}

/** Whether a parameter allows only whole numbers. */
export function isWhole({ name, domain }: Parameter): boolean {
  return domain.kind === "int" || OPTIONS[name].placeholder === "N";
}

/** Settings that determine how runs are compared, and so must be the same for all runs. */
const FIXED: readonly (keyof Settings)[] = [
  "env",
  "envOptions",
  "initWeightsSha256",
  "bufferSha256",
  "seed",
  "steps",
  "episodes",
  "evalInterval",
  "evalEpisodes",
  "stopAtReturn",
  "kernel",
];
const SEARCHABLE = SETTING_NAMES.filter((name) => !FIXED.includes(name));

/** The syntax of `--search`. */
export const SEARCH_RULE = "NAME=log:LOW:HIGH, NAME=lin:LOW:HIGH, NAME=int:LOW:HIGH or NAME=VALUE|VALUE|…";

function refuse(message: string): never {
  throw new UsageError(`Cannot search: ${message}`);
}

/**
 * Parses the values of `--search`.
 *
 * @param texts The values, such as `learning-rate=log:1e-5:1e-2`; a range may end in `:POINTS`, the number of values in a grid.
 * @returns The space; every value is valid for its setting.
 * @throws {UsageError} If one is invalid, or a setting is given twice.
 */
export function parseSpace(texts: readonly string[]): Parameter[] {
  return checked(texts.map((text) => {
    const equals = text.indexOf("=");
    if (equals < 1 || equals === text.length - 1) refuse(`--search must be ${SEARCH_RULE}, got ${text}`);
    const name = settingOf(text.slice(0, equals));
    const value = text.slice(equals + 1);
    const range = /^(log|lin|int):([^:]+):([^:]+)(?::([^:]+))?$/.exec(value);
    if (range !== null) {
      const [kind, low, high, points] = range.slice(1);
      const count = points === undefined ? undefined : Number(points);
      return { name, domain: rangeOf(name, kind!, Number(low), Number(high), count) };
    }
    if (/^(log|lin|int):/.test(value)) refuse(`--search must be ${SEARCH_RULE}, got ${text}`);
    return { name, domain: choiceOf(name, value.split("|")) };
  }));
}

/**
 * Reads a space from a file: an object of settings, each with a list of values or one of `{"log": [LOW, HIGH]}`,
 * `{"lin": [LOW, HIGH]}`, `{"int": [LOW, HIGH]}`, with a third number for the points of a grid.
 *
 * @param json The parsed content.
 * @returns The space; every value is valid for its setting.
 * @throws {UsageError} If it is not a search space.
 */
export function readSpace(json: unknown): Parameter[] {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    refuse("the space must be a JSON object of settings");
  }
  return checked(
    Object.entries(json).map(([key, value]) => {
      const name = settingOf(key);
      if (Array.isArray(value)) {
        return {
          name,
          domain: choiceOf(name, value.map((item) => jsonText(name, item))),
        };
      }
      const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
      const [kind, ends] = entries[0] ?? [];
      if (
        entries.length !== 1 || kind === undefined || !/^(log|lin|int)$/.test(kind) || !Array.isArray(ends) ||
        ends.length < 2 || ends.length > 3 || !ends.every((end) => typeof end === "number")
      ) {
        refuse(
          `${key} must be a list of values or {"log"|"lin"|"int": [LOW, HIGH]}, got ${JSON.stringify(value)}`,
        );
      }
      const [low, high, points] = ends.map(Number);
      return { name, domain: rangeOf(name, kind, low!, high!, points) };
    }),
  );
}

function settingOf(word: string): keyof Settings {
  const name = SETTING_NAMES.find((setting) => setting === word || flagName(setting) === word);
  if (name !== undefined && SEARCHABLE.includes(name)) return name;
  if (name !== undefined) refuse(`${word} must be the same for all runs`);
  const names = SEARCHABLE.flatMap((setting) => [setting, flagName(setting)]);
  return refuse(`unknown setting ${word}${didYouMean(word, names)}`);
}

function rangeOf(
  name: keyof Settings,
  kind: string,
  low: number,
  high: number,
  points: number | undefined,
): Domain {
  const flag = flagName(name);
  if (!(low < high && Number.isFinite(high - low))) {
    refuse(`${flag} must have two numbers as ends, the lower one first, got ${low} and ${high}`);
  }
  if (kind === "log" && low <= 0) refuse(`${flag} must be above 0 on a logarithmic scale, got ${low}`);
  const { placeholder, rule } = OPTIONS[name];
  if (placeholder !== "N" && placeholder !== "X") refuse(`${flag} is not a number: give a list of values`);
  const whole = kind === "int" || placeholder === "N";
  for (const end of [low, high]) {
    if (whole && !Number.isInteger(end)) refuse(`${flag} must have whole ends, got ${end}`);
    if (OPTIONS[name].parse(String(end)) === undefined) refuse(`${flag} must be ${rule}, got ${end}`);
  }
  if (points !== undefined && !(Number.isSafeInteger(points) && points >= 2)) {
    refuse(`${flag} must have a whole number of points from 2, got ${points}`);
  }
  if (points !== undefined && whole && points > high - low + 1) {
    refuse(
      `${flag} must have at most ${high - low + 1} points, the whole numbers of its range, got ${points}`,
    );
  }
  return { kind: kind === "log" ? "log" : kind === "int" ? "int" : "lin", low, high, points };
}

function choiceOf(name: keyof Settings, values: readonly string[]): Domain {
  const flag = flagName(name);
  if (values.length === 0) refuse(`${flag} must have at least one value`);
  for (const [i, value] of values.entries()) {
    if (OPTIONS[name].parse(value) === undefined) {
      refuse(`${flag} must be ${OPTIONS[name].rule}, got ${value}`);
    }
    if (values.indexOf(value) !== i) refuse(`${flag} must have each value once, got ${value} twice`);
  }
  return { kind: "choice", values };
}

function jsonText(name: keyof Settings, item: unknown): string {
  const value = OPTIONS[name].accept(item);
  if (value === undefined) {
    refuse(`${name} must be ${OPTIONS[name].rule}, got ${JSON.stringify(item)}`);
  }
  return textOf(value);
}

function checked(space: Parameter[]): Parameter[] {
  if (space.length === 0) refuse("at least one setting must be searched, got none");
  for (const [i, { name }] of space.entries()) {
    if (space.findIndex((other) => other.name === name) !== i) {
      refuse(`${flagName(name)} must be searched once, got it twice`);
    }
  }
  return space;
}
