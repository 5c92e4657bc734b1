import { didYouMean } from "../../envs/mod.ts";
import type { CommandLine, Flag } from "../cli/command_line.ts";
import { UsageError } from "../cli/usage_error.ts";
import { AGENT_KINDS, familyOf } from "./agents.ts";
import { envName, isEnvFile } from "./env_name.ts";
import { type PresetNames, presetValues, priorityBetaSteps, tunedByAgent } from "./presets.ts";
import { flagName, flagOf, isSettingName, OPTIONS, SETTING_NAMES, type Settings } from "./settings.ts";
import { isUsedBy } from "./used_settings.ts";

/** A flag for each setting. */
export const SETTING_FLAGS: readonly Flag[] = SETTING_NAMES.map((name) => {
  const { placeholder, help } = OPTIONS[name];
  return placeholder === "" ? { name: flagOf(name), help } : { name: flagOf(name), placeholder, help };
});

/**
 * The settings of a run: flags override the configuration file, which overrides the preset.
 *
 * @param line The command line.
 * @param config The parsed content of a `config.json`, if one was given.
 * @returns All settings, each within its own range. `loadEnv` checks that the environment exists, and `requireUsed` that each flag
 * has an effect.
 * @throws {UsageError} If a value is invalid, or the file holds anything other than settings.
 */
export function readSettings(line: CommandLine, config?: unknown): Settings {
  const file = withEnvName(config === undefined ? {} : readConfig(config));
  const flags: Partial<Settings> = {};
  for (const name of SETTING_NAMES) {
    const text = line.values.get(flagName(name));
    if (text !== undefined) take(flags, name, OPTIONS[name].parse(text), flagOf(name), text);
  }
  if (flags.env !== undefined) {
    flags.env = envName(flags.env);
    // Another environment than the file's has another SHA-256.
    if (flags.env !== file.env) file.envSha256 = null;
  }
  if (file.preset !== undefined && flags.preset !== undefined && flags.preset !== file.preset) {
    throw new UsageError(
      `Cannot start the run: --preset must be the configuration's, ${file.preset}, or absent, got ${flags.preset}`,
    );
  }
  const settings = merge(file, flags);
  const isOffline = settings.bufferSha256 !== null || line.values.has("from-buffer");
  check(settings, isOffline);
  return isOffline ? { ...settings, episodes: null } : settings;
}

/** The preset, overridden by the file, overridden by the flags. */
function merge(file: Partial<Settings>, flags: Partial<Settings>): Settings {
  const preset = presetValues({ ...pickNames(file), ...pickNames(flags) });
  const { agent } = preset;
  const { bundle } = AGENT_KINDS[agent];
  // An agent given beside a file replaces the bundle of the file's agent by its own.
  const [kept, brought] = flags.agent === undefined ? [file, {}] : [withoutBundle(file), bundle];
  const isNoisy = isUsedBy(agent, "noisy") &&
    (flags.noisy ?? brought.noisy ?? kept.noisy ?? bundle.noisy ?? false);
  const isSwitched = flags.agent !== undefined || flags.noisy !== undefined;
  const merged = {
    ...preset,
    ...withNoise(bundle, isNoisy),
    ...withTargets(isNoisy || isSwitched ? withNoise(kept, isNoisy) : kept),
    ...withNoise(brought, isNoisy),
    ...withTargets(withNoise(flags, isNoisy)),
  };
  const isGiven = (flags.priorityBetaSteps ?? kept.priorityBetaSteps) !== undefined;
  return isGiven ? merged : { ...merged, priorityBetaSteps: priorityBetaSteps(merged) };
}

/** A file's values without those that its agent's name stands for, or that the preset has for one agent alone. */
function withoutBundle(file: Partial<Settings>): Partial<Settings> {
  const bundle = file.agent === undefined ? {} : AGENT_KINDS[file.agent].bundle;
  const preset = presetValues(pickNames(file));
  const tuned = tunedByAgent(pickNames(file));
  return without(
    file,
    SETTING_NAMES.filter((name) =>
      name in bundle && file[name] === bundle[name] || tuned.includes(name) && file[name] === preset[name]
    ),
  );
}

/** Noise replaces ε: it sets ε to 0, and switching noise off removes that 0 again. */
function withNoise(given: Partial<Settings>, isNoisy: boolean): Partial<Settings> {
  if (given.noisy !== true) return given;
  if (isNoisy) return { epsilonStart: 0, epsilonEnd: 0, ...given };
  const { epsilonStart, epsilonEnd } = given;
  return epsilonStart === 0 && epsilonEnd === 0 ? without(given, ["epsilonStart", "epsilonEnd"]) : given;
}

/** Of the two ways to time target updates, giving one removes the other. */
function withTargets(given: Partial<Settings>): Partial<Settings> {
  const { targetUpdateInterval: interval, targetUpdateEpisodes: episodes } = given;
  return {
    ...(episodes != null ? { targetUpdateInterval: null } : {}),
    ...(interval != null ? { targetUpdateEpisodes: null } : {}),
    ...given,
  };
}

function without(given: Partial<Settings>, names: readonly (keyof Settings)[]): Partial<Settings> {
  const rest = { ...given };
  for (const name of names) delete rest[name];
  return rest;
}

/** An environment file is identified by its name; its location is not a setting. */
function withEnvName(settings: Partial<Settings>): Partial<Settings> {
  return settings.env === undefined ? settings : { ...settings, env: envName(settings.env) };
}

function pickNames(settings: Partial<Settings>): PresetNames {
  const { preset, env, agent } = settings;
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(env === undefined ? {} : { env }),
    ...(agent === undefined ? {} : { agent }),
  };
}

function readConfig(config: unknown): Partial<Settings> {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new UsageError("Cannot read the configuration: it must be a JSON object of settings");
  }
  const settings: Partial<Settings> = {};
  for (const [name, value] of Object.entries(config)) {
    if (!isSettingName(name)) {
      throw new UsageError(
        `Cannot read the configuration: unknown setting ${name}${didYouMean(name, SETTING_NAMES)}`,
      );
    }
    take(settings, name, OPTIONS[name].accept(value), `${name} in the configuration`, textOfJson(value));
  }
  return settings;
}

/** A value as text for messages; numbers too large to be represented are written as infinity. */
function textOfJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, item: unknown) => typeof item === "number" && !Number.isFinite(item) ? String(item) : item,
  );
}

function take<K extends keyof Settings>(
  settings: Partial<Settings>,
  name: K,
  value: Settings[K] | undefined,
  where: string,
  got: string,
): void {
  if (value === undefined) {
    const { rule, choices } = OPTIONS[name];
    const nearest = choices === undefined ? "" : didYouMean(got.replaceAll('"', ""), choices);
    throw new UsageError(`Cannot start the run: ${where} must be ${rule}, got ${got}${nearest}`);
  }
  settings[name] = value;
}

/** Checks constraints of runs that learn from recorded transitions. */
function checkOffline({ steps, targetUpdateInterval }: Settings): void {
  const missing = steps === null
    ? "--steps"
    : targetUpdateInterval === null
    ? "--target-update-interval"
    : undefined;
  if (missing === undefined) return;
  throw new UsageError(
    `Cannot start the run: --from-buffer, which plays no episodes, needs ${missing}, got none`,
  );
}

/** Checks constraints between settings. */
function check(settings: Settings, isOffline: boolean): void {
  const { steps, episodes, learningStarts, bufferSize, batchSize, agent } = settings;
  const fail = (message: string): never => {
    throw new UsageError(`Cannot start the run: ${message}`);
  };
  if (settings.envSha256 !== null && !isEnvFile(settings.env)) {
    fail(`--env-sha256 needs an --env that is a file, got ${settings.env}`);
  }
  if (steps === null && episodes === null) {
    fail("one of --steps and --episodes must be given, got none for both");
  }
  if (settings.stopAtReturn !== null && settings.evalInterval === null) {
    fail("--stop-at-return needs --eval-interval, got none");
  }
  if (settings.vMin >= settings.vMax) {
    fail(`--v-max must be above --v-min (${settings.vMin}), got ${settings.vMax}`);
  }
  if (settings.learningRateEnd !== null && settings.learningRateSteps === null && steps === null) {
    fail("--learning-rate-end needs --steps or --learning-rate-steps, got none");
  }
  if (familyOf(agent).policy !== "network") return;
  if (isUsedBy(agent, "miniBatches")) {
    const { envs, rolloutSteps, miniBatches } = settings;
    const rows = envs * rolloutSteps;
    if (rows % miniBatches !== 0) {
      const steps = `--envs × --rollout-steps (${envs} × ${rolloutSteps} = ${rows})`;
      fail(`--mini-batches must divide ${steps}, got ${miniBatches}`);
    }
  }
  if (!isUsedBy(agent, "bufferSize")) return;
  if (isOffline) return checkOffline(settings);
  if (bufferSize < batchSize) {
    fail(`--buffer-size must be at least --batch-size (${batchSize}), got ${bufferSize}`);
  }
  if (steps !== null && steps < learningStarts) {
    fail(`--steps must be at least --learning-starts (${learningStarts}), got ${steps}`);
  }
  if (settings.targetUpdateInterval !== null && settings.targetUpdateEpisodes !== null) {
    fail("only one of --target-update-interval and --target-update-episodes may be given, got both");
  }
  if (settings.targetUpdateInterval === null && settings.targetUpdateEpisodes === null) {
    fail("one of --target-update-interval and --target-update-episodes must be given, got none for both");
  }
}
