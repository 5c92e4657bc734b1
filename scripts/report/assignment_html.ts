import { escapeXml } from "../../envs/values/escape_xml.ts";
import { cards, chart, figures, film, reportPage } from "../plots/report_page.ts";
import { plotRewards } from "../plots/reward_plot.ts";
import type { SavedRun } from "../run_folder/saved_run.ts";
import { hyperparameters } from "../settings/hyperparameters.ts";
import { repeatCommand } from "../settings/repeat_command.ts";
import { flagName, type Settings, textOf } from "../settings/settings.ts";
import { episodesText } from "../settings/episodes_text.ts";
import { numberText } from "../values/number_text.ts";

/** The assignment to hand in. */
export interface Assignment {
  /** The best run. */
  readonly run: SavedRun;
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
 * @param assignment The assignment to hand in.
 * @returns An HTML document; the same search gives the same text.
 */
export async function assignmentHtml({ run, searched, best, search }: Assignment): Promise<string> {
  const { settings, summary, episodes } = run;
  const { env, agent, seed } = settings;
  const graph = await plotRewards(`${env}: total reward per episode`, episodes);
  const others = hyperparameters(settings).filter((name) => !searched.includes(name));
  return reportPage(`${env}: DQN with the best hyperparameters`, [
    '<section class="first">',
    `<h1>${escapeXml(env)}: DQN with the best hyperparameters</h1>`,
    `<p class="muted">${escapeXml(agent)}, seed ${seed}, ${
      summary.envSteps.toLocaleString("en")
    } environment steps</p>`,
    "<h2>1. The best hyperparameters</h2>",
    settingsTable(settings, searched),
    "<h2>2. Total reward per episode</h2>",
    episodes.length === 0 ? "<p>No episode of training ended.</p>" : chart("Total reward per episode", graph),
    "<h2>3. The maximum total reward, and the policy that gets it</h2>",
    maximum(run),
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

function maximum({ settings, summary }: SavedRun): string {
  const { evaluation } = summary;
  if (evaluation === null) return "<p>The policy was not evaluated.</p>";
  const { episodes, mean, std, max } = evaluation;
  return figures([
    ["maximum total reward", numberText(max), `of ${episodesText(episodes, settings.agent)}`],
    ["mean total reward", numberText(mean, 2), `± ${numberText(std, 2)} over the same episodes`],
  ]);
}
