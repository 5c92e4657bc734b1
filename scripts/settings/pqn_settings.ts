import {
  OWN_PQN_OPTION_NAMES,
  type OwnPqnOptionName,
  PQN_OPTIONS,
  type ResolvedPqnOptions,
} from "../../agents/mod.ts";
import type { Option } from "../cli/option.ts";
import { settingOption } from "./dqn_settings.ts";

/** The settings that are options of `Pqn` but not of `Dqn`, under the same names. */
export type PqnSettings = Pick<ResolvedPqnOptions, OwnPqnOptionName>;

/** These options as flags and in JSON, with help and ranges from the library's table. */
export function pqnSettingOptions(): { readonly [K in OwnPqnOptionName]: Option<PqnSettings[K]> };
export function pqnSettingOptions(): Readonly<Record<string, Option<unknown>>> {
  return Object.fromEntries(OWN_PQN_OPTION_NAMES.map((name) => [name, settingOption(PQN_OPTIONS[name])]));
}

/** The library's defaults of those settings. */
export function pqnSettingDefaults(): PqnSettings;
export function pqnSettingDefaults(): Record<string, unknown> {
  return Object.fromEntries(OWN_PQN_OPTION_NAMES.map((name) => [name, PQN_OPTIONS[name].default]));
}
