/**
 * The figure on dueling networks: value and advantages of two states as they are learned, in one of which no action matters.
 *
 * @module
 */

import { fixedText } from "../../scripts/values/fixed_text.ts";
import { button } from "./button.ts";
import { endsOf } from "./chart_points.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import type { DuelingReply, Reading } from "./dueling_run.ts";
import { ANGLES, fallsAtOnce, type PoleState, stateIndex, VELOCITIES } from "./dueling_states.ts";
import { DUELING_WORDS } from "./dueling_words.ts";
import { created, setText } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { LineChart } from "./line_chart.ts";
import { PolePicture } from "./pole_picture.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { Table } from "./table.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

const SEEDS = Array.from({ length: 21 }, (_, i) => i);
const UPRIGHT: PoleState = { angle: 0, velocity: 0 };
/** The least ends of the axes of advantages and of values. */
const LEAST_ADVANTAGE = 1;
const LEAST_VALUE = 10;
/** Most points of a curve. */
const MOST_POINTS = 300;

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(DUELING_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const columns = created(root, "div", { class: "figure-columns" });
  const upright = stateColumn(columns);
  const chosen = stateColumn(columns);
  const note = created(root, "p", { class: "note" });
  const sliders = created(root, "div", { class: "sliders" });
  const controls = created(root, "div", { class: "controls" });
  const progress = created(root, "output", { class: "numbers" });
  progress.ariaLive = "off";
  const table = new Table(root, t("now"));
  const settings = created(root, "p", { class: "settings" });
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let readings: Reading[] = [];
  let last: DuelingReply | undefined;
  const runs = new Runs<Flags, DuelingReply>("dueling", {
    onEach: (reply) => readings.push(...reply.readings),
    onReply: hear,
    onDone: () => {
      if (last?.result === undefined) return;
      status.done(t("done", { steps: last.step, weights: last.result.weights }));
    },
    onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
  });
  const angle = new Slider(sliders, { label: t("angle"), values: ANGLES, value: 11, onChange: show });
  const velocity = new Slider(sliders, {
    label: t("velocity"),
    values: VELOCITIES,
    value: 3,
    onChange: show,
  });
  const episodes = new Slider(sliders, {
    label: t("episodes"),
    values: [20, 50, 100, 200, 300],
    value: 300,
    onChange: start,
  });
  const seed = new Slider(sliders, { label: common("seed"), values: SEEDS, value: 0, onChange: start });
  button(controls, common("restart"), start);

  /** Says what will run. */
  function announce(): Flags {
    readings = [];
    const flags = {
      preset: "lecture",
      agent: "dueling-dqn",
      episodes: `${episodes.value}`,
      seed: `${seed.value}`,
    };
    command.show("train", flags);
    status.running(t("training"));
    return flags;
  }

  function start(): void {
    runs.start(announce());
  }

  function hear(reply: DuelingReply): void {
    last = reply;
    progress.value = t("progress", {
      episode: reply.episodes,
      episodes: episodes.value,
      step: reply.step,
    });
    setText(settings, t("settings", { settings: reply.settings.join("; ") }));
    show();
  }

  function show(): void {
    const state = { angle: angle.value, velocity: velocity.value };
    const columns = [
      { ...upright, state: UPRIGHT, name: t("upright") },
      { ...chosen, state, name: t("chosen", { angle: state.angle, velocity: state.velocity }) },
    ];
    setText(note, t(fallsAtOnce(state) ? "falls" : "matters"));
    const shown = thinned(readings);
    const at = (reading: Reading, { state }: typeof columns[number]) => reading.parts[stateIndex(state)]!;
    const largest = Math.max(
      LEAST_ADVANTAGE,
      ...columns.flatMap((column) =>
        shown.flatMap((reading) => at(reading, column).advantages.map(Math.abs))
      ),
    );
    const values = columns.flatMap((column) => shown.map((reading) => at(reading, column).value));
    const x = shown.map(({ step }) => step);
    for (const column of columns) {
      setText(column.title, column.name);
      column.picture.show(column.state);
      column.value.draw({
        series: [{ name: "V(s)", x, y: shown.map((reading) => at(reading, column).value) }],
        y: endsOf([0, LEAST_VALUE, ...values]),
        across: common("step"),
        caption: t("value"),
      });
      column.advantages.draw({
        series: (["left", "right"] as const).map((action, i) => ({
          name: t(action),
          x,
          y: shown.map((reading) => at(reading, column).advantages[i]!),
          colour: i + 2,
        })),
        y: [-largest, largest],
        across: common("step"),
        caption: t("advantages"),
      });
    }
    const now = readings.at(-1);
    table.show([
      [t("state"), "V(s)", `A(${t("leftShort")})`, `A(${t("rightShort")})`],
      ...columns.flatMap((column) => {
        if (now === undefined) return [];
        const { value, advantages } = at(now, column);
        return [[column.name, ...[value, ...advantages].map(numberText)]];
      }),
    ]);
  }

  announce();
  whenSeen(root, start);
}

/** The picture and the charts of a state. */
function stateColumn(parent: Element) {
  const column = created(parent, "div");
  const title = created(column, "p", { class: "title" });
  return {
    title,
    picture: new PolePicture(column, "CartPole"),
    value: new LineChart(column),
    advantages: new LineChart(column),
  };
}

/** Evenly spaced readings, the last one among them. */
function thinned(readings: readonly Reading[]): readonly Reading[] {
  const stride = Math.ceil(readings.length / MOST_POINTS);
  return readings.filter((_, i) => (readings.length - 1 - i) % stride === 0);
}

function numberText(value: number): string {
  return fixedText(value, 3);
}
