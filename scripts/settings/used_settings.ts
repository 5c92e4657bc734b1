import { DQN_OPTIONS } from "../../agents/mod.ts";
import { Box, Discrete, type Env, envIds, makeEnv } from "../../envs/mod.ts";
import type { CommandLine } from "../cli/command_line.ts";
import { UsageError } from "../cli/usage_error.ts";
import { AGENT_KINDS, familyOf } from "./agents.ts";
import { presetSettings } from "./presets.ts";
import { type AgentName, AGENTS, dqnOptionOf, flagOf, SETTING_NAMES, type Settings } from "./settings.ts";

/** Whether an agent uses a setting, be the option that the setting belongs to on or off. */
export function isUsedBy(agent: AgentName, name: keyof Settings): boolean {
  return familyOf(agent).uses.includes(name);
}

/**
 * Whether a setting changes anything in a run.
 *
 * @param name The setting.
 * @param settings Of the run.
 */
export function isUsed(name: keyof Settings, settings: Settings): boolean {
  return isUsedBy(settings.agent, name) && needOf(name, settings) === undefined;
}

/**
 * Refuses flags that change nothing: their agent does not use them, or the option that they belong to is off. To be called once the
 * environment is loaded.
 *
 * @param line The command line.
 * @param runs The settings of every run that it stands for; a flag must change something in one of them.
 * @throws {UsageError} If there is such a flag.
 */
export function requireUsed(line: CommandLine, runs: readonly Settings[]): void {
  const [first] = runs;
  if (first === undefined) return;
  for (const name of SETTING_NAMES) {
    if (!line.values.has(flagOf(name).slice(2))) continue;
    if (runs.some((settings) => missing(name, settings) === undefined)) continue;
    throw new UsageError(`Cannot start the run: ${flagOf(name)} needs ${missing(name, first)}`);
  }
}

/** What a flag needs to change anything, and what there is instead; undefined if it does. */
function missing(name: keyof Settings, settings: Settings): string | undefined {
  return isChangeable(settings.agent, name) ? needOf(name, settings) : agentNeeded(name, settings);
}

/** Whether a flag may change a setting of an agent. */
export function isChangeable(agent: AgentName, name: keyof Settings): boolean {
  return isUsedBy(agent, name) && AGENT_KINDS[agent].fixed?.includes(name) !== true;
}

/**
 * What an agent's message says where a setting needs another agent.
 *
 * @param name The setting.
 * @param settings Of the run.
 * @returns To follow "needs".
 */
export function agentNeeded(name: keyof Settings, { agent, preset, env }: Settings): string {
  const user = [presetSettings({}).agent, ...AGENTS].find((other) => isChangeable(other, name));
  const isPresets = presetSettings({ preset, env }).agent === agent;
  const whose = isPresets ? `, the preset's for ${env}` : "";
  return `an --agent that uses it, such as ${user}, got ${agent}${whose}`;
}

/** What a setting needs of the others to change anything, and what there is instead; undefined if it does. */
function needOf(name: keyof Settings, settings: Settings): string | undefined {
  const { env, epsilonStart, epsilonEnd, priorityBetaStart, priorityBetaEnd } = settings;
  const missing = optionNeeded(name, settings);
  if (missing !== undefined) return missing;
  const need = (holds: boolean, rule: string) => holds ? undefined : rule;
  switch (name) {
    case "bins":
    case "normalize":
      return need(showsVectors(settings), `an --env whose observations are a Box, got ${env}`);
    case "actionBins":
      return need(takesVectors(settings), `an --env whose actions are a Box, got ${env}`);
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

/** The option of `Dqn` that a setting needs, and what it is instead; undefined if nothing is missing. */
function optionNeeded(name: keyof Settings, settings: Settings): string | undefined {
  const option = dqnOptionOf(name);
  const needs = option === undefined ? undefined : DQN_OPTIONS[option].needs;
  if (needs === undefined || needs.values.includes(settings[needs.name])) return undefined;
  const flag = flagOf(needs.name);
  if (needs.values.includes(true)) return `${flag}, got none`;
  return `${flag} ${needs.values.join(" or ")}, got ${settings[needs.name]}`;
}

/** Whether an environment shows vectors, or may do so, as far as that is known without loading it. */
function showsVectors(settings: Settings): boolean {
  const env = envOf(settings);
  return env === undefined || env.observationSpace instanceof Box;
}

/** Whether an environment takes vectors, or may do so, as far as that is known without loading it. */
function takesVectors(settings: Settings): boolean {
  const env = envOf(settings);
  return env === undefined || !(env.actionSpace instanceof Discrete);
}

/** The environment of a run; undefined where it is not loaded, or refuses its options. */
function envOf({ env, envOptions }: Settings): Env | undefined {
  if (!envIds().includes(env)) return undefined;
  try {
    return makeEnv<string>(env, envOptions);
  } catch {
    return undefined; // prepareRun says why
  }
}
