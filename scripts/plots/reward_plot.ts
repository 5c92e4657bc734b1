import { decimate } from "../values/decimate.ts";
import { COLOUR, drawPlot } from "./plot_theme.ts";

/** One episode of the curve. */
export interface PlotEpisode {
  /** Number of the episode, from 1. */
  episode: number;
  /** Sum of its rewards. */
  return: number;
}

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
  const raw = episodes.map(({ episode, return: value }) => ({ episode, value, line: legend.raw }));
  const mean = raw.map(({ episode }, i) => {
    const window = raw.slice(Math.max(0, i + 1 - WINDOW), i + 1);
    const sum = window.reduce((total, { value }) => total + value, 0);
    return { episode, value: sum / window.length, line: legend.mean };
  });
  const values = [raw, mean].flatMap((line) => decimate(line, ({ value }) => value));
  return await drawPlot({
    width: 640,
    height: 320,
    title,
    data: { values },
    encoding: {
      x: {
        field: "episode",
        type: "quantitative",
        title: "episode",
        axis: { tickCount: 8 },
        scale: { nice: false },
      },
      y: { field: "value", type: "quantitative", title: "return (sum of rewards)", scale: { zero: false } },
      color: {
        field: "line",
        type: "nominal",
        title: null,
        scale: { domain: [legend.raw, legend.mean], range: [COLOUR.pale, COLOUR.strong] },
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
  }, `${title}: return per episode over ${episodes.length} episodes`);
}
