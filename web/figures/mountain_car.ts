/**
 * The figure on MountainCar: what an agent thinks of each state while it learns, and the assignment.
 *
 * @module
 */

import { mountAssignment } from "./assignment.ts";
import { button } from "./button.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created, setText } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { FilmPlayer } from "./film_player.ts";
import { LineChart } from "./line_chart.ts";
import type { LearningReply, MountainCarReply, MountainCarRequest } from "./mountain_car_messages.ts";
import { MOUNTAIN_CAR_WORDS } from "./mountain_car_words.ts";
import { printedLog } from "./printed_log.ts";
import { rewardCurves } from "./reward_curve.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { StateMaps } from "./state_maps.ts";
import { Status } from "./status.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

const STEPS = [3000, 10_000, 30_000, 60_000, 120_000];
const SEEDS = Array.from({ length: 21 }, (_, i) => i);
/** Total reward of an episode that does not reach the flag. */
const LEAST_REWARD = -200;
/** No policy is better. */
const MOST_REWARD = -80;

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(MOUNTAIN_CAR_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const maps = new StateMaps(root, language);
  const chart = new LineChart(root);
  const progress = created(root, "output", { class: "numbers" });
  progress.ariaLive = "off";
  const sliders = created(root, "div", { class: "sliders" });
  const controls = created(root, "div", { class: "controls" });
  const columns = created(root, "div", { class: "figure-columns" });
  const printed = created(columns, "div");
  const log = printedLog(printed, t("printed"));
  const film = new FilmPlayer(created(columns, "div"), language);
  const settings = created(root, "p", { class: "settings" });
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let last: LearningReply | undefined;
  const runs = new Runs<MountainCarRequest, MountainCarReply>("mountain_car", {
    onReply: (reply) => {
      if (reply.kind === "learning") show(reply);
    },
    onDone: () => {
      if (last?.result === undefined) return;
      status.done(t("done", { steps: last.step, total: last.result.film.return }));
    },
    onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
  });
  const steps = new Slider(sliders, {
    label: t("steps"),
    values: STEPS,
    value: 120_000,
    onChange: start,
  });
  const seed = new Slider(sliders, { label: common("seed"), values: SEEDS, value: 0, onChange: start });
  button(controls, common("restart"), start);

  /** Says what will run. */
  function announce(): Flags {
    const flags = { env: "MountainCar-v0", steps: `${steps.value}`, seed: `${seed.value}` };
    command.show("train", flags);
    status.running(t("training"));
    printed.hidden = true;
    film.show(undefined);
    return flags;
  }

  function start(): void {
    runs.start({ kind: "train", flags: announce() });
  }

  function show(reply: LearningReply): void {
    last = reply;
    const { step, returns, map, result } = reply;
    maps.draw(map);
    chart.draw({
      series: rewardCurves(returns, { single: t("single"), mean: t("mean") }),
      y: [LEAST_REWARD, MOST_REWARD],
      across: common("episode"),
      caption: t("curve"),
    });
    progress.value = t("progress", {
      step,
      steps: steps.value,
      episode: returns.length,
    });
    setText(settings, t("settings", { settings: reply.settings.join("; ") }));
    if (result === undefined) return;
    printed.hidden = false;
    log.textContent = result.printed;
    film.show(result.film, t("film", { of: result.film.of, total: result.film.return }));
  }

  announce();
  mountAssignment(context);
  whenSeen(root, start);
}
