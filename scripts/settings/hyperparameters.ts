import { Box, Discrete, envIds, envSpec } from "../../envs/mod.ts";
import { type AgentName, SETTING_NAMES, type Settings } from "./settings.ts";

/** Settings that say what was learned by whom, or change nothing. */
const IDENTITY = ["env", "agent", "preset", "seed", "kernel"];
/** All that the random agent heeds, besides. */
const SCHEDULE = ["envOptions", "steps", "episodes", "evalInterval", "evalEpisodes", "stopAtReturn"];
/** All that a table heeds, besides. */
const TABLE = [
  "bins",
  "actionBins",
  "gamma",
  "learningRate",
  "learningRateEnd",
  "epsilonStart",
  "epsilonEnd",
  "epsilonDecaySteps",
];

/**
 * The settings that a run's agent heeds, without the options that are switched off.
 *
 * @param settings Of the run.
 * @returns Their names, in the order of `config.json`.
 */
export function hyperparameters(settings: Settings): (keyof Settings)[] {
  const { agent } = settings;
  return SETTING_NAMES.filter((name) => {
    if (IDENTITY.includes(name) || isOff(name, settings[name])) return false;
    return isHeededBy(agent, name) && isHeeded(name, settings);
  });
}

/**
 * Whether an agent heeds a setting at all, be its option on or off.
 *
 * @param agent Who learns.
 * @param name The setting.
 */
export function isHeededBy(agent: AgentName, name: keyof Settings): boolean {
  if (agent !== "random" && agent !== "q-learning" || IDENTITY.includes(name)) return true;
  return SCHEDULE.includes(name) || agent === "q-learning" && TABLE.includes(name);
}

function isOff(name: string, value: Settings[keyof Settings]): boolean {
  if (name === "distribution" && value === "none" || name === "nStep" && value === 1) return true;
  return value === null || value === false || JSON.stringify(value) === "{}";
}

/** Whether the option that a setting belongs to is on. */
function isHeeded(name: keyof Settings, settings: Settings): boolean {
  const { agent, prioritized, munchausen, distribution, noisy } = settings;
  if (name === "learningRateEnd") return agent === "q-learning";
  if (name === "bins") return agent === "q-learning" && showsVectors(settings.env);
  if (name === "actionBins") return !hasChoices(settings.env);
  if (name.startsWith("priority")) return prioritized;
  if (name.startsWith("munchausen")) return munchausen;
  if (name === "atoms") return distribution !== "none";
  if (name === "vMin" || name === "vMax") return distribution === "c51";
  if (name.startsWith("epsilon")) return !(noisy && settings.epsilonStart === 0 && settings.epsilonEnd === 0);
  return true;
}

/** Whether an environment shows vectors, or may do so, as far as that is known without loading it. */
function showsVectors(env: string): boolean {
  return !envIds().includes(env) || envSpec(env).create({}).observationSpace instanceof Box;
}

/** Whether actions of an environment are choices by themselves, as far as that is known without loading it. */
function hasChoices(env: string): boolean {
  return envIds().includes(env) && envSpec(env).create({}).actionSpace instanceof Discrete;
}
