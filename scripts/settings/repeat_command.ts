import { isEnvFile } from "./env_name.ts";
import { shellWord } from "../values/shell_word.ts";
import { presetSettings, priorityBetaSteps } from "./presets.ts";
import { readSettings } from "./read_settings.ts";
import { flagName, flagOf, SETTING_NAMES, type Settings, textOf } from "./settings.ts";
import { isChangeable, isUsed } from "./used_settings.ts";

type Names = readonly (keyof Settings)[];

const ALWAYS: Names = ["env", "agent", "preset", "seed"];

/**
 * The command that repeats a run.
 *
 * @param settings Of the run.
 * @returns The command, without flags that its preset implies or that have no effect.
 */
export function repeatCommand(settings: Settings): string {
  const { preset, env, agent } = settings;
  const unlike = (other: Settings) =>
    SETTING_NAMES.filter((name) =>
      isUsed(name, settings) && JSON.stringify(settings[name]) !== JSON.stringify(other[name])
    );
  const implied = {
    ...presetSettings({ preset, env, agent }),
    priorityBetaSteps: priorityBetaSteps(settings),
  };
  const first = [...ALWAYS, ...unlike(implied)];
  const values = new Map(first.map((name) => [flagName(name), textOf(settings[name])]));
  // A flag may change other settings, as --noisy does with epsilon.
  const given = [...first, ...unlike(readSettings({ values, words: [] }))];
  // The files that it needs are beside the run's config.json.
  if (
    given.includes("initWeightsSha256") || given.includes("bufferSha256") ||
    !given.every((name) => isChangeable(agent, name))
  ) {
    return `deno task train --config config.json${isEnvFile(env) ? " --trust-env" : ""}`;
  }
  const flags = SETTING_NAMES.filter((name) => given.includes(name)).map((name) =>
    `${flagOf(name)} ${shellWord(textOf(settings[name]))}`
  );
  return ["deno task train", ...flags].join(" ");
}
