import {
  DQN_OPTION_NAMES,
  DQN_OPTIONS,
  type DqnOption,
  type DqnOptions,
  type DqnScheduleName,
  type OptionRange,
  type ResolvedDqnOptions,
  type Schedule,
} from "../../agents/mod.ts";
import {
  booleanOption,
  choiceOption,
  integerOption,
  layersOption,
  numberOption,
  type Option,
  optional,
  sizesOption,
} from "../cli/option.ts";

type PlainName = Exclude<keyof ResolvedDqnOptions, DqnScheduleName>;

/** A type with null for undefined, which JSON lacks, and without schedules, which are settings of their own. */
type JsonOf<T> = undefined extends T ? Exclude<T, undefined> | null : Exclude<T, Schedule>;

/** The settings that are options of `Dqn` of the same name: all except its schedules. */
export type DqnSettings = { [K in PlainName]: JsonOf<ResolvedDqnOptions[K]> };

/** How each of them is read. */
export type DqnSettingOptions = { readonly [K in PlainName]: Option<DqnSettings[K]> };

/** The options of `Dqn` that are settings of the same name. */
const NAMES = DQN_OPTION_NAMES.filter((name) => DQN_OPTIONS[name].range.kind !== "schedule");

/** The options of `Dqn` as flags and in JSON, with help and ranges from the library's table. */
export function dqnSettingOptions(): DqnSettingOptions;
export function dqnSettingOptions(): Readonly<Record<string, Option<unknown>>> {
  return Object.fromEntries(NAMES.map((name) => [name, settingOption(DQN_OPTIONS[name])]));
}

/** The library's defaults of those settings. */
export function dqnSettingDefaults(): DqnSettings;
export function dqnSettingDefaults(): Record<string, unknown> {
  return Object.fromEntries(NAMES.map((name) => [name, DQN_OPTIONS[name].default ?? null]));
}

/**
 * The options of `Dqn` in settings, except its schedules.
 *
 * @param settings May have other settings, too.
 */
export function plainDqnOptions(settings: DqnSettings): Pick<DqnOptions, PlainName>;
export function plainDqnOptions(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(NAMES.map((name) => [name, settings[name] ?? undefined]));
}

/** An option of the library as a flag and in JSON. */
export function settingOption({ range, help }: Pick<DqnOption<unknown>, "range" | "help">): Option<unknown> {
  const reader = readerOf(range, help);
  const acceptValue = (value: unknown) => range.accepts(value) ? reader.accept(value) : undefined;
  const option = { ...reader, accept: acceptValue, parse: (text: string) => acceptValue(reader.parse(text)) };
  return range.isOptional ? optional(option) : option;
}

function readerOf({ kind, min, max, isOpen, choices }: OptionRange<unknown>, help: string): Option<unknown> {
  switch (kind) {
    case "whole":
      return integerOption(min, help, max);
    case "number":
      return numberOption({ min, max, open: isOpen }, help);
    case "switch":
      return booleanOption(help);
    case "choice":
      return choiceOption(choices, help);
    case "numbers":
      return sizesOption(help, 0);
    case "layers":
      return layersOption(help);
    case "schedule":
      throw new TypeError("Cannot read a schedule: it must be several settings");
  }
}
