/**
 * The figure on the target network: the label of one transition over time, with a frozen target and without.
 *
 * @module
 */

import { button } from "./button.ts";
import { countChanges, everyNth } from "./changes.ts";
import { endsOf } from "./chart_points.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { LineChart } from "./line_chart.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { TARGET_NETWORK_WORDS } from "./target_network_words.ts";
import type { TargetReply, TargetRequest } from "./target_request.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

/** Most points of a curve. */
const POINTS = 400;

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(TARGET_NETWORK_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  created(root, "p", { text: t("intro") });
  const columns = created(root, "div", { class: "figure-columns" });
  const charts = (["with", "without"] as const).map((key) => ({
    key,
    chart: new LineChart(created(columns, "div")),
  }));
  const sliders = created(root, "div", { class: "sliders" });
  const controls = created(root, "div", { class: "controls" });
  const status = new Status(context);
  const command = new CommandLine(root, language);

  let labels: number[][] = [];
  let values: number[][] = [];
  const runs = new Runs<TargetRequest, TargetReply>("target_network", {
    onEach: (reply) => {
      if (reply.kind === "ended") return;
      for (const [i, curve] of reply.curves.entries()) {
        labels[i]!.push(...curve.labels);
        values[i]!.push(...curve.values);
      }
    },
    onReply: (reply) => {
      draw();
      if (reply.kind === "ended") {
        const [first = "", second = ""] = reply.weights;
        status.done(t("done", { with: first, without: second }));
      } else {
        status.running(t("learning", { step: labels[0]!.length, steps: steps.value }));
      }
    },
    onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
  });
  const interval = new Slider(sliders, {
    label: t("interval"),
    values: [1, 10, 50, 100, 200, 500, 1000],
    value: 200,
    onChange: start,
  });
  const steps = new Slider(sliders, {
    label: t("steps"),
    values: [500, 1000, 2000, 5000],
    value: 2000,
    onChange: start,
  });
  const seed = new Slider(sliders, {
    label: common("seed"),
    values: Array.from({ length: 21 }, (_, i) => i),
    value: 0,
    onChange: start,
  });
  button(controls, common("restart"), start);

  /** Flags of a run that copies the target network at an interval. */
  function flagsOf(interval: number): Flags {
    return {
      preset: "lecture",
      episodes: "none",
      steps: `${steps.value}`,
      "target-update-episodes": "none",
      "target-update-interval": `${interval}`,
      seed: `${seed.value}`,
    };
  }

  /** Empties the charts; returns the flags of both runs. */
  function clear(): readonly Flags[] {
    const flags = [flagsOf(interval.value), flagsOf(1)];
    command.show("train", ...flags);
    labels = flags.map(() => []);
    values = flags.map(() => []);
    status.running(t("learning", { step: 0, steps: steps.value }));
    draw();
    return flags;
  }

  function start(): void {
    runs.start({ runs: clear() });
  }

  function draw(): void {
    const n = Math.max(1, Math.floor(steps.value / POINTS));
    const [low, high] = endsOf([...labels, ...values].flat());
    for (const [i, { key, chart }] of charts.entries()) {
      chart.draw({
        series: [
          { name: t("label"), ...everyNth(labels[i]!, n) },
          { name: t("value"), ...everyNth(values[i]!, n), isFaint: true },
        ],
        x: [0, steps.value],
        y: [Math.min(0, low), high],
        across: common("step"),
        caption: t(key, {
          interval: interval.value,
          changes: countChanges(labels[i]!),
          steps: labels[i]!.length,
        }),
      });
    }
  }

  clear();
  whenSeen(root, start);
}
