/**
 * The figure on Double DQN: the lecture's two histograms, then overestimation measured on networks.
 *
 * @module
 */

import { BarChart } from "./bar_chart.ts";
import { CommandLine } from "./command_line.ts";
import { COMMON_WORDS } from "./common_words.ts";
import type { DoubleDqnReply, DoubleDqnRequest, MaximumReply, NetworksReply } from "./double_dqn_messages.ts";
import { DOUBLE_DQN_WORDS } from "./double_dqn_words.ts";
import { created } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { LineChart } from "./line_chart.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { Table } from "./table.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

/** The agents, in the order in which they are trained. */
const AGENTS = ["dqn", "double-dqn"];
/** The largest possible value, 1 / (1 − γ). */
const MOST_VALUE = 50;
const SEEDS = Array.from({ length: 21 }, (_, i) => i);

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(DOUBLE_DQN_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const histograms = created(root, "div", { class: "figure-columns" });
  const bars = (["single", "double"] as const).map((name) => ({
    name,
    chart: new BarChart(created(histograms, "div")),
  }));
  const sliders = created(root, "div", { class: "sliders" });
  const estimates = new Table(root, t("estimates"));
  created(root, "p", { class: "title", text: t("measured") });
  const curves = new LineChart(root);
  const progress = created(root, "output", { class: "numbers" });
  progress.ariaLive = "off";
  const networks = new Table(root, t("measured"));
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let maximum: MaximumReply | undefined;
  let areMeasured = false;
  const runsOf = (onDone: () => void) =>
    new Runs<DoubleDqnRequest, DoubleDqnReply>("double_dqn", {
      onReply: (reply) => reply.kind === "maximum" ? showMaximum(reply) : showNetworks(reply),
      onDone,
      onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
    });
  const samplingRuns = runsOf(showEnd);
  const trainingRuns = runsOf(() => {
    areMeasured = true;
    showEnd();
  });
  const slider = (label: string, values: readonly number[], value: number, onChange: () => void) =>
    new Slider(sliders, { label, values, value, onChange });
  const samples = slider(t("samples"), [100, 300, 1000, 3000, 10_000, 100_000], 1000, sample);
  const actions = slider(t("actions"), [1, 2, 3, 4, 6, 8, 12, 18], 4, sample);
  const noise = slider(t("noise"), [0.25, 0.5, 1, 2, 4], 1, sample);
  const steps = slider(t("steps"), [2000, 5000, 10_000, 30_000], 10_000, measure);
  const seed = slider(common("seed"), SEEDS, 0, () => {
    sample();
    measure();
  });

  function sample(): void {
    maximum = undefined;
    showCommand();
    samplingRuns.start({
      kind: "maximum",
      samples: samples.value,
      actions: actions.value,
      noise: noise.value,
      seed: seed.value,
    });
  }

  function measure(): void {
    areMeasured = false;
    showCommand();
    trainingRuns.start({ kind: "networks", seed: seed.value, steps: steps.value });
  }

  function showCommand(): void {
    status.running(areMeasured ? "" : t("training"));
    command.show("overestimation", {
      samples: `${samples.value}`,
      actions: `${actions.value}`,
      noise: `${noise.value}`,
      seed: `${seed.value}`,
      seeds: "1",
      steps: `${steps.value}`,
    });
  }

  function showMaximum(reply: MaximumReply): void {
    maximum = reply;
    const { range } = reply;
    const high = Math.max(...reply.single.counts, ...reply.double.counts);
    for (const { name, chart } of bars) {
      const { counts, mean } = reply[name];
      chart.draw({
        values: counts,
        x: range,
        high,
        marks: [{ name: t("truth"), x: 0, colour: 2 }, { name: t("mean"), x: mean, colour: 3 }],
        across: t("estimate"),
        caption: t(name, { mean: mean.toFixed(3) }),
      });
    }
    estimates.show([
      [t("estimate"), t("meanHead"), t("truthHead")],
      ["max Q(a)", reply.single.mean.toFixed(3), "0"],
      ["Q′(argmax Q(a))", reply.double.mean.toFixed(3), "0"],
    ]);
  }

  function showNetworks({ step, measured }: NetworksReply): void {
    const names = AGENTS.map((agent) => ({
      predicted: t("predicted", { agent }),
      obtained: t("obtained", { agent }),
    }));
    curves.draw({
      series: measured.flatMap((points, i) => {
        const x = points.map((point) => point.step);
        const { predicted, obtained } = names[i]!;
        return [
          { name: predicted, x, y: points.map((point) => point.predicted), colour: 2 * i + 1 },
          { name: obtained, x, y: points.map((point) => point.obtained), colour: 2 * i + 2 },
        ];
      }),
      x: [0, steps.value],
      y: [
        0,
        Math.max(MOST_VALUE, ...measured.flat().flatMap(({ predicted, obtained }) => [predicted, obtained])),
      ],
      across: common("step"),
      caption: t("values"),
    });
    const run = Math.max(1, measured.filter((points) => points.length > 0).length);
    progress.value = t("progress", {
      step,
      steps: steps.value,
      run,
      runs: AGENTS.length,
    });
    networks.show([
      [t("agentHead"), t("predictedHead"), t("obtainedHead"), t("excessHead")],
      ...measured.flatMap((points, i) => {
        const last = points.at(-1);
        if (last === undefined) return [];
        const { predicted, obtained } = last;
        return [[
          AGENTS[i]!,
          ...[predicted, obtained, predicted - obtained].map((value) => value.toFixed(1)),
        ]];
      }),
    ]);
  }

  function showEnd(): void {
    if (maximum === undefined || !areMeasured) return;
    status.done(t("done", {
      bias: maximum.single.mean.toFixed(3),
      steps: steps.value,
    }));
  }

  showCommand();
  whenSeen(root, () => {
    sample();
    measure();
  });
}
