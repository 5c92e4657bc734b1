/**
 * The settings of a run that a figure shows.
 *
 * @module
 */

import { hyperparameters } from "../../scripts/settings/hyperparameters.ts";
import { readSettings } from "../../scripts/settings/read_settings.ts";
import { flagName, type Settings, textOf } from "../../scripts/settings/settings.ts";
import type { Flags } from "./command_text.ts";
import { shownName } from "../../scripts/values/shown_name.ts";
import { shownSetting } from "../../scripts/values/shown_setting.ts";

/** The settings that flags of `deno task train` stand for, read as the command reads them. */
export function flagSettings(flags: Flags): Settings {
  const values = Object.entries(flags).map(([name, value]) => [name, value === "" ? "true" : value] as const);
  return readSettings({ values: new Map(values), words: [] });
}

/** The hyperparameters of a run as text, such as `learning rate 0.0005`. */
export function settingTexts(settings: Settings): string[] {
  return hyperparameters(settings).map((name) =>
    `${shownName(flagName(name))} ${shownSetting(textOf(settings[name]))}`
  );
}
