/**
 * The assignment below the figure on MountainCar: a search in the tab, and a page to hand in.
 *
 * @module
 */

import { returnText } from "../../scripts/values/return_text.ts";
import { shownSetting } from "../../scripts/values/shown_setting.ts";
import { button } from "./button.ts";
import { CommandLine } from "./command_line.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { FilmPlayer } from "./film_player.ts";
import { LineChart } from "./line_chart.ts";
import type { HandIn, MountainCarReply, MountainCarRequest, SearchReply } from "./mountain_car_messages.ts";
import { MOUNTAIN_CAR_WORDS } from "./mountain_car_words.ts";
import { rewardCurves } from "./reward_curve.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { Table } from "./table.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

const SEEDS = Array.from({ length: 21 }, (_, i) => i);

/** Adds the assignment to the end of the section; its search starts once it is seen. */
export function mountAssignment({ root, language }: FigureContext): void {
  const t = wordsIn(MOUNTAIN_CAR_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const box = created(root, "div", { class: "assignment" });
  created(box, "p", { class: "title", text: t("assignment") });
  created(box, "p", { text: t("idle") });
  const sliders = created(box, "div", { class: "sliders" });
  const controls = created(box, "div", { class: "controls" });
  const progress = created(box, "output", { class: "numbers" });
  progress.ariaLive = "off";
  const ranking = new Table(box, t("ranking"));
  const answers = created(box, "div", { class: "answers" });
  answers.hidden = true;
  created(answers, "p", { class: "title", text: t("best") });
  const best = new Table(answers, t("best"));
  const graph = new LineChart(answers);
  const maximum = created(answers, "p", { class: "title" });
  const film = new FilmPlayer(answers, language);
  const link = created(created(answers, "p"), "a", {
    class: "button",
    text: t("download"),
    attributes: { download: "mountain_car.html" },
  });
  const status = new Status({ root: box, language });
  const command = new CommandLine(box, language);

  let last: SearchReply | undefined;
  const runs = new Runs<MountainCarRequest, MountainCarReply>("mountain_car", {
    onReply: (reply) => {
      if (reply.kind === "search") show(reply);
    },
    onDone: () => {
      setRunning(false);
      if (last?.result !== undefined) status.done(t("found", { maximum: last.result.maximum }));
    },
    onFailure: (reason) => {
      setRunning(false);
      status.failed(reason ?? common("workerFailed"));
    },
  });
  const trials = new Slider(sliders, {
    label: t("trials"),
    values: [1, 3, 6, 9],
    value: 3,
    onChange: start,
  });
  const steps = new Slider(sliders, {
    label: t("searchSteps"),
    values: [6000, 15_000, 30_000, 60_000, 120_000],
    value: 60_000,
    onChange: start,
  });
  const seed = new Slider(sliders, {
    label: t("searchSeed"),
    values: SEEDS,
    value: 0,
    onChange: start,
  });
  const search = button(controls, t("search"), start);
  const stop = button(controls, common("stop"), () => {
    runs.stop();
    setRunning(false);
    search.focus(); // the button pressed cannot keep the focus
    status.done(t("stopped"));
  });

  function setRunning(isRunning: boolean): void {
    search.disabled = isRunning;
    stop.disabled = !isRunning;
  }

  function showCommand(): void {
    command.show("assignment", {
      trials: `${trials.value}`,
      seed: `${seed.value}`,
      steps: `${steps.value}`,
    });
  }

  function start(): void {
    last = undefined;
    answers.hidden = true;
    film.show(undefined);
    showCommand();
    const wasPressed = document.activeElement === search;
    setRunning(true);
    if (wasPressed) stop.focus(); // the button pressed cannot keep the focus
    status.running();
    runs.start({ kind: "search", trials: trials.value, seed: seed.value, steps: steps.value, language });
  }

  function show(reply: SearchReply): void {
    last = reply;
    const { part, ended, of } = reply.progress;
    progress.value = t(ended < of ? "searching" : "searched", { ended, of, part: Math.round(100 * part) });
    ranking.show([
      [t("trial"), t("score"), t("runSteps"), ...reply.names],
      ...reply.trials.map(({ trial, values, steps, score }) => [
        String(trial),
        score === undefined ? "–" : returnText(score),
        steps === undefined ? "–" : String(steps),
        ...values.map(shownSetting),
      ]),
    ]);
    if (reply.result !== undefined) showAnswers(reply.result);
  }

  function showAnswers(result: HandIn): void {
    answers.hidden = false;
    best.show([
      [t("hyperparameter"), t("hyperparameterValue")],
      ...result.best.map(([name, value]) => [name, shownSetting(value)]),
    ]);
    graph.draw({
      series: rewardCurves(result.returns, { single: t("single"), mean: t("mean") }),
      across: common("episode"),
      caption: t("graph"),
    });
    maximum.textContent = t("maximum", {
      maximum: result.maximum,
      mean: returnText(result.mean),
      episodes: result.episodes,
    });
    film.show(result.film, t("film", { of: result.film.of, total: result.film.return }));
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([result.page], { type: "text/html" }));
  }

  setRunning(false);
  showCommand();
  whenSeen(box, start);
}
