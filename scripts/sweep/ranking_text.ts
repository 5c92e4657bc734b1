import { textTable } from "../cli/table.ts";
import { rankTrials } from "./rank_trials.ts";
import { statusOf } from "./sweep_files.ts";
import { searchedNames, type SweepPlan } from "./sweep_plan.ts";
import { rungText, scoreTexts } from "./sweep_report.ts";
import type { TrialResult } from "./trial_result.ts";

/** Number of trials that are printed. */
const PRINTED = 10;

/**
 * The best trials as a table; in a narrow window, the values of each trial are below it.
 *
 * @param plan The plan of the sweep.
 * @param results The results of all trials.
 * @param columns Characters in a line.
 * @returns Lines, none longer than the window unless a single value is.
 */
export function rankingText(plan: SweepPlan, results: readonly TrialResult[], columns: number): string {
  const names = searchedNames(plan);
  const ranked = rankTrials(results).slice(0, PRINTED);
  const rows = ranked.map((result, i) => {
    const last = result.rungs.at(-1)!;
    const [score, std] = scoreTexts(plan, last);
    const status = statusOf(plan, result);
    return [
      String(i + 1).padStart(4),
      `trial ${result.trial + 1}`,
      std === "–" ? score : `${score} ± ${std}`,
      // A trial that reached a later rung ranks higher, whatever its score.
      status === "stopped" ? `stopped at rung ${rungText(plan, last)}` : status,
    ];
  });
  const header = ["rank", "trial", "score", "status"];
  const values = ranked.map(({ trial }) => plan.trials[trial]!);
  const whole = textTable([[...header, ...names], ...rows.map((row, i) => [...row, ...values[i]!])]);
  if (whole.split("\n").every((line) => line.length <= columns)) return whole;
  const [head, ...lines] = textTable([header, ...rows]).split("\n");
  const below = values.map((row) => wrapped(row.map((value, i) => `${names[i]} ${value}`), columns));
  return [head, ...lines.flatMap((line, i) => [line, ...below[i]!])].join("\n");
}

/** Parts side by side, in as many indented lines as they need. */
function wrapped(parts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)}, ${part}`;
    if (lines.length > 0 && longer.length < columns) lines[lines.length - 1] = longer;
    else lines.push(`      ${part}`);
  }
  return lines;
}
