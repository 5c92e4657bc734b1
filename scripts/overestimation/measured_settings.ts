import { randomStream } from "../../agents/mod.ts";
import { UsageError } from "../cli/usage_error.ts";
import { readSettings } from "../settings/read_settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { TrainingMeasurement } from "./value_error.ts";

/** The measured agents. */
export const VALUE_AGENTS = ["dqn", "double-dqn"] as const;

/** The environment of the measured study, unless --env says otherwise. */
export const MEASURED_ENV = "CartPole-v1";
/** Measurements during a run. */
const MEASUREMENTS = 20;
/** Episodes per measurement. */
const EPISODES = 10;

/**
 * The settings of a measured run: those tuned for the environment, with a discount at which values settle within the run, and never
 * stopped early.
 *
 * @param agent One of {@linkcode VALUE_AGENTS}.
 * @param seed Of the run.
 * @param given The values of --env, --steps and --gamma, by name without dashes.
 * @throws {UsageError} If one of them is invalid.
 */
export function measuredSettings(
  agent: typeof VALUE_AGENTS[number],
  seed: number,
  given: ReadonlyMap<string, string>,
): Settings {
  const values = new Map([
    ["agent", agent],
    ["env", given.get("env") ?? MEASURED_ENV],
    ["seed", String(seed)],
    ["steps", given.get("steps") ?? "30000"],
    ["gamma", given.get("gamma") ?? "0.98"],
    ["stop-at-return", "none"],
  ]);
  const settings = readSettings({ values, words: [] });
  if (settings.gamma < 1) return settings;
  throw new UsageError(`Cannot start the runs: --gamma must be below 1, got ${settings.gamma}`);
}

/** How a run is measured. */
export function measurementOf({ seed, steps }: Settings): TrainingMeasurement {
  return {
    interval: Math.max(1, Math.floor((steps ?? 0) / MEASUREMENTS)),
    episodes: EPISODES,
    seed: randomStream(seed, "evaluation").nextUint32(),
  };
}
