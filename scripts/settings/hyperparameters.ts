import { SETTING_NAMES, type Settings } from "./settings.ts";
import { isUsed } from "./used_settings.ts";

/** Settings that identify a run, or do not affect its result. */
const IDENTITY: readonly (keyof Settings)[] = ["env", "envSha256", "agent", "preset", "seed", "kernel"];

/**
 * The settings that a run's agent uses, without the options that are switched off.
 *
 * @param settings Of the run.
 * @returns Their names, in the order of `config.json`.
 */
export function hyperparameters(settings: Settings): (keyof Settings)[] {
  return SETTING_NAMES.filter((name) =>
    !IDENTITY.includes(name) && !isOff(name, settings) && isUsed(name, settings)
  );
}

function isOff(name: keyof Settings, settings: Settings): boolean {
  const value = settings[name];
  const { noisy, epsilonStart, epsilonEnd } = settings;
  if (name === "distribution" && value === "none" || name === "nStep" && value === 1) return true;
  if (name.startsWith("epsilon") && noisy && epsilonStart === 0 && epsilonEnd === 0) return true;
  return value === null || value === false || JSON.stringify(value) === "{}";
}
