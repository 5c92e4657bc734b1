/**
 * The figure on hyperparameters: two runs side by side with the same seed.
 *
 * @module
 */

import { returnText } from "../../scripts/values/return_text.ts";
import { shownSetting } from "../../scripts/values/shown_setting.ts";
import { meanOf } from "../../scripts/values/statistics.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created, setText } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import {
  HYPERPARAMETER_NAMES,
  type HyperparameterName,
  HYPERPARAMETERS,
  PROGRAM,
  TABLE,
  trainFlags,
} from "./hyperparameter_choices.ts";
import { HYPERPARAMETERS_WORDS } from "./hyperparameters_words.ts";
import { LineChart } from "./line_chart.ts";
import { rewardCurves } from "./reward_curve.ts";
import { perFrame } from "./per_frame.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import type { TrainingState } from "./training.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

const EPISODES = [20, 50, 100, 150, 200, 300];
const SEEDS = Array.from({ length: 21 }, (_, i) => i);
/** The most steps of an episode, and so the most reward. */
const MOST_REWARD = 200;
/** Episodes of the mean. */
const LAST = 20;

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(HYPERPARAMETERS_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const chart = new LineChart(root);
  const shared = created(root, "div", { class: "sliders" });
  const columns = created(root, "div", { class: "figure-columns" });
  const status = new Status(context);
  const episodes = new Slider(shared, {
    label: t("episodes"),
    values: EPISODES,
    value: 300,
    onChange: startAll,
  });
  const seed = new Slider(shared, { label: t("seed"), values: SEEDS, value: 0, onChange: startAll });

  /** One of the two runs, with its sliders. */
  const column = (run: string, values: Readonly<Record<HyperparameterName, string>>) => {
    const box = created(columns, "div");
    created(box, "p", { class: "title", text: t("run", { run }) });
    const progress = created(box, "output", { class: "numbers" });
    progress.ariaLive = "off";
    const list = created(box, "div", { class: "sliders" });
    const choices: Record<HyperparameterName, string> = { ...values };
    for (const name of HYPERPARAMETER_NAMES) {
      new Slider<string>(list, {
        label: t(name, { run }),
        values: HYPERPARAMETERS[name],
        value: values[name],
        text: shownSetting,
        onChange: (value) => {
          choices[name] = value;
          start();
        },
      });
    }
    const settings = created(box, "p", { class: "settings" });
    const weights = created(box, "p", { class: "numbers weights" });
    const command = new CommandLine(box, language);
    let state: TrainingState | undefined;
    const runs = new Runs<Flags, TrainingState>("training", {
      onReply: (reply) => {
        state = reply;
        const { returns, step, result } = reply;
        progress.value = t("progress", {
          run,
          episode: returns.length,
          episodes: episodes.value,
          step,
          mean: lastMean(returns),
        });
        setText(settings, t("settings", { settings: reply.settings.join("; ") }));
        setText(weights, result === undefined ? "" : t("weights", { run, weights: result.weights }));
        drawSoon();
      },
      onDone: showEnd,
      onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
    });
    /** Says what will run. */
    const announce = () => {
      state = undefined;
      const flags = trainFlags(choices, { episodes: episodes.value, seed: seed.value });
      command.show("train", flags);
      status.running(t("training"));
      return flags;
    };
    const start = () => runs.start(announce());
    return { run, announce, start, state: () => state };
  };
  const both = [column("A", PROGRAM), column("B", TABLE)];

  function startAll(): void {
    for (const { start } of both) start();
  }

  const drawSoon = perFrame(() => {
    chart.draw({
      series: both.flatMap(({ run, state }, i) =>
        rewardCurves(state()?.returns ?? [], { single: t("single", { run }), mean: t("mean", { run }) }, {
          single: i + 1,
          mean: i + 1,
        })
      ),
      x: [1, episodes.value],
      y: [0, MOST_REWARD],
      across: common("episode"),
      caption: t("curve"),
    });
  });

  function showEnd(): void {
    const [a, b] = both.map(({ state }) => state());
    if (a?.result === undefined || b?.result === undefined) return;
    status.done(t("done", { a: lastMean(a.returns), b: lastMean(b.returns) }));
  }

  for (const { announce } of both) announce();
  whenSeen(root, startAll);
}

/** The mean of the last returns; a dash without any. */
function lastMean(returns: readonly number[]): string {
  return returns.length === 0 ? "–" : returnText(meanOf(returns.slice(-LAST)));
}
