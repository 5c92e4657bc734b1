import { escapeXml } from "../../envs/values/escape_xml.ts";
import { cards, chart, reportPage } from "../plots/report_page.ts";
import { counted } from "../values/counted.ts";
import { returnText } from "../values/return_text.ts";
import { rankTrials } from "./rank_trials.ts";
import { statusOf } from "./sweep_files.ts";
import {
  roundSizes,
  rungSizes,
  runSettings,
  searchedNames,
  type SweepPlan,
  trialFlags,
} from "./sweep_plan.ts";
import type { RungResult, TrialResult } from "./trial_result.ts";

/** The parts of the report besides the ranking. */
export interface ReportParts {
  /** The command that finds the same result. */
  readonly command: string;
  /** Pictures, as SVG: each in a wide and in a narrow version. */
  readonly pictures: readonly { readonly wide: string; readonly narrow: string }[];
}

/**
 * The report, one self-contained file.
 *
 * @param plan The plan of the sweep.
 * @param results The results of all trials.
 * @param parts The other parts of the report.
 * @returns An HTML document.
 */
export function reportHtml(plan: SweepPlan, results: readonly TrialResult[], parts: ReportParts): string {
  const { env } = runSettings(plan, 0, 0, 0);
  const title = `Sweep of ${env}`;
  return reportPage(title, [`<h1>${escapeXml(title)}</h1>`, sweepSection(plan, results, parts)]);
}

/** The report of a sweep as a section of a page. */
export function sweepSection(
  plan: SweepPlan,
  results: readonly TrialResult[],
  { command, pictures }: ReportParts,
): string {
  const ranked = rankTrials(results);
  const best = ranked.find(({ rungs }) => rungs.at(-1)!.failure === undefined);
  const seeds = plan.seeds === 1
    ? `1 seed each, seed ${plan.seed}`
    : `${plan.seeds} seeds each, seeds ${plan.seed} to ${plan.seed + plan.seeds - 1}`;
  const code = (text: string) => `<code class="command">${escapeXml(text)}</code>`;
  return [
    "<section>",
    code(command),
    `<p>${counted(plan.trials.length, "trial")} with ${seeds}, @bellman/dqn ${escapeXml(plan.version)}. ${
      escapeXml(`${SAMPLING_TEXTS[plan.sampling](plan)} ${rungsText(plan)}`)
    } The score is the mean over seeds of the return that each run's kept policy gets on held-out greedy episodes; ` +
    "the best of many trials scores a little too high, since chance helped to select it.</p>",
    ...(best === undefined ? [] : ["<h2>The best trial</h2>", code(trainCommand(plan, best.trial))]),
    ...pictures.map(({ wide, narrow }) =>
      `<div class="on-desk">${chart("Picture of the sweep", wide)}</div><div class="on-phone">${narrow}</div>`
    ),
    "<h2>Ranking</h2>",
    rankingTable(plan, ranked),
    "</section>",
  ].join("\n");
}

function rankingTable(plan: SweepPlan, ranked: readonly TrialResult[]): string {
  const names = searchedNames(plan);
  const rows = ranked.map((result, i) => {
    const last = result.rungs.at(-1)!;
    return [
      String(i + 1),
      String(result.trial + 1),
      ...plan.trials[result.trial]!,
      ...scoreTexts(plan, last),
      rungText(plan, last),
      last.failure === undefined ? statusOf(plan, result) : `failed: ${last.failure}`,
    ];
  });
  return cards(["rank", "trial", ...names, "score", "± std", "rung", "status"], rows);
}

/** The last rung of a trial; a later rung ranks higher, whatever the score. */
export function rungText(plan: SweepPlan, { rung }: RungResult): string {
  return `${rung + 1} of ${plan.rungs}`;
}

/** A score and its deviation over seeds, as text; a dash without a score, and for the deviation with one seed. */
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

/** A word quoted for a shell. */
export function quoted(word: string): string {
  return /^[\w.,:=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** How trials were drawn, as a sentence. */
const SAMPLING_TEXTS: Readonly<Record<SweepPlan["sampling"], (plan: SweepPlan) => string>> = {
  random: () => "Drawn at random.",
  grid: () => "Every combination of a grid.",
  tpe: ({ roundSize }) =>
    `Drawn by a Tree-structured Parzen Estimator in rounds of ${roundSize}, beginning at random.`,
};

function rungsText(plan: SweepPlan): string {
  if (plan.rungs === 1) return "Every trial got the whole budget.";
  const rounds = roundSizes(plan);
  const budgets = rungSizes(plan, rounds[0]!).map((size, rung) => {
    const { steps, episodes } = runSettings(plan, 0, rung, 0);
    const budget = steps === null ? `${episodes} episodes` : `${steps.toLocaleString("en")} steps`;
    return { size, budget };
  });
  return PRUNING_TEXTS[plan.pruning](plan, budgets, rounds.length > 1);
}

/** How trials were chosen to continue, as a sentence. */
const PRUNING_TEXTS: Readonly<
  Record<
    SweepPlan["pruning"],
    (plan: SweepPlan, rungs: readonly { size: number; budget: string }[], inRounds: boolean) => string
  >
> = {
  halving: ({ halving }, rungs, inRounds) =>
    `Successive halving, one in ${halving}${inRounds ? " of each round" : ""} promoted: ${
      rungs.map(({ size, budget }) => `${size} with ${budget}`).join(", then ")
    }.`,
  median: (_, rungs) =>
    `Those whose best score was at least the median continued: ${
      rungs.map(({ budget }) => budget).join(", then ")
    }.`,
};
