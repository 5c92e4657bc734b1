/**
 * Fills replay buffers for the figure on experience replay.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import type { ReplayMessage } from "./replay_request.ts";
import { fillReplay, type ReplayState } from "./replay_run.ts";

/** Time between two states, in milliseconds. */
const PACE_MS = 25;

answerRuns<ReplayMessage, ReplayState>(async ({ isPaced, ...request }, { post, pause }) => {
  let last: ReplayState | undefined;
  for (const state of fillReplay(request)) {
    last = state;
    if (!isPaced) continue;
    post(state);
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    if (await pause()) return;
  }
  if (!isPaced && last !== undefined) post(last);
});
