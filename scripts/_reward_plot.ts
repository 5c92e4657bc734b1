import { compile, type TopLevelSpec } from "vega-lite";
import { parse, View } from "vega";

/** One episode of the curve. */
export interface PlotEpisode {
  /** Number of the episode, from 1. */
  episode: number;
  /** Sum of its rewards. */
  return: number;
}

/** Each colour of the picture on a light page, and what it becomes on a dark one. */
const COLOURS = {
  background: ["#ffffff", "#0d1117"],
  text: ["#1f2328", "#e6edf3"],
  grid: ["#d8dee4", "#30363d"],
  raw: ["#9ec5f4", "#2f5d94"],
  mean: ["#0b5cad", "#79b8ff"],
} as const;
const BACKGROUND = COLOURS.background[0];
const TEXT = COLOURS.text[0];
const GRID = COLOURS.grid[0];
const RAW = COLOURS.raw[0];
const MEAN = COLOURS.mean[0];

/** Number of episodes that the moving mean looks back over. */
const WINDOW = 20;

/**
 * Draws the return of each episode and its moving mean.
 *
 * @param title Above the picture.
 * @param episodes The curve.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotRewards(title: string, episodes: readonly PlotEpisode[]): Promise<string> {
  const legend = { raw: "episode", mean: `mean of the last ${Math.min(WINDOW, episodes.length)}` };
  const values = episodes.flatMap((record, i) => {
    const window = episodes.slice(Math.max(0, i + 1 - WINDOW), i + 1);
    const mean = window.reduce((sum, { return: value }) => sum + value, 0) / window.length;
    return [
      { episode: record.episode, value: record.return, line: legend.raw },
      { episode: record.episode, value: mean, line: legend.mean },
    ];
  });
  const spec: TopLevelSpec = {
    width: 640,
    height: 320,
    padding: 16,
    background: BACKGROUND,
    title: { text: title, anchor: "start", color: TEXT, fontSize: 15, offset: 12 },
    data: { values },
    encoding: {
      x: {
        field: "episode",
        type: "quantitative",
        title: "episode",
        axis: { tickCount: 8 },
        scale: { nice: false },
      },
      y: { field: "value", type: "quantitative", title: "return (sum of rewards)" },
      color: {
        field: "line",
        type: "nominal",
        title: null,
        scale: { domain: [legend.raw, legend.mean], range: [RAW, MEAN] },
      },
    },
    layer: [
      {
        transform: [{ filter: { field: "line", equal: legend.raw } }],
        mark: { type: "line", strokeWidth: 1 },
      },
      {
        transform: [{ filter: { field: "line", equal: legend.mean } }],
        mark: { type: "line", strokeWidth: 2.5 },
      },
    ],
    config: {
      font: "system-ui, sans-serif",
      view: { stroke: null },
      axis: {
        labelColor: TEXT,
        titleColor: TEXT,
        gridColor: GRID,
        domainColor: GRID,
        tickColor: GRID,
        labelFontSize: 12,
        titleFontSize: 13,
        titleFontWeight: "normal",
      },
      legend: {
        labelColor: TEXT,
        labelFontSize: 12,
        labelLimit: 300,
        orient: "top",
        direction: "horizontal",
      },
    },
  };
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
  return withDarkColours(svg, `${title}: return per episode over ${episodes.length} episodes`);
}

function withDarkColours(svg: string, description: string): string {
  const rules = Object.values(COLOURS).map(([light, dark]) =>
    `[fill="${light}"]{fill:${dark}}[stroke="${light}"]{stroke:${dark}}`
  );
  const style = `<style>@media (prefers-color-scheme: dark){${rules.join("")}}</style>`;
  return svg.replace(/^<svg[^>]*>/, (tag) => `${tag}<title>${description}</title>${style}`);
}
