import { COLOUR, drawPlot, type PlotLayer, SERIES_COLOURS } from "./plot_theme.ts";

const WIDTH = 640;

/** A point of a curve, with the band around it. */
export interface CurvePoint {
  /** The position on the horizontal axis. */
  readonly x: number;
  /** The curve. */
  readonly y: number;
  /** The lower end of the band. */
  readonly low: number;
  /** The upper end of the band. */
  readonly high: number;
}

/** A curve. */
export interface Curve {
  /** Its name in the legend. */
  readonly name: string;
  /** The index of its colour; curves may share one. */
  readonly colour: number;
  /** Whether it is dashed. @default {false} */
  readonly dashed?: boolean;
  /** From left to right. */
  readonly points: readonly CurvePoint[];
  /** Curves that it summarises, drawn thin behind it. @default {[]} */
  readonly members?: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

/** The text of a plot. */
export interface CurvePlotText {
  /** The title, above the picture. */
  readonly title: string;
  /** Below the title: the meaning of curve and band. */
  readonly subtitle: string;
  /** The label of the horizontal axis. */
  readonly x: string;
  /** The label of the vertical axis. */
  readonly y: string;
}

/**
 * Draws curves with bands.
 *
 * @param text The title and the labels.
 * @param curves At least one.
 * @param level The height and the label of a horizontal line.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotCurves(
  text: CurvePlotText,
  curves: readonly Curve[],
  level?: { y: number; name: string },
): Promise<string> {
  const values = curves.flatMap(({ name, points }) =>
    points.map((point) => ({ ...point, line: name, band: name }))
  );
  const thin = curves.flatMap(({ name, members = [] }) =>
    members.flatMap((points, member) => points.map((point) => ({ ...point, member, single: name })))
  );
  const domain = curves.map(({ name }) => name);
  const longest = Math.max(...domain.map((name) => name.length));
  const x = { field: "x", type: "quantitative", title: text.x, scale: { nice: false } } as const;
  const color = {
    field: "line",
    type: "nominal",
    title: null,
    scale: {
      domain,
      range: curves.map(({ colour }) => SERIES_COLOURS[colour % SERIES_COLOURS.length]!),
    },
    legend: {
      columns: Math.max(1, Math.floor(WIDTH / (60 + 7 * longest))),
      // Without a canvas, the widths of letters are overestimated by half.
      labelLimit: 1.4 * WIDTH,
      symbolSize: 300,
      symbolStrokeWidth: 2.5,
      symbolType: "stroke",
    },
  } as const;
  const dashes = { domain, range: curves.map(({ dashed }) => dashed === true ? [6, 4] : [1, 0]) };
  return await drawPlot(
    {
      width: WIDTH,
      height: 340,
      title: { text: text.title, subtitle: text.subtitle },
      layer: [
        {
          data: { values: thin },
          mark: { type: "line", strokeWidth: 1, opacity: 0.4 },
          encoding: {
            x,
            y: { field: "y", type: "quantitative", title: text.y, scale: { zero: false } },
            stroke: { ...color, field: "single", legend: null },
            detail: { field: "member" },
          },
        },
        {
          data: { values },
          mark: { type: "area", fillOpacity: 0.18, stroke: null },
          encoding: {
            x,
            y: { field: "low", type: "quantitative", title: text.y, scale: { zero: false } },
            y2: { field: "high" },
            // A separate field, since legends of the same field are merged.
            fill: { ...color, field: "band", legend: null },
          },
        },
        {
          data: { values },
          mark: { type: "line", strokeWidth: 2.5 },
          encoding: {
            x,
            y: { field: "y", type: "quantitative" },
            color,
            strokeDash: { field: "line", type: "nominal", title: null, scale: dashes },
          },
        },
        ...levelLayers(level),
      ],
    },
    `${text.title}: ${text.y} against ${text.x} of ${domain.join(", ")}`,
  );
}

function levelLayers(level: { y: number; name: string } | undefined): PlotLayer[] {
  if (level === undefined) return [];
  const data = { values: [level] };
  const y = { field: "y", type: "quantitative" } as const;
  return [
    { data, mark: { type: "rule", strokeDash: [2, 3], color: COLOUR.text, strokeWidth: 1 }, encoding: { y } },
    {
      data,
      mark: { type: "text", align: "left", baseline: "bottom", dx: 4, dy: -3, color: COLOUR.text },
      encoding: { x: { value: 0 }, y, text: { field: "name" } },
    },
  ];
}
