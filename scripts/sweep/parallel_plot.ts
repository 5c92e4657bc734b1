import { COLOUR, drawPlot, SERIES_COLOURS } from "../plots/plot_theme.ts";
import { flagName } from "../settings/settings.ts";
import { roundShort } from "../values/round_short.ts";
import type { TrialResult } from "./trial_result.ts";
import { rankTrials } from "./rank_trials.ts";
import type { Domain } from "./search_space.ts";
import type { SweepPlan } from "./sweep_plan.ts";

const AXIS_WIDTH = 130;
/** In a narrow picture, the length of an axis, and the distance between two axes. */
const NARROW = { width: 290, step: 62 };
const MOST_LABELS = 8;
const GROUPS = ["the best", "best quarter", "others"] as const;

/** A vertical axis: the position of a trial's value, from 0 to 1, and its labels. */
interface Axis {
  readonly title: string;
  readonly place: (value: string) => number;
  readonly labels: readonly { readonly text: string; readonly place: number }[];
}

/**
 * Draws every trial that has a score as a line over one axis per parameter, and a last one for the score.
 *
 * @param plan The plan, which names the parameters.
 * @param results The results, at least one with a score.
 * @param isNarrow Whether it is drawn for a phone: the axes lie below each other in place of side by side.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotParallel(
  plan: SweepPlan,
  results: readonly TrialResult[],
  isNarrow = false,
): Promise<string> {
  const ranked = rankTrials(results).filter(({ rungs }) => rungs.at(-1)!.score !== undefined);
  const scores = ranked.map(({ rungs }) => rungs.at(-1)!.score!);
  const axes = [
    ...plan.space.map(({ name, domain }) => axisOf(flagName(name), domain)),
    scoreAxis(scores),
  ];
  const x = (axis: number) => ({ axis });
  const lines = ranked.flatMap(({ trial }, rank) => {
    const group = rank === 0 ? GROUPS[0] : rank < ranked.length / 4 ? GROUPS[1] : GROUPS[2];
    const values = [...plan.trials[trial]!, String(scores[rank]!)];
    return values.map((value, i) => ({ ...x(i), place: axes[i]!.place(value), trial, group }));
  });
  const place = {
    field: "place",
    type: "quantitative",
    axis: null,
    scale: { domainMin: 0, domainMax: 1 },
  } as const;
  const position = {
    field: "axis",
    type: "quantitative",
    axis: null,
    scale: { domainMin: 0, domainMax: axes.length - 1, nice: false, reverse: isNarrow },
  } as const;
  const [x1, y1] = isNarrow ? [place, position] : [position, place];
  const layerOf = (group: typeof GROUPS[number], strokeWidth: number) => ({
    data: { values: lines.filter((line) => line.group === group) },
    mark: { type: "line" as const, strokeWidth },
    encoding: {
      x: x1,
      y: y1,
      order: { field: "axis" },
      detail: { field: "trial" },
      color: {
        field: "group",
        type: "nominal" as const,
        title: null,
        scale: { domain: [...GROUPS], range: [SERIES_COLOURS[1]!, COLOUR.strong, COLOUR.pale] },
        legend: { symbolType: "stroke" as const, symbolSize: 300, symbolStrokeWidth: 2.5 },
      },
    },
  });
  return await drawPlot({
    width: isNarrow ? NARROW.width : Math.max(400, AXIS_WIDTH * (axes.length - 1)),
    height: isNarrow ? NARROW.step * (axes.length - 1) : 300,
    title: { text: "Trials over the space", subtitle: "each line is a trial, at its last rung" },
    layer: [
      {
        data: { values: axes.map((_, i) => ({ ...x(i), from: 0, to: 1 })) },
        mark: { type: "rule", color: COLOUR.grid, strokeWidth: 2 },
        encoding: isNarrow
          ? { y: position, x: { ...place, field: "from" }, x2: { field: "to" } }
          : { x: position, y: { ...place, field: "from" }, y2: { field: "to" } },
      },
      layerOf(GROUPS[2], 1),
      layerOf(GROUPS[1], 1.5),
      layerOf(GROUPS[0], 3),
      {
        data: { values: axes.flatMap(({ labels }, i) => labels.map((label) => ({ ...x(i), ...label }))) },
        mark: {
          type: "text",
          align: isNarrow
            ? { expr: "datum.place < 0.05 ? 'left' : datum.place > 0.95 ? 'right' : 'center'" }
            : "left",
          baseline: isNarrow ? "top" : "bottom",
          dx: isNarrow ? 0 : 5,
          dy: isNarrow ? 4 : -3,
          color: COLOUR.text,
          fontSize: 11,
        },
        encoding: { x: x1, y: y1, text: { field: "text" } },
      },
      {
        data: { values: axes.map(({ title }, i) => ({ ...x(i), title, place: 0 })) },
        mark: {
          type: "text",
          align: isNarrow ? "left" : "center",
          dy: isNarrow ? -9 : 24,
          color: COLOUR.text,
          fontSize: 12,
          fontWeight: 600,
        },
        encoding: { x: x1, y: y1, text: { field: "title" } },
      },
    ],
  }, `Parallel coordinates of ${ranked.length} trials`);
}

function axisOf(title: string, domain: Domain): Axis {
  if (domain.kind === "choice") {
    const { values } = domain;
    const place = (value: string) => values.length === 1 ? 0.5 : values.indexOf(value) / (values.length - 1);
    const stride = Math.ceil(values.length / MOST_LABELS);
    const shown = values.filter((_, i) => i % stride === 0);
    return { title, place, labels: shown.map((text) => ({ text, place: place(text) })) };
  }
  const { low, high, kind } = domain;
  const scale = (value: number) => kind === "log" ? Math.log(value) : value;
  const place = (value: string) => (scale(Number(value)) - scale(low)) / (scale(high) - scale(low));
  return { title, place, labels: [{ text: String(low), place: 0 }, { text: String(high), place: 1 }] };
}

function scoreAxis(scores: readonly number[]): Axis {
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const isOne = low === high;
  const place = (value: string) => isOne ? 0.5 : (Number(value) - low) / (high - low);
  const text = (end: number) => String(isOne ? end : roundShort(end, (high - low) / 100));
  return {
    title: "score",
    place,
    labels: (isOne ? [low] : [low, high]).map((end) => ({ text: text(end), place: place(String(end)) })),
  };
}
