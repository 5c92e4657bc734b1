import { plotRewards } from "../plots/reward_plot.ts";
import type { SavedRun } from "../run_folder/saved_run.ts";
import { type AssignmentPage, assignmentPage } from "./assignment_page.ts";

/** The assignment to hand in. */
export interface Assignment extends Pick<AssignmentPage, "searched" | "best" | "search"> {
  /** The best run. */
  readonly run: SavedRun;
}

/**
 * The page to hand in, with its graph drawn.
 *
 * @param assignment The assignment to hand in.
 * @returns An HTML document; the same search gives the same text.
 */
export async function assignmentHtml({ run, ...others }: Assignment): Promise<string> {
  const { settings, summary: { envSteps, evaluation }, episodes } = run;
  const graph = episodes.length === 0
    ? undefined
    : await plotRewards(`${settings.env}: total reward per episode`, episodes);
  return assignmentPage({ settings, envSteps, evaluation, graph, ...others });
}
