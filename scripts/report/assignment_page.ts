import { escapeXml } from "../../envs/values/escape_xml.ts";
import { cards, chart, figures, film, reportPage } from "../plots/report_page.ts";
import type { EvaluationRow } from "../run_folder/evaluation_row.ts";
import { familyOf } from "../settings/agents.ts";
import { hyperparameters } from "../settings/hyperparameters.ts";
import { repeatCommand } from "../settings/repeat_command.ts";
import { flagName, type Settings, textOf } from "../settings/settings.ts";
import { numberText } from "../values/number_text.ts";
import { shownName } from "../values/shown_name.ts";
import { shownSetting } from "../values/shown_setting.ts";
import { type AssignmentWords, ENGLISH_ASSIGNMENT } from "./assignment_words.ts";

/** The content of the page to hand in. */
export interface AssignmentPage {
  /** The settings of the best run. */
  readonly settings: Settings;
  /** Its environment steps. */
  readonly envSteps: number;
  /** The evaluation of its policy; null without one. */
  readonly evaluation: EvaluationRow | null;
  /** The total reward of each of its episodes, as SVG; undefined if none ended. */
  readonly graph: string | undefined;
  /** The varied settings. */
  readonly searched: readonly (keyof Settings)[];
  /** The episode with the highest return: its animation and its return; undefined if nothing could be drawn. */
  readonly best: { readonly gif: Uint8Array; readonly return: number; readonly of: number } | undefined;
  /** The report of the search, as HTML. */
  readonly search: string;
  /** Its words, by default English ones. */
  readonly words?: AssignmentWords;
}

/**
 * The page with the answers to the lecture's quiz, in its order: the hyperparameters, the graph of total reward per episode, the
 * maximum total reward and the animation of that episode.
 *
 * @param page Its content.
 * @returns An HTML document; the same search gives the same text.
 */
export function assignmentPage(page: AssignmentPage): string {
  const { settings, envSteps, evaluation, graph, searched, best, search, words = ENGLISH_ASSIGNMENT } = page;
  const { env, agent, seed } = settings;
  const others = hyperparameters(settings).filter((name) => !searched.includes(name));
  const heading = (text: string) => `<h2>${escapeXml(text)}</h2>`;
  const [bestHeading, rewards, maximumHeading, othersHeading, repeat, found] = words.headings;
  const sections = [
    '<section class="first">',
    `<h1>${escapeXml(words.title(env))}</h1>`,
    `<p class="muted">${escapeXml(words.run(agent, seed, envSteps.toLocaleString("en")))}</p>`,
    heading(bestHeading),
    settingsTable(settings, searched, words),
    heading(rewards),
    graph === undefined ? `<p>${words.missing.graph}</p>` : chart(words.graph, graph),
    heading(maximumHeading),
    maximum(settings, evaluation, words),
    best === undefined ? `<p>${words.missing.film}</p>` : film(
      best.gif,
      words.film(env, agent),
      words.filmNote(numberText(best.return), episodesOf(best.of, settings, words)),
    ),
    "</section>",
    `<section>${heading(othersHeading)}`,
    settingsTable(settings, others, words),
    heading(repeat),
    `<code class="command">${escapeXml(repeatCommand(settings))}</code>`,
    "</section>",
    `<section class="search">${heading(found)}`,
    search,
    "</section>",
  ];
  return reportPage(words.title(env), sections, words.language);
}

/** A plain table of two columns, to paste into a slide. */
function settingsTable(
  settings: Settings,
  names: readonly (keyof Settings)[],
  words: AssignmentWords,
): string {
  const rows = names.map((name) => [
    shownName(flagName(name)),
    shownSetting(textOf(settings[name])),
  ]);
  return cards(words.table, rows).replace('class="cards"', 'class="slide"');
}

function maximum(settings: Settings, evaluation: EvaluationRow | null, words: AssignmentWords): string {
  if (evaluation === null) return `<p>${words.missing.evaluation}</p>`;
  const { episodes, mean, std, max } = evaluation;
  return figures([
    [words.maximum, numberText(max), words.maximumNote(episodesOf(episodes, settings, words))],
    [words.mean, numberText(mean, 2), words.meanNote(numberText(std, 2))],
  ]);
}

function episodesOf(count: number, { agent }: Settings, words: AssignmentWords): string {
  return words.episodes(count.toLocaleString("en"), count === 1, familyOf(agent).policy !== "none");
}
