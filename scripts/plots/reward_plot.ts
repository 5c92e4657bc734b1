import { decimate } from "../values/decimate.ts";
import { lookBack, smoothingWindow } from "../values/smoothing.ts";
import { meanOf, quantileOf } from "../values/statistics.ts";
import { COLOUR, drawPlot, type PlotLayer } from "./plot_theme.ts";

/** One episode of the curve. */
export interface PlotEpisode {
  /** Number of the episode, from 1. */
  episode: number;
  /** Sum of its rewards. */
  return: number;
}

/** Above this number of episodes, single points would form a solid block. */
const MOST_SINGLE = 1_000;
/** Points of the curve if there are more episodes. */
const PLACES = 300;
/** If returns take no more values than this, their quantiles say nothing; those of short means are drawn instead. */
const FEW_VALUES = 10;
/** Episodes of a short mean. */
const SHORT = 20;

/** A point: the curve, and the band around it. */
interface Point {
  readonly episode: number;
  /** The return of the episode, or the lower end of most of them. */
  readonly low: number;
  /** The same as `low`, or the upper end of most of them. */
  readonly high: number;
  /** The mean. */
  readonly mean: number;
}

/**
 * Draws the return of each episode and the moving mean. For many episodes, draws the mean, a band of most returns, and the highest and
 * lowest return of each stretch.
 *
 * @param title The title, above the picture.
 * @param episodes The curve.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotRewards(title: string, episodes: readonly PlotEpisode[]): Promise<string> {
  const returns = episodes.map((record) => record.return);
  const window = smoothingWindow(returns.length);
  const isLong = returns.length > MOST_SINGLE;
  const legend = {
    around: isLong ? bandName(returns) : "episode",
    mean: `mean of the last ${Math.min(window, returns.length).toLocaleString("en")}`,
  };
  const values = isLong ? bandPoints(returns, window) : singlePoints(returns, window);
  const y = (field: keyof Point) => ({
    field,
    type: "quantitative" as const,
    title: "return (sum of rewards)",
    scale: { zero: false },
  });
  const colour = (datum: string) => ({
    datum,
    type: "nominal" as const,
    title: null,
    scale: { domain: [legend.around, legend.mean], range: [COLOUR.pale, COLOUR.strong] },
  });
  const around: PlotLayer = isLong
    ? {
      mark: { type: "area", stroke: null },
      encoding: { y: y("low"), y2: { field: "high" }, fill: { ...colour(legend.around), legend: null } },
    }
    : {
      mark: { type: "line", strokeWidth: 1 },
      encoding: { y: y("low"), color: colour(legend.around) },
    };
  return await drawPlot({
    width: 640,
    height: 320,
    title: isLong ? { text: title, subtitle: "dots: highest and lowest return of each stretch" } : title,
    data: { values },
    encoding: {
      x: {
        field: "episode",
        type: "quantitative",
        title: "episode",
        axis: { tickCount: 8 },
        scale: { nice: false },
      },
    },
    layer: [
      around,
      ...(isLong ? [extremes(returns)] : []),
      { mark: { type: "line", strokeWidth: 2.5 }, encoding: { y: y("mean"), color: colour(legend.mean) } },
    ],
  }, `${title}: return per episode over ${episodes.length} episodes`);
}

/** The highest and the lowest return of each stretch, as dots. */
function extremes(returns: readonly number[]): PlotLayer {
  const points = returns.map((value, i) => ({ episode: i + 1, low: value }));
  return {
    data: { values: [...decimate(points, ({ low }) => low, 2 * PLACES)] },
    mark: { type: "point", filled: true, size: 5, color: COLOUR.pale, aria: false },
    encoding: { y: { field: "low", type: "quantitative" } },
  };
}

function singlePoints(returns: readonly number[], window: number): Point[] {
  return lookBack(returns, window, returns.length).map(({ index, recent }) => {
    const value = returns[index]!;
    return { episode: index + 1, low: value, high: value, mean: meanOf(recent) };
  });
}

function hasFewValues(returns: readonly number[]): boolean {
  return new Set(returns).size <= FEW_VALUES;
}

function bandName(returns: readonly number[]): string {
  return `10 % to 90 % of ${hasFewValues(returns) ? `means of ${SHORT}` : "episodes"}`;
}

function bandPoints(returns: readonly number[], window: number): Point[] {
  const around = hasFewValues(returns)
    ? lookBack(returns, SHORT, returns.length).map(({ recent }) => meanOf(recent))
    : returns;
  // Quantiles need more values than a mean.
  const wide = lookBack(around, Math.max(window, 100), PLACES);
  return lookBack(returns, window, PLACES).map(({ index, recent }, i) => ({
    episode: index + 1,
    low: quantileOf(wide[i]!.recent, 0.1),
    high: quantileOf(wide[i]!.recent, 0.9),
    mean: meanOf(recent),
  }));
}
