import { didYouMean } from "../../envs/mod.ts";
import type { CommandLine, Flag } from "../cli/command_line.ts";
import { UsageError } from "../cli/usage_error.ts";
import { isHeededBy } from "./hyperparameters.ts";
import { agentSettings, presetSettings } from "./presets.ts";
import { flagOf, isSettingName, OPTIONS, SETTING_NAMES, type Settings } from "./settings.ts";

/** A flag for each setting. */
export const SETTING_FLAGS: readonly Flag[] = SETTING_NAMES.map((name) => {
  const { placeholder, help } = OPTIONS[name];
  return placeholder === "" ? { name: flagOf(name), help } : { name: flagOf(name), placeholder, help };
});

/**
 * The settings of a run: what the user wrote, over what the configuration file says, over what the preset says.
 *
 * @param line The command line.
 * @param config The parsed content of a `config.json`, if one was given.
 * @returns All settings, each within its own range; whether there is such an environment, `loadEnv` finds out.
 * @throws {UsageError} If a value is none of its setting, or the file holds anything else than settings.
 */
export function readSettings(line: CommandLine, config?: unknown): Settings {
  const file = config === undefined ? {} : readConfig(config);
  const flags: Partial<Settings> = {};
  for (const name of SETTING_NAMES) {
    const text = line.values.get(flagOf(name).slice(2));
    if (text !== undefined) take(flags, name, OPTIONS[name].parse(text), flagOf(name), text);
  }
  if (file.preset !== undefined && flags.preset !== undefined && flags.preset !== file.preset) {
    throw new UsageError(
      `Cannot start the run: --preset must be the configuration's, ${file.preset}, or absent, got ${flags.preset}`,
    );
  }
  const preset = presetSettings({ ...pickNames(file), ...pickNames(flags) });
  // An agent asked for beside a file brings its own options along.
  const fromAgent = flags.agent === undefined ? {} : agentSettings(flags.agent);
  const settings = { ...preset, ...withConsequences(file), ...fromAgent, ...withConsequences(flags) };
  check(settings);
  if (flags.agent === undefined && file.agent === undefined) checkHeeded(settings, flags);
  return settings;
}

/** Noise explores in place of ε, and of the two ways to time target updates, giving one takes the other away. */
function withConsequences(given: Partial<Settings>): Partial<Settings> {
  const { noisy, targetUpdateInterval: interval, targetUpdateEpisodes: episodes } = given;
  return {
    ...(noisy === true ? { epsilonStart: 0, epsilonEnd: 0 } : {}),
    ...(episodes != null ? { targetUpdateInterval: null } : {}),
    ...(interval != null ? { targetUpdateEpisodes: null } : {}),
    ...given,
  };
}

function pickNames(settings: Partial<Settings>): Partial<Pick<Settings, "preset" | "env" | "agent">> {
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

/** A value as it stands in a file, numbers beyond the largest as infinity. */
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

/** Whoever sets what an agent would not heed has not seen that the preset chose this agent. */
function checkHeeded({ env, agent }: Settings, flags: Partial<Settings>): void {
  const name = SETTING_NAMES.find((name) => flags[name] !== undefined && !isHeededBy(agent, name));
  if (name === undefined) return;
  throw new UsageError(
    `Cannot start the run: ${
      flagOf(name)
    } needs an --agent that heeds it, as dqn, got ${agent}, the preset's for ${env}`,
  );
}

/** What must hold between settings. */
function check(settings: Settings): void {
  const { steps, episodes, learningStarts, bufferSize, batchSize, agent } = settings;
  const fail = (message: string): never => {
    throw new UsageError(`Cannot start the run: ${message}`);
  };
  if (steps === null && episodes === null) {
    fail("one of --steps and --episodes must be given, got none for both");
  }
  if (settings.stopAtReturn !== null && settings.evalInterval === null) {
    fail("--stop-at-return needs --eval-interval, got none");
  }
  if (settings.vMin >= settings.vMax) {
    fail(`--v-max must be above --v-min (${settings.vMin}), got ${settings.vMax}`);
  }
  if (settings.learningRateEnd !== null && steps === null) {
    fail("--learning-rate-end needs --steps, got none");
  }
  if (agent === "random" || agent === "q-learning") return;
  if (settings.learningRateEnd !== null) {
    fail(`--learning-rate-end must be none unless --agent is q-learning, got ${settings.learningRateEnd}`);
  }
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
