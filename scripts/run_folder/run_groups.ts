import type { SavedRun } from "./saved_run.ts";
import { flagName, SETTING_NAMES, textOf } from "../settings/settings.ts";
import { shownSetting } from "../values/shown_setting.ts";

/** Runs that differ only in their seeds. */
export interface SavedRunGroup {
  /** The environment. */
  readonly env: string;
  /** The agent, and the settings that distinguish this group from the others. */
  readonly name: string;
  /** At least one. */
  readonly runs: readonly SavedRun[];
}

/** Settings that may differ within a group, since they do not change what is learned on average. */
const IRRELEVANT = ["seed", "kernel"];

/**
 * Groups runs that differ only in their seeds.
 *
 * @param runs Any runs.
 * @returns The groups, in the order of their first runs.
 */
export function groupRuns(runs: readonly SavedRun[]): SavedRunGroup[] {
  const presets = new Set(runs.map(({ settings }) => settings.preset));
  const kinds = Map.groupBy(runs, ({ settings: { env, agent, preset } }) => `${env} ${agent} ${preset}`);
  return [...kinds.values()].flatMap((kind) => {
    const { env, agent, preset } = kind[0]!.settings;
    const varying = SETTING_NAMES.filter((name) =>
      !IRRELEVANT.includes(name) &&
      new Set(kind.map(({ settings }) => JSON.stringify(settings[name]))).size > 1
    );
    const groups = Map.groupBy(kind, ({ settings }) =>
      [
        presets.size > 1 ? `${agent} (${preset})` : agent,
        ...varying.map((name) => `${flagName(name)} ${shownSetting(textOf(settings[name]))}`),
      ].join(", "));
    return [...groups].map(([name, members]) => ({ env, name, runs: members }));
  });
}
