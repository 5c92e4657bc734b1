/**
 * The figure on experience replay: a buffer fills, and sampling breaks the correlation of consecutive transitions.
 *
 * @module
 */

import { shapeText } from "../../scripts/replay/batch_columns.ts";
import { correlationText } from "../../scripts/replay/correlation.ts";
import { CommandLine } from "./command_line.ts";
import { endsOf } from "./chart_points.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created } from "./elements.ts";
import { EXPERIENCE_REPLAY_WORDS } from "./experience_replay_words.ts";
import type { FigureContext } from "./figure.ts";
import { REPLAY_ENV, type ReplayMessage, VARIABLES } from "./replay_request.ts";
import type { OrderedObservations, ReplayState } from "./replay_run.ts";
import { ReplayStrip } from "./replay_strip.ts";
import { Runs } from "./runs.ts";
import { ScatterPlot } from "./scatter_plot.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { Table } from "./table.ts";
import { mayMove, whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

/** The file that the commands save and read. */
const BUFFER = "random.safetensors";

/** The variable that is drawn first: the pole's angle. */
const FIRST_VARIABLE = 2;

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(EXPERIENCE_REPLAY_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);
  const names = (["cartPosition", "cartVelocity", "poleAngle", "poleVelocity"] as const).map((key) => t(key));

  const strip = new ReplayStrip(root);
  const legend = created(root, "p", { class: "legend" });
  created(legend, "span", { class: "key series-1", text: t("drawnKey") });
  created(legend, "span", { class: "key series-2", text: t("newestKey") });
  const columns = created(root, "div", { class: "figure-columns" });
  const plots = (["consecutive", "sampled"] as const).map((order, i) => ({
    order,
    colour: i + 1,
    plot: new ScatterPlot(created(columns, "div")),
  }));
  const sliders = created(root, "div", { class: "sliders" });
  const tables = created(root, "div", { class: "figure-columns" });
  const correlations = new Table(titled(tables, t("correlations")), t("correlations"));
  const shapes = new Table(titled(tables, t("shapes")), t("shapes"));
  const status = new Status(context);
  const command = new CommandLine(root, language);
  created(root, "p", { class: "settings", text: t("computed") });

  let last: ReplayState | undefined;
  const runs = new Runs<ReplayMessage, ReplayState>("experience_replay", {
    onReply: show,
    onDone: () => {
      if (last === undefined) return;
      const { added, episodes, trajectory } = last;
      status.done(t("done", { added, episodes, trajectory }));
    },
    onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
  });
  const slider = (label: string, values: readonly number[], value: number) =>
    new Slider(sliders, { label, values, value, onChange: start });
  const episodes = slider(t("episodes"), [5, 10, 20, 50], 10);
  const capacity = slider(t("capacity"), [50, 100, 200, 500, 1000, 10_000], 500);
  const batchSize = slider(t("batchSize"), [8, 16, 32, 64, 128], 32);
  const seed = slider(common("seed"), Array.from({ length: 21 }, (_, i) => i), 0);
  const variable = new Slider(sliders, {
    label: t("variable"),
    values: names,
    value: names[FIRST_VARIABLE]!,
    onChange: () => {
      if (last !== undefined) drawPlots(last);
    },
  });

  function showCommand(): void {
    command.showEach(
      ["train", {
        env: REPLAY_ENV,
        agent: "random",
        seed: `${seed.value}`,
        episodes: `${episodes.value}`,
        "save-buffer": BUFFER,
      }],
      [`replay ${BUFFER}`, {
        "buffer-size": `${capacity.value}`,
        "batch-size": `${batchSize.value}`,
        seed: `${seed.value}`,
      }],
    );
    status.running();
  }

  function start(): void {
    showCommand();
    runs.start({
      seed: seed.value,
      episodes: episodes.value,
      capacity: capacity.value,
      batchSize: batchSize.value,
      isPaced: mayMove(),
    });
  }

  function show(state: ReplayState): void {
    last = state;
    const { added, size, drawn } = state;
    status.running(t("filling", {
      episode: Math.min(state.episodes + 1, episodes.value),
      episodes: episodes.value,
    }));
    strip.draw({
      capacity: capacity.value,
      size,
      newest: (added - 1) % capacity.value,
      drawn: drawn?.slots ?? new Int32Array(0),
      caption: t("strip", { size, capacity: capacity.value, added, dropped: added - size }),
    });
    drawPlots(state);
    correlations.show([
      ["", t("consecutive"), t("sampled")],
      ...names.map((name, i) => [
        name,
        correlationText(state.consecutive.correlations[i]!),
        correlationText(state.sampled.correlations[i]!),
      ]),
    ]);
    shapes.show([
      [t("column"), t("shape"), t("first")],
      ...drawn === undefined ? [[t("tooFew"), "", ""]] : drawn.columns.map((
        { name, shape, first },
      ) => [name, shapeText(shape).replace(" ", "\u00a0"), first]),
    ]);
  }

  function drawPlots(state: ReplayState): void {
    const column = names.indexOf(variable.value);
    const ends = endsOf(plots.flatMap(({ order }) => columnOf(state[order], column)));
    for (const { order, colour, plot } of plots) {
      const values = columnOf(state[order], column);
      plot.draw({
        points: values.slice(1).map((value, i) => [values[i]!, value]),
        ends,
        colour,
        caption: t("scatter", {
          order: t(order),
          variable: variable.value,
          correlation: correlationText(state[order].correlations[column]!),
        }),
      });
    }
  }

  showCommand();
  whenSeen(root, start);
}

/** A part of the figure with a title. */
function titled(parent: Element, title: string): HTMLElement {
  const box = created(parent, "div");
  created(box, "p", { class: "title", text: title });
  return box;
}

function columnOf({ rows }: OrderedObservations, column: number): number[] {
  return Array.from({ length: rows.length / VARIABLES }, (_, row) => rows[row * VARIABLES + column]!);
}
