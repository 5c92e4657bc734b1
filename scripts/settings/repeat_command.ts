import { presetSettings } from "./presets.ts";
import { flagOf, SETTING_NAMES, type Settings, textOf } from "./settings.ts";

/**
 * The command that repeats a run.
 *
 * @param settings Of the run.
 * @returns The command with the flags that its preset does not imply.
 */
export function repeatCommand(settings: Settings): string {
  const { preset, env, agent } = settings;
  const implied: Settings = { ...presetSettings({ preset, env, agent }), seed: NaN };
  const always = ["preset", "env", "agent"];
  const flags = SETTING_NAMES.flatMap((name) => {
    const [value, text] = [JSON.stringify(settings[name]), textOf(settings[name])];
    if (!always.includes(name) && value === JSON.stringify(implied[name])) return [];
    return [`${flagOf(name)} ${shellWord(text)}`];
  });
  return ["deno task train", ...flags].join(" ");
}

/** A text as one word of a shell's command line. */
export function shellWord(text: string): string {
  return /^[\w.,:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
