/**
 * A run with prioritized replay, and the priorities in its buffer.
 *
 * @module
 */

import { prioritiesOf } from "../../scripts/replay/priority_study.ts";
import { type PreparedRun, prepareRun } from "../../scripts/run/run.ts";
import type { RunChannel } from "./run_channel.ts";
import type { Flags } from "./command_text.ts";
import { dqnOf } from "./dqn_of.ts";
import { flagSettings, settingTexts } from "./flag_settings.ts";
import type { PrioritiesReply } from "./prioritized_replay_messages.ts";
import { hashesOf, pauseTelling } from "./training.ts";

/** Trains, and tells the figure the priorities now and then. */
export async function trainPrioritized(flags: Flags, channel: RunChannel<PrioritiesReply>): Promise<void> {
  const settings = flagSettings(flags);
  const prepared = prepareRun(settings);
  const { run } = prepared;
  const tell = (result?: PrioritiesReply["result"]) =>
    channel.post({
      kind: "priorities",
      settings: settingTexts(settings),
      step: run.step,
      episodes: run.episodes.length,
      priorities: prioritiesIn(prepared),
      result,
    });
  await prepared.start({ pause: pauseTelling(channel, tell) });
  if (run.evaluation !== undefined) tell(hashesOf(prepared));
}

/** The priority of each slot in use, before the power of α. */
function prioritiesIn(prepared: Pick<PreparedRun, "agent">): number[] {
  const agent = dqnOf(prepared);
  const priorities = prioritiesOf(agent.snapshot({ views: true }), agent.options.priorityAlpha);
  if (priorities === undefined) throw new TypeError("Cannot show priorities: replay must be prioritized");
  return priorities;
}
