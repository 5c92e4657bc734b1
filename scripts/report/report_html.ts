import { escapeXml } from "../../envs/values/escape_xml.ts";
import { plotEvaluations } from "../plots/evaluation_plot.ts";
import { plotHistory } from "../plots/history_plot.ts";
import { hyperparameters } from "../settings/hyperparameters.ts";
import { episodesText } from "../settings/episodes_text.ts";
import { numberText } from "../values/number_text.ts";
import { repeatCommand } from "../settings/repeat_command.ts";
import { shownName } from "../values/shown_name.ts";
import { shownSetting } from "../values/shown_setting.ts";
import { chart, figures, film, reportPage } from "../plots/report_page.ts";
import { gifComment } from "../recording/gif_comment.ts";
import { plotRewards } from "../plots/reward_plot.ts";
import { groupRuns, type SavedRunGroup } from "../run_folder/run_groups.ts";
import { plotSavedRuns } from "../plots/saved_curves.ts";
import type { SavedRun } from "../run_folder/saved_run.ts";
import { flagName, textOf } from "../settings/settings.ts";
import { interquartileMean, meanOf, stdOf } from "../values/statistics.ts";
import { isUsedBy } from "../settings/used_settings.ts";
import { familyOf } from "../settings/agents.ts";

/** A run with its animation. */
export interface ReportRun extends SavedRun {
  /** Its policy.gif; undefined if there is none. */
  readonly gif: Uint8Array | undefined;
}

/**
 * Writes a report: one self-contained file.
 *
 * @param runs At least one; several are compared, environment by environment.
 * @returns An HTML document; the same runs give the same text.
 */
export async function reportHtml(runs: readonly ReportRun[]): Promise<string> {
  const envs = [...Map.groupBy(runs, ({ settings }) => settings.env).values()];
  const sections = await Promise.all(envs.map((members) => envSections(members)));
  const { env, agent, seed } = runs[0]!.settings;
  const title = runs.length === 1
    ? `${env}, ${agent}, seed ${seed}`
    : `${runs.length} runs in ${[...new Set(runs.map(({ settings }) => settings.env))].join(", ")}`;
  return reportPage(title, sections);
}

/** The best run first, with its key figures; then the comparison with the others; then its details. */
async function envSections(runs: readonly ReportRun[]): Promise<string> {
  const best = bestOf(runs);
  const rewards = best.episodes.length === 0
    ? `<p>${
      best.summary.offlineSteps === null
        ? "No episode of training ended."
        : "It learned from recorded transitions alone, without acting."
    }</p>`
    : chart("Return per episode", await plotRewards("Return of each episode of training", best.episodes));
  return [
    '<section class="first">',
    heading(best, runs.length),
    keyFigures(best),
    '<div class="pair">',
    animation(best),
    `<div><h3>Hyperparameters</h3>${settingsList(best)}</div>`,
    "</div>",
    rewards,
    "</section>",
    runs.length > 1 ? await comparison(runs) : "",
    await details(best),
  ].join("\n");
}

/** The run whose kept policy has the highest mean return; among equals, the one with fewer steps. */
function bestOf(runs: readonly ReportRun[]): ReportRun {
  const score = ({ summary }: ReportRun) => summary.evaluation?.mean ?? -Infinity;
  return runs.reduce((best, run) =>
    score(run) > score(best) || score(run) === score(best) && run.summary.envSteps < best.summary.envSteps
      ? run
      : best
  );
}

function heading({ settings, summary }: ReportRun, count: number): string {
  const { env, agent, seed, preset } = settings;
  const of = count > 1 ? `the best of ${count} runs: ` : "";
  const steps = summary.offlineSteps === null
    ? `${whole(summary.envSteps)} environment steps`
    : `${whole(summary.offlineSteps)} steps of learning from recorded transitions`;
  return `<h1>${escapeXml(env)}</h1>\n<p class="muted">${of}${agent}, seed ${seed}, preset ${preset}; ` +
    `${steps}, stopped by ${escapeXml(summary.stoppedBy ?? "nothing")}</p>`;
}

function keyFigures({ settings, summary, episodes }: ReportRun): string {
  const { evaluation } = summary;
  const returns = episodes.map((record) => record.return);
  const most = returns.reduce((a, b) => Math.max(a, b), -Infinity);
  const first = returns.indexOf(most) + 1;
  const evaluated = episodesText(evaluation?.episodes ?? 0, settings.agent);
  const player = familyOf(settings.agent).policy === "none" ? "" : " of the policy";
  const explores = isUsedBy(settings.agent, "epsilonEnd") &&
    settings.epsilonEnd > 0 && settings.epsilonEnd < settings.epsilonStart;
  const noise = explores ? `, while ε falls to ${numberText(settings.epsilonEnd, 6)}` : "";
  return figures([
    ...evaluation === null ? [] : [
      [`maximum total reward${player}`, numberText(evaluation.max), `of ${evaluated}`] as const,
      [
        `mean total reward${player}`,
        meanText(evaluation.mean),
        `± ${meanText(evaluation.std)}, at least ${numberText(evaluation.min)}`,
      ] as const,
    ],
    ...returns.length === 0 ? [] : [
      ["maximum in training", numberText(most), `first in episode ${whole(first)}${noise}`] as const,
    ],
    ["episodes of training", whole(returns.length), `${whole(summary.gradientSteps)} updates`],
  ]);
}

function animation({ gif, settings, summary }: ReportRun): string {
  if (gif === undefined) {
    return "<p>There is no animation: <code>deno task record</code> draws one.</p>";
  }
  const step = summary.policyStep === null ? "" : `, of step ${whole(summary.policyStep)}`;
  const player = familyOf(settings.agent).policy === "none"
    ? `The ${settings.agent} agent`
    : `The policy that was kept${step}`;
  // The animation's own text, since it may have been recorded again after training.
  const result = gifComment(gif)?.match(/: (return .*)$/)?.[1];
  return film(
    gif,
    `An episode of ${settings.env} played by ${settings.agent}`,
    `${player}, at real speed${result === undefined ? "" : `: ${result}`}.`,
  );
}

function settingsList({ settings }: ReportRun): string {
  const rows = hyperparameters(settings).map((name) => {
    const text = shownName(flagName(name));
    return `<div><dt>${text}</dt><dd>${escapeXml(shownSetting(textOf(settings[name])))}</dd></div>`;
  });
  return `<dl class="settings">${rows.join("")}</dl>`;
}

async function comparison(runs: readonly ReportRun[]): Promise<string> {
  const groups = groupRuns(runs);
  const hasEpisodes = runs.some(({ episodes }) => episodes.length > 0);
  return [
    "<section><h2>Comparison</h2>",
    hasEpisodes ? chart("Learning curves", await plotSavedRuns(groups, "step")) : "",
    table(
      ["", "runs", "mean", "std", "interquartile mean", "min", "max", "steps"],
      groups.map((group) => [group.name, ...groupCells(group)]),
    ),
    '<p class="muted">Over the runs of each row: the mean return of the kept policy on held-out episodes; steps are their ' +
    "mean.</p>",
    table(
      ["", "seed", "mean", "std", "min", "max", "steps", "episodes", "seconds", "weights"],
      groups.flatMap(({ name, runs }) => runs.map((run) => [name, ...runCells(run)])),
    ),
    "</section>",
  ].join("\n");
}

function groupCells({ runs }: SavedRunGroup): string[] {
  const means = runs.flatMap(({ summary }) => summary.evaluation?.mean ?? []);
  const steps = whole(Math.round(meanOf(runs.map(({ summary }) => summary.envSteps))));
  if (means.length === 0) return [String(runs.length), "", "", "", "", "", steps];
  const statistics = [
    meanOf(means),
    stdOf(means),
    interquartileMean(means),
    Math.min(...means),
    Math.max(...means),
  ];
  return [String(means.length), ...statistics.map(meanText), steps];
}

function runCells({ settings, summary, episodes }: SavedRun): string[] {
  const { evaluation } = summary;
  const values = evaluation === null ? [] : [evaluation.mean, evaluation.std, evaluation.min, evaluation.max];
  return [
    String(settings.seed),
    ...[0, 1, 2, 3].map((i) => values[i] === undefined ? "" : meanText(values[i])),
    whole(summary.envSteps),
    whole(episodes.length),
    numberText(summary.wallSeconds, 1),
    summary.weightsHash?.slice(0, 12) ?? "",
  ];
}

async function details(run: ReportRun): Promise<string> {
  const { settings, summary, evaluations } = run;
  const evaluated = evaluations.length === 0
    ? ""
    : chart("Evaluations", await plotEvaluations(settings, evaluations));
  const history = await plotHistory(run);
  const facts: [string, string | null][] = [
    ["policy SHA-256", summary.policyHash],
    ["weights SHA-256", summary.weightsHash],
    ["trajectory SHA-256", summary.trajectoryHash],
    ["kernel", summary.kernel],
    ["time", `${numberText(summary.wallSeconds, 1)} s, ${speed(summary.stepsPerSecond)}`],
    ["versions", Object.entries(summary.versions).map(([name, version]) => `${name} ${version}`).join(", ")],
  ];
  return [
    "<section>",
    ...(evaluated === "" && history === undefined ? [] : ["<h2>Training</h2>"]),
    evaluated,
    history === undefined ? "" : `<div class="history">${chart("History", history)}</div>`,
    "<h2>Repeat it</h2>",
    `<code class="command">${escapeXml(repeatCommand(settings))}</code>`,
    '<p class="muted">The same version gives the same bits: compare the SHA-256 of weights and trajectory.</p>',
    `<dl class="facts">${
      facts.flatMap(([name, value]) =>
        value === null ? [] : [`<div><dt>${name}</dt><dd><code>${escapeXml(value)}</code></dd></div>`]
      ).join("")
    }</dl></section>`,
  ].join("\n");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map((row) =>
    `<tr>${
      row.map((cell, i) =>
        i === 0 ? `<th scope="row">${escapeXml(cell)}</th>` : `<td>${escapeXml(cell)}</td>`
      )
        .join("")
    }</tr>`
  );
  return `<div class="wide" role="group" aria-label="Table" tabindex="0"><table><thead><tr>${head}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table></div>`;
}

function speed(stepsPerSecond: number | null): string {
  return stepsPerSecond === null ? "no steps" : `${whole(Math.round(stepsPerSecond))} steps per second`;
}

/** A mean return; small ones, as of tasks with a reward only at the goal, need more decimals. */
function meanText(value: number): string {
  return numberText(value, Math.abs(value) < 10 ? 3 : 1);
}

function whole(value: number): string {
  return value.toLocaleString("en");
}
