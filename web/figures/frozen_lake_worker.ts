/**
 * Trains for the figure on FrozenLake.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import type { LakeReply, LakeRequest } from "./lake_request.ts";
import { LakeRun } from "./lake_run.ts";

let runs: LakeRun[] = [];
let step = 0;

answerRuns<LakeRequest, LakeReply>(async (request, { post, pause }) => {
  let isDone = false;
  if (request.kind === "prepare") {
    runs = request.runs.map((flags) => new LakeRun(flags));
    step = 0;
  } else {
    for (let i = 0; i < request.steps && !isDone; i++) {
      isDone = !runs.map((run) => run.step()).includes(true);
      if (!isDone) step++;
      if (await pause()) return;
    }
  }
  post({
    step,
    isDone,
    agents: runs.map((run) => ({
      table: run.table(),
      last: run.last,
      reached: run.reached,
      weights: isDone ? run.weights : undefined,
    })),
  });
});
