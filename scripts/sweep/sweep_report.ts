import { returnText } from "../values/return_text.ts";
import { flagOf } from "../settings/settings.ts";
import { rankTrials, type RungResult, type TrialResult } from "./run_sweep.ts";
import { statusOf } from "./sweep_files.ts";
import { rungSizes, runSettings, type SweepPlan, trialFlags } from "./sweep_plan.ts";

/** What the report shows beside the ranking. */
export interface ReportParts {
  /** The command that made the sweep. */
  readonly command: string;
  /** Pictures, as SVG. */
  readonly pictures: readonly string[];
}

/**
 * The report: one file that needs nothing beside it.
 *
 * @param plan What was run.
 * @param results Every trial.
 * @param parts What it shows beside.
 * @returns HTML.
 */
export function reportHtml(plan: SweepPlan, results: readonly TrialResult[], parts: ReportParts): string {
  const ranked = rankTrials(results);
  const names = plan.space.map(({ name }) => flagOf(name).slice(2));
  const { env } = runSettings(plan, 0, 0, 0);
  const header = ["rank", "trial", ...names, "score", "± std", "rung", "status"];
  const rows = ranked.map((result, i) => {
    const last = result.rungs.at(-1)!;
    return [
      String(i + 1),
      String(result.trial + 1),
      ...plan.trials[result.trial]!,
      ...scoreTexts(plan, last),
      `${last.rung + 1} of ${plan.rungs}`,
      last.failure === undefined ? statusOf(plan, result) : `failed: ${last.failure}`,
    ];
  });
  const best = ranked.find(({ rungs }) => rungs.at(-1)!.failure === undefined);
  const seeds = `${plan.seeds} ${plan.seeds === 1 ? "seed" : "seeds"}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sweep of ${escape(env)}</title>
<style>${STYLE}</style>
<h1>Sweep of ${escape(env)}</h1>
<p><code>${escape(parts.command)}</code>
<p>${plan.trials.length} trials with ${seeds} each${
    plan.seeds === 1 ? `, seed ${plan.seed}` : `, seeds ${plan.seed} to ${plan.seed + plan.seeds - 1}`
  }, @bellman/dqn ${escape(plan.version)}. ${
    escape(rungsText(plan))
  } The score is the mean over seeds of the return that each run's kept policy gets on greedy
episodes that chose nothing; of the best of many, it is a little too high, since being lucky helped to be chosen.
${best === undefined ? "" : `<h2>The best trial</h2>\n<pre>${escape(trainCommand(plan, best.trial))}</pre>`}
${parts.pictures.map((svg) => `<figure>${svg}</figure>`).join("\n")}
<h2>Ranking</h2>
<div class="wide"><table>
<tr>${header.map((text) => `<th>${escape(text)}`).join("")}
${rows.map((row) => `<tr>${row.map((text) => `<td>${escape(text)}`).join("")}`).join("\n")}
</table></div>
</html>
`;
}

/** A score and its deviation over seeds, to be read; a dash for what there is none of: one seed does not deviate. */
export function scoreTexts({ seeds }: SweepPlan, { score, std }: RungResult): [score: string, std: string] {
  if (score === undefined || std === undefined) return ["–", "–"];
  return [returnText(score), seeds === 1 ? "–" : returnText(std, score)];
}

/** The command that trains a trial again, with the whole budget and the first seed. */
export function trainCommand(plan: SweepPlan, trial: number): string {
  const flags = [...trialFlags(plan, trial)].map(([name, value]) => `--${name} ${quoted(value)}`);
  const config = plan.config === null ? [] : ["--config CONFIG"];
  return ["deno task train", ...config, ...flags, `--seed ${plan.seed}`].join(" ");
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w.,:=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function rungsText(plan: SweepPlan): string {
  if (plan.rungs === 1) return "Every trial got the whole budget.";
  const sizes = rungSizes(plan);
  const rungs = sizes.map((size, rung) => {
    const { steps, episodes } = runSettings(plan, 0, rung, 0);
    const budget = steps === null ? `${episodes} episodes` : `${steps.toLocaleString("en")} steps`;
    return `${size} with ${budget}`;
  });
  return `Successive halving, one in ${plan.halving} going on: ${rungs.join(", then ")}.`;
}

const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1f2328; --line: #d8dee4; }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #e6edf3; --line: #30363d; } }
body { margin: 2rem auto; max-width: 1100px; padding: 0 1rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
pre, .wide, figure { overflow-x: auto; }
pre, code { font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
`;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
