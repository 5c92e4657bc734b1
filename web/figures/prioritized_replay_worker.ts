/**
 * Trains and draws for the figure on prioritized replay.
 *
 * @module
 */

import { studyPriorities } from "../../scripts/replay/priority_study.ts";
import { answerRuns } from "./answer_runs.ts";
import type { PrioritizedReply, PrioritizedRequest } from "./prioritized_replay_messages.ts";
import { trainPrioritized } from "./prioritized_run.ts";

answerRuns<PrioritizedRequest, PrioritizedReply>(async (request, channel) => {
  if (request.kind === "train") await trainPrioritized(request.flags, channel);
  else channel.post({ kind: "drawn", ...studyPriorities(request) });
});
