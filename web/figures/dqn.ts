/**
 * The figure on DQN: the lecture's lab 2, trained in the tab.
 *
 * @module
 */

import { lectureLine } from "../../scripts/values/lecture_line.ts";
import { button } from "./button.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { DQN_WORDS } from "./dqn_words.ts";
import { created, setText } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { FilmPlayer } from "./film_player.ts";
import { LineChart } from "./line_chart.ts";
import { rewardCurves } from "./reward_curve.ts";
import { printedLog } from "./printed_log.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import type { TrainingResult, TrainingState } from "./training.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

const EPISODES = [10, 20, 50, 100, 200, 300];
const SEEDS = Array.from({ length: 21 }, (_, i) => i);
/** The most steps of an episode, and so the most reward. */
const MOST_REWARD = 200;

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(DQN_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const chart = new LineChart(root);
  const progress = created(root, "output", { class: "numbers" });
  progress.ariaLive = "off";
  const columns = created(root, "div", { class: "figure-columns" });
  const log = printedLog(created(columns, "div"), t("printed"));
  log.classList.add("growing");
  const film = new FilmPlayer(created(columns, "div"), language);
  const sliders = created(root, "div", { class: "sliders" });
  const controls = created(root, "div", { class: "controls" });
  const settings = created(root, "p", { class: "settings" });
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let last: TrainingState | undefined;
  const runs = new Runs<Flags, TrainingState>("training", {
    onReply: show,
    onDone: () => {
      if (last?.result === undefined) return;
      status.done(t("done", { steps: last.step, total: last.result.evaluation[0]! }));
    },
    onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
  });
  const episodes = new Slider(sliders, {
    label: t("episodes"),
    values: EPISODES,
    value: 300,
    onChange: start,
  });
  const seed = new Slider(sliders, { label: common("seed"), values: SEEDS, value: 0, onChange: start });
  button(controls, common("restart"), start);

  /** Says what will run. */
  function announce(): Flags {
    const flags = { preset: "lecture", seed: `${seed.value}`, episodes: `${episodes.value}` };
    command.show("train", flags);
    status.running(t("training"));
    film.show(undefined);
    return flags;
  }

  function start(): void {
    runs.start(announce());
  }

  function show(state: TrainingState): void {
    last = state;
    const { step, returns, result } = state;
    chart.draw({
      series: rewardCurves(returns, { single: t("single"), mean: t("mean") }),
      x: [1, episodes.value],
      y: [0, MOST_REWARD],
      across: common("episode"),
      caption: t("curve"),
    });
    progress.value = t("progress", {
      episode: returns.length,
      episodes: episodes.value,
      step,
    });
    setText(settings, t("settings", { settings: state.settings.join("; ") }));
    if (setText(log, printedLines(returns, result).join("\n"))) log.scrollTop = log.scrollHeight;
    if (result !== undefined) film.show(result.film, t("film", { total: result.evaluation[0]! }));
  }

  announce();
  whenSeen(root, start);
}

/** What `deno task train --preset lecture` prints of these episodes, and of the end. */
function printedLines(returns: readonly number[], result: TrainingResult | undefined): string[] {
  const episodes = returns.flatMap((total, i) => lectureLine({ episode: i + 1, return: total }) ?? []);
  if (result === undefined) return episodes;
  const { weights, trajectory, evaluation } = result;
  return [
    ...episodes,
    `weights ${weights}`,
    `trajectory ${trajectory}`,
    "",
    `Total Reward: ${evaluation[0]}`,
  ];
}
