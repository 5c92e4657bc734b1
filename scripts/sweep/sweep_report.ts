import { escapeXml } from "../../envs/values/escape_xml.ts";
import { cards, chart, reportPage } from "../plots/report_page.ts";
import { returnText } from "../values/return_text.ts";
import { shownSetting } from "../values/shown_setting.ts";
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
import { ENGLISH_SWEEP, type SweepWords } from "./sweep_words.ts";
import type { RungResult, TrialResult } from "./trial_result.ts";

/** The parts of the report besides the ranking. */
export interface ReportParts {
  /** The command that finds the same result. */
  readonly command: string;
  /** Pictures, as SVG: each in a wide and in a narrow version. */
  readonly pictures: readonly { readonly wide: string; readonly narrow: string }[];
  /** The words, by default English ones. */
  readonly words?: SweepWords;
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
  { command, pictures, words = ENGLISH_SWEEP }: ReportParts,
): string {
  const ranked = rankTrials(results);
  const best = ranked.find(({ rungs }) => rungs.at(-1)!.failure === undefined);
  const { trials, seeds, seed, version } = plan;
  const intro = [
    words.trials(trials.length, seeds, seed, version),
    samplingText(plan, words),
    rungsText(plan, words),
  ];
  const code = (text: string) => `<code class="command">${escapeXml(text)}</code>`;
  return [
    "<section>",
    code(command),
    `<p>${escapeXml(intro.join(" "))} ${words.score}</p>`,
    ...(best === undefined ? [] : [`<h2>${words.best}</h2>`, code(trainCommand(plan, best.trial))]),
    ...pictures.map(({ wide, narrow }) =>
      `<div class="on-desk">${chart(words.picture, wide)}</div><div class="on-phone">${narrow}</div>`
    ),
    `<h2>${words.ranking}</h2>`,
    rankingTable(plan, ranked, words),
    "</section>",
  ].join("\n");
}

function rankingTable(plan: SweepPlan, ranked: readonly TrialResult[], words: SweepWords): string {
  const rows = ranked.map((result, i) => {
    const last = result.rungs.at(-1)!;
    const status = words.status[statusOf(plan, result)];
    return [
      String(i + 1),
      String(result.trial + 1),
      ...plan.trials[result.trial]!.map(shownSetting),
      ...scoreTexts(plan, last),
      words.rung(last.rung + 1, plan.rungs),
      last.failure === undefined ? status : `${status}: ${last.failure}`,
    ];
  });
  const { before, after } = words.heads;
  return cards([...before, ...searchedNames(plan), ...after], rows);
}

/** The last rung of a trial; a later rung ranks higher, whatever the score. */
export function rungText(plan: SweepPlan, { rung }: RungResult): string {
  return ENGLISH_SWEEP.rung(rung + 1, plan.rungs);
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
function samplingText({ sampling, roundSize }: SweepPlan, words: SweepWords): string {
  return sampling === "tpe" ? words.sampling.tpe(roundSize) : words.sampling[sampling];
}

/** How trials were chosen to continue, as a sentence. */
function rungsText(plan: SweepPlan, words: SweepWords): string {
  if (plan.rungs === 1) return words.whole;
  const rounds = roundSizes(plan);
  const rungs = rungSizes(plan, rounds[0]!).map((size, rung) => {
    const { steps, episodes } = runSettings(plan, 0, rung, 0);
    return { size, budget: words.budget(steps, episodes) };
  });
  return PRUNING_TEXTS[plan.pruning](plan, words, rungs, rounds.length > 1);
}

const PRUNING_TEXTS: Readonly<
  Record<
    SweepPlan["pruning"],
    (
      plan: SweepPlan,
      words: SweepWords,
      rungs: readonly { size: number; budget: string }[],
      inRounds: boolean,
    ) => string
  >
> = {
  halving: ({ halving }, words, rungs, inRounds) => words.halving(halving, rungs, inRounds),
  median: (_, words, rungs) => words.median(rungs.map(({ budget }) => budget)),
};
