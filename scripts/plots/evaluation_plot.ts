import type { SavedEvaluation } from "../run_folder/saved_run.ts";
import { plotCurves } from "./curve_plot.ts";
import { familyOf } from "../settings/agents.ts";
import type { Settings } from "../settings/settings.ts";

/** Half-width of a 95 % interval of a mean, in standard errors. */
const STANDARD_ERRORS = 1.96;

/**
 * Draws the evaluations of a run: the mean with its interval, and the smallest and the largest return.
 *
 * @param settings Of the run: whose agent plays greedily if it has a policy.
 * @param evaluations At least one.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotEvaluations(
  { agent, bufferSha256 }: Pick<Settings, "agent" | "bufferSha256">,
  evaluations: readonly SavedEvaluation[],
): Promise<string> {
  const isGreedy = familyOf(agent).policy !== "none";
  return await plotCurves(
    {
      title: isGreedy ? "Greedy episodes during training" : "Evaluations",
      subtitle: "bold: mean and its 95 % interval; thin: smallest and largest return",
      x: bufferSha256 === null ? "environment steps" : "steps of learning",
      y: isGreedy ? "return, greedy" : "return",
    },
    [{
      name: agent,
      colour: 0,
      points: evaluations.map(({ step, episodes, mean, std, min, max }) => {
        const half = STANDARD_ERRORS * std / Math.sqrt(episodes);
        return { x: step, y: mean, low: Math.max(min, mean - half), high: Math.min(max, mean + half) };
      }),
      members: [
        evaluations.map(({ step, min }) => ({ x: step, y: min })),
        evaluations.map(({ step, max }) => ({ x: step, y: max })),
      ],
    }],
  );
}
