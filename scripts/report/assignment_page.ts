import { escapeXml } from "../../envs/values/escape_xml.ts";
import { cards, chart, figures, film, reportPage } from "../plots/report_page.ts";
import type { EvaluationRow } from "../run_folder/evaluation_row.ts";
import { episodesText } from "../settings/episodes_text.ts";
import { hyperparameters } from "../settings/hyperparameters.ts";
import { repeatCommand } from "../settings/repeat_command.ts";
import { flagName, type Settings, textOf } from "../settings/settings.ts";
import { numberText } from "../values/number_text.ts";

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
}

/**
 * The page with the answers to the lecture's quiz, in its order: the hyperparameters, the graph of total reward per episode, the
 * maximum total reward and the animation of that episode.
 *
 * @param page Its content.
 * @returns An HTML document; the same search gives the same text.
 */
export function assignmentPage(page: AssignmentPage): string {
  const { settings, envSteps, evaluation, graph, searched, best, search } = page;
  const { env, agent, seed } = settings;
  const others = hyperparameters(settings).filter((name) => !searched.includes(name));
  return reportPage(`${env}: DQN with the best hyperparameters`, [
    '<section class="first">',
    `<h1>${escapeXml(env)}: DQN with the best hyperparameters</h1>`,
    `<p class="muted">${escapeXml(agent)}, seed ${seed}, ${
      envSteps.toLocaleString("en")
    } environment steps</p>`,
    "<h2>1. The best hyperparameters</h2>",
    settingsTable(settings, searched),
    "<h2>2. Total reward per episode</h2>",
    graph === undefined ? "<p>No episode of training ended.</p>" : chart("Total reward per episode", graph),
    "<h2>3. The maximum total reward, and the policy that gets it</h2>",
    maximum(settings, evaluation),
    best === undefined ? "<p>There is no animation: <code>deno task record</code> draws one.</p>" : film(
      best.gif,
      `An episode of ${env} played by ${agent}`,
      `The episode with the maximum total reward, ${numberText(best.return)}, of ${
        episodesText(best.of, agent)
      }, at real speed.`,
    ),
    "</section>",
    "<section><h2>All other hyperparameters</h2>",
    settingsTable(settings, others),
    "<h2>Train it again</h2>",
    `<code class="command">${escapeXml(repeatCommand(settings))}</code>`,
    "</section>",
    '<section class="search"><h2>How they were found</h2>',
    search,
    "</section>",
  ]);
}

/** A plain table of two columns, to paste into a slide. */
function settingsTable(settings: Settings, names: readonly (keyof Settings)[]): string {
  const rows = names.map((name) => [
    flagName(name).replaceAll("-", " "),
    textOf(settings[name]).replaceAll(",", ", "),
  ]);
  return cards(["hyperparameter", "value"], rows).replace('class="cards"', 'class="slide"');
}

function maximum(settings: Settings, evaluation: EvaluationRow | null): string {
  if (evaluation === null) return "<p>The policy was not evaluated.</p>";
  const { episodes, mean, std, max } = evaluation;
  return figures([
    ["maximum total reward", numberText(max), `of ${episodesText(episodes, settings.agent)}`],
    ["mean total reward", numberText(mean, 2), `± ${numberText(std, 2)} over the same episodes`],
  ]);
}
