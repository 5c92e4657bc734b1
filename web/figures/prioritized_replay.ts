/**
 * The figure on prioritized replay: priorities, what is drawn, and what the importance weights make up for.
 *
 * @module
 */

import { BarChart } from "./bar_chart.ts";
import { button } from "./button.ts";
import { CommandLine } from "./command_line.ts";
import type { Flags } from "./command_text.ts";
import { COMMON_WORDS } from "./common_words.ts";
import { created, setText } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import type {
  DrawnReply,
  PrioritiesReply,
  PrioritizedReply,
  PrioritizedRequest,
} from "./prioritized_replay_messages.ts";
import { PRIORITIZED_REPLAY_WORDS } from "./prioritized_replay_words.ts";
import { Runs } from "./runs.ts";
import { Slider } from "./slider.ts";
import { Status } from "./status.ts";
import { Table } from "./table.ts";
import { whenSeen } from "./when_seen.ts";
import { wordsIn } from "./words.ts";

const SEEDS = Array.from({ length: 21 }, (_, i) => i);
/** The folder of the run that the commands save and read. */
const RUN = "runs/priorities";
const PARTS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Fills the section and starts. */
export function mount(context: FigureContext): void {
  const { root, language } = context;
  const t = wordsIn(PRIORITIZED_REPLAY_WORDS, language);
  const common = wordsIn(COMMON_WORDS, language);

  const priorityBars = new BarChart(root);
  const countBars = new BarChart(root);
  const means = new Table(root, t("means"));
  const weights = created(root, "p", { class: "numbers" });
  const sliders = created(root, "div", { class: "sliders" });
  const controls = created(root, "div", { class: "controls" });
  const progress = created(root, "output", { class: "numbers" });
  progress.ariaLive = "off";
  const settings = created(root, "p", { class: "settings" });
  const status = new Status(context);
  const command = new CommandLine(root, language);
  created(root, "p", { class: "settings", text: t("computed") });

  let last: PrioritiesReply | undefined;
  const runsOf = (onDone: () => void) =>
    new Runs<PrioritizedRequest, PrioritizedReply>("prioritized_replay", {
      onReply: (reply) => reply.kind === "drawn" ? showDrawn(reply) : showPriorities(reply),
      onDone,
      onFailure: (reason) => status.failed(reason ?? common("workerFailed")),
    });
  const drawing = runsOf(showEnd);
  const training = runsOf(draw);
  const slider = (label: string, values: readonly number[], value: number, onChange: () => void) =>
    new Slider(sliders, { label, values, value, onChange });
  const alpha = slider(t("alpha"), PARTS, 0.6, redraw);
  const beta = slider(t("beta"), PARTS, 1, redraw);
  const draws = slider(t("draws"), [32, 320, 3200, 32_000], 3200, redraw);
  const capacity = slider(t("capacity"), [40, 80, 160], 80, train);
  const episodes = slider(t("episodes"), [10, 30, 100, 200], 100, train);
  const seed = slider(common("seed"), SEEDS, 0, train);
  button(controls, common("restart"), train);

  const trainingFlags = (): Flags => ({
    preset: "lecture",
    agent: "prioritized-dqn",
    "buffer-size": `${capacity.value}`,
    episodes: `${episodes.value}`,
    seed: `${seed.value}`,
  });

  /** Says what will run. */
  function announce(): Flags {
    last = undefined;
    const flags = trainingFlags();
    showCommands(flags);
    status.running(t("training"));
    return flags;
  }

  function showCommands(flags: Flags): void {
    command.showEach(
      ["train", { ...flags, out: RUN, overwrite: "" }],
      [`replay ${RUN}`, {
        alpha: `${alpha.value}`,
        beta: `${beta.value}`,
        draws: `${draws.value}`,
        seed: `${seed.value}`,
      }],
    );
  }

  function train(): void {
    training.start({ kind: "train", flags: announce() });
  }

  function redraw(): void {
    showCommands(trainingFlags());
    draw();
  }

  function draw(): void {
    if (last === undefined || last.priorities.length === 0) return;
    drawing.start({
      kind: "draw",
      priorities: last.priorities,
      alpha: alpha.value,
      beta: beta.value,
      draws: draws.value,
      seed: seed.value,
    });
  }

  function showPriorities(reply: PrioritiesReply): void {
    last = reply;
    const { priorities, step } = reply;
    priorityBars.draw({
      values: priorities,
      x: [0, priorities.length],
      chosen: largestTenth(priorities),
      across: t("slot"),
      caption: t("priorities"),
    });
    progress.value = t("progress", {
      episode: reply.episodes,
      episodes: episodes.value,
      step,
    });
    setText(settings, t("settings", { settings: reply.settings.join("; ") }));
    draw();
  }

  function showDrawn(
    { counts, means: { uniform, drawn, weighted }, weights: [least, most] }: DrawnReply,
  ): void {
    if (last === undefined) return;
    const fair = draws.value / counts.length;
    countBars.draw({
      values: counts,
      x: [0, counts.length],
      chosen: largestTenth(last.priorities),
      across: t("slot"),
      caption: t("counts", { uniform: fair.toFixed(1) }),
    });
    means.show([
      [t("means"), t("meanHead")],
      [t("uniform"), uniform.toFixed(4)],
      [t("drawn"), drawn.toFixed(4)],
      [t("weighted"), weighted.toFixed(4)],
    ]);
    setText(weights, t("weights", { least: least.toFixed(4), most: most.toFixed(4) }));
  }

  function showEnd(): void {
    if (last?.result === undefined) return;
    status.done(t("done", { steps: last.step, weights: last.result.weights }));
  }

  announce();
  whenSeen(root, train);
}

/** The slots with the largest priorities, a tenth of all. */
function largestTenth(priorities: readonly number[]): ReadonlySet<number> {
  const slots = priorities.map((_, slot) => slot).sort((a, b) => priorities[b]! - priorities[a]!);
  return new Set(slots.slice(0, Math.ceil(slots.length / 10)));
}
