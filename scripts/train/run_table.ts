import { counted } from "../values/counted.ts";
import { visibleLine } from "../values/visible_text.ts";
import { evaluationText } from "./evaluation_text.ts";
import { returnText } from "../values/return_text.ts";
import type { Run } from "../run/run.ts";
import type { Settings } from "../settings/settings.ts";
import { familyOf } from "../settings/agents.ts";

/**
 * The results of a run, as a table for a terminal.
 *
 * @param settings Of the run.
 * @param run Ended.
 * @param seconds Its duration.
 * @param savedIn Its folder; undefined if it was not saved.
 */
export function runTable(
  settings: Settings,
  run: Readonly<Run>,
  seconds: number,
  savedIn: string | undefined,
): string {
  const { evaluation, policy } = run;
  const count = (value: number) => value.toLocaleString("en");
  const rows: [string, string][] = [
    ["run", `${settings.env}, ${settings.agent}, seed ${settings.seed}, preset ${settings.preset}`],
    [
      "ended",
      settings.bufferSha256 === null
        ? `after ${counted(run.step, "step")}, ${counted(run.episodes.length, "episode")} (${run.stopReason})`
        : `after ${counted(run.step, "step")} of learning from recorded transitions (${run.stopReason})`,
    ],
    ["time", `${seconds.toFixed(1)} s, ${count(Math.round(run.step / seconds))} steps/s`],
  ];
  if (evaluation !== undefined) {
    const { returns } = evaluation;
    const { mean, std, min, max } = evaluationText(evaluation);
    const spread = returns.length > 1 ? ` ± ${std} (min ${min}, max ${max})` : "";
    const episodes = counted(returns.length, "episode");
    rows.push([
      "return",
      `${mean}${spread} over ${episodes}${familyOf(settings.agent).policy === "none" ? "" : ", greedy"}`,
    ]);
  }
  if (run.meanQ !== undefined) rows.push(["mean Q", `${returnText(run.meanQ)} in the last mini-batch`]);
  if (policy !== undefined) rows.push(["policy", `of step ${count(policy.step)}`]);
  if (run.weightsHash !== undefined) rows.push(["weights", run.weightsHash]);
  if (settings.bufferSha256 === null) rows.push(["trajectory", run.trajectoryHash]);
  if (savedIn !== undefined) rows.push(["saved in", savedIn]);
  return rows.map(([name, value]) => `${name.padEnd(12)}${visibleLine(value)}`).join("\n");
}
