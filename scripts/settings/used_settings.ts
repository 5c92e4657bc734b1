import { DQN_OPTIONS } from "../../agents/mod.ts";
import { Box, type Env, envIds, isBoxOf, makeEnv } from "../../envs/mod.ts";
import { convolutionText } from "../../nn/mod.ts";
import type { CommandLine } from "../cli/command_line.ts";
import { UsageError } from "../cli/usage_error.ts";
import { hasImages } from "../values/has_images.ts";
import { withPixels } from "../values/with_pixels.ts";
import { AGENT_KINDS, familyOf } from "./agents.ts";
import { presetSettings } from "./presets.ts";
import {
  type AgentName,
  AGENTS,
  dqnOptionOf,
  flagName,
  flagOf,
  SETTING_NAMES,
  type Settings,
} from "./settings.ts";

/** Whether an agent uses a setting, regardless of whether the option that it belongs to is on. */
export function isUsedBy(agent: AgentName, name: keyof Settings): boolean {
  return familyOf(agent).uses.includes(name);
}

/**
 * Whether a setting has an effect in a run.
 *
 * @param name The setting.
 * @param settings Of the run.
 */
export function isUsed(name: keyof Settings, settings: Settings): boolean {
  return isUsedBy(settings.agent, name) && needOf(name, settings) === undefined;
}

/**
 * Refuses flags without an effect: their agent does not use them, or the option that they belong to is off. Call it after the
 * environment is loaded.
 *
 * @param line The command line.
 * @param runs The settings of all its runs; a flag must have an effect in one of them.
 * @throws {UsageError} If there is such a flag.
 */
export function requireUsed(line: CommandLine, runs: readonly Settings[]): void {
  const [first] = runs;
  if (first === undefined) return;
  for (const name of SETTING_NAMES) {
    if (!line.values.has(flagName(name))) continue;
    if (runs.some((settings) => missing(name, settings) === undefined)) continue;
    throw new UsageError(`Cannot start the run: ${flagOf(name)} needs ${missing(name, first)}`);
  }
}

/** What a flag needs to have an effect, and what it got instead; undefined if it has one. */
function missing(name: keyof Settings, settings: Settings): string | undefined {
  return isChangeable(settings.agent, name) ? needOf(name, settings) : agentNeeded(name, settings);
}

/** Whether a flag may change a setting of an agent. */
export function isChangeable(agent: AgentName, name: keyof Settings): boolean {
  return isUsedBy(agent, name) && AGENT_KINDS[agent].fixed?.includes(name) !== true;
}

/**
 * The part of a message that says that a setting needs another agent.
 *
 * @param name The setting.
 * @param settings Of the run.
 * @returns Text that follows "needs".
 */
export function agentNeeded(name: keyof Settings, { agent, preset, env }: Settings): string {
  const user = [presetSettings({}).agent, ...AGENTS].find((other) => isChangeable(other, name));
  const isPresets = presetSettings({ preset, env }).agent === agent;
  const whose = isPresets ? `, the preset's for ${env}` : "";
  return `an --agent that uses it, such as ${user}, got ${agent}${whose}`;
}

/** Settings of acting, and of keeping what it brings: without effect where recorded transitions are given. */
const ACTING: readonly (keyof Settings)[] = [
  "envs",
  "episodes",
  "bufferSize",
  "learningStarts",
  "targetUpdateEpisodes",
  "epsilonStart",
  "epsilonEnd",
  "epsilonDecaySteps",
];

/** What a setting needs of the others to have an effect, and what it got instead; undefined if it has one. */
function needOf(name: keyof Settings, settings: Settings): string | undefined {
  const { convolution } = settings;
  const { env, epsilonStart, epsilonEnd, priorityBetaStart, priorityBetaEnd } = settings;
  if (settings.bufferSha256 !== null && ACTING.includes(name)) return "no --from-buffer, got one";
  const missing = optionNeeded(name, settings);
  if (missing !== undefined) return missing;
  const need = (holds: boolean, rule: string) => holds ? undefined : rule;
  switch (name) {
    case "bins":
      return need(showsVectors(settings), `an --env whose observations are a Box of float32, got ${env}`);
    case "normalize":
      return need(
        showsArrays(settings) && convolution === null,
        convolution === null
          ? `an --env whose observations are a Box, got ${env}`
          : `no --convolution, got ${convolutionText(convolution)}`,
      );
    case "blackBackground":
    case "frameStack":
      return need(settings.pixels !== null, "--pixels, got none");
    case "convolution":
      return need(showsBoxes(settings, hasImages), `an --env whose observations are images, got ${env}`);
    case "observationScale":
      return need(
        convolution !== null &&
          showsBoxes(settings, ({ observationSpace }) => isBoxOf("uint8", observationSpace)),
        convolution === null
          ? "--convolution, got none"
          : `an --env whose observations are of uint8, got ${env}`,
      );
    case "actionBins":
    case "actionParts":
      return need(takesVectors(settings), `an --env whose actions are a Box, got ${env}`);
    case "learningRateSteps":
      return need(settings.learningRateEnd !== null, "--learning-rate-end, got none");
    case "epsilonDecaySteps":
      return need(
        epsilonStart !== epsilonEnd,
        `--epsilon-end to differ from --epsilon-start, got ${epsilonEnd}`,
      );
    case "priorityBetaSteps":
      return need(
        priorityBetaStart !== priorityBetaEnd,
        `--priority-beta-end to differ from --priority-beta-start, got ${priorityBetaEnd}`,
      );
  }
  return undefined;
}

/** The option of `Dqn` that a setting needs, and its value instead; undefined if nothing is missing. */
function optionNeeded(name: keyof Settings, settings: Settings): string | undefined {
  const option = dqnOptionOf(name);
  const needs = option === undefined ? undefined : DQN_OPTIONS[option].needs;
  if (needs === undefined || needs.values.includes(settings[needs.name])) return undefined;
  const flag = flagOf(needs.name);
  if (needs.values.includes(true)) return `${flag}, got none`;
  return `${flag} ${needs.values.join(" or ")}, got ${settings[needs.name]}`;
}

/** Whether observations are vectors or images, or may be, as far as is known without loading the environment. */
function showsArrays(settings: Settings): boolean {
  const env = envOf(settings);
  return env === undefined || env.observationSpace instanceof Box;
}

/** Whether observations are vectors, or may be, as far as is known without loading the environment. */
function showsVectors(settings: Settings): boolean {
  return showsBoxes(settings, (env) => isBoxOf("float32", env.observationSpace) && !hasImages(env));
}

/** Whether observations are of a kind, or may be, as far as is known without loading the environment. */
function showsBoxes(settings: Settings, isKind: (env: Env) => boolean): boolean {
  const env = envOf(settings);
  return env === undefined || isKind(env);
}

/** Whether actions are vectors, or may be, as far as is known without loading the environment. */
function takesVectors(settings: Settings): boolean {
  const env = envOf(settings);
  return env === undefined || isBoxOf("float32", env.actionSpace);
}

/** The environment of a run, as its agent sees it but for the form of actions; undefined if it is not loaded, or refuses its options. */
function envOf(settings: Settings): Env | undefined {
  const { env: id, envOptions, agent } = settings;
  if (!envIds().includes(id)) return undefined;
  try {
    const env = makeEnv<string>(id, envOptions);
    return isUsedBy(agent, "pixels") ? withPixels(env, settings) : env;
  } catch {
    return undefined; // prepareRun reports why
  }
}
