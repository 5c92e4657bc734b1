/**
 * Trains for the figure on the target network.
 *
 * @module
 */

import { answerRuns } from "./answer_runs.ts";
import { LabelRun } from "./label_run.ts";
import type { TargetReply, TargetRequest } from "./target_request.ts";

/** Steps between two messages. */
const STEPS = 20;

answerRuns<TargetRequest, TargetReply>(async (request, { post, pause }) => {
  const runs = request.runs.map((flags) => new LabelRun(flags));
  while (true) {
    const curves = runs.map((run) => {
      const labels = [...run.advance(STEPS)];
      return { labels: labels.map(({ label }) => label), values: labels.map(({ value }) => value) };
    });
    if (curves.every(({ labels }) => labels.length === 0)) break;
    post({ kind: "labels", curves });
    if (await pause()) return;
  }
  post({ kind: "ended", weights: runs.map(({ weights }) => weights) });
});
