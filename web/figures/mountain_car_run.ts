/**
 * A run in MountainCar, and what its agent thinks of each state.
 *
 * @module
 */

import { prepareRun } from "../../scripts/run/run.ts";
import { runTable } from "../../scripts/train/run_table.ts";
import type { Flags } from "./command_text.ts";
import { dqnOf } from "./dqn_of.ts";
import { flagSettings, settingTexts } from "./flag_settings.ts";
import { filmBest } from "./greedy_film.ts";
import { mapReader } from "./mountain_car_map.ts";
import type { LearningReply, LearningResult } from "./mountain_car_messages.ts";
import type { RunChannel } from "./run_channel.ts";
import { pauseTelling } from "./training.ts";

/** Trains, and tells the figure about it now and then. */
export async function trainMountainCar(flags: Flags, channel: RunChannel<LearningReply>): Promise<void> {
  const settings = flagSettings(flags);
  const prepared = prepareRun(settings);
  const { run, agent } = prepared;
  const read = mapReader(dqnOf(prepared).onlineNetwork, settings);
  const tell = (result?: LearningResult) =>
    channel.post({
      kind: "learning",
      settings: settingTexts(settings),
      step: run.step,
      returns: run.episodes.map((episode) => episode.return),
      map: read(),
      result,
    });
  tell();
  await prepared.start({ pause: pauseTelling(channel, tell) });
  const { evaluation } = run;
  if (evaluation === undefined) return;
  const lines = runTable(settings, run, 1, undefined).split("\n").filter((line) => !line.startsWith("time "));
  tell({ printed: lines.join("\n"), film: filmBest(agent, settings, evaluation) });
}
