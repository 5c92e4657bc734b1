/**
 * The graph of total reward per episode as a picture of its own.
 *
 * @module
 */

import { lookBack, smoothingWindow } from "../../scripts/values/smoothing.ts";
import { meanOf } from "../../scripts/values/statistics.ts";
import { shownNumber } from "../../scripts/values/shown_number.ts";
import { axisText, endsOf, position } from "./chart_points.ts";

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 60;
const BOTTOM = 40;
const MARGIN = 12;
/** Most points of a curve. */
const MOST_POINTS = 600;

/**
 * The total reward of each episode and its moving mean, with axes.
 *
 * @param returns The total rewards.
 * @param title What the picture shows, for those who do not see it.
 * @param axis The name of the horizontal axis, given the window of the mean.
 */
export function rewardSvg(
  returns: readonly number[],
  title: string,
  axis: (window: number) => string,
): string {
  const window = smoothingWindow(returns.length);
  const places = lookBack(returns, window, MOST_POINTS);
  const ends = endsOf(returns);
  const y = ends[0] < ends[1] ? ends : [ends[0] - 1, ends[1] + 1] as const;
  const x = [1, returns.length] as const;
  const line = (values: readonly number[], attributes: string) => {
    const points = places.map(({ index }, i) =>
      `${across(position(index + 1, x)).toFixed(1)},${up(position(values[i]!, y)).toFixed(1)}`
    );
    return `<polyline fill="none" ${attributes} points="${points.join(" ")}"/>`;
  };
  const text = (x: number, y: number, anchor: string, content: string) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="13" font-family="sans-serif" fill="currentColor">${content}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<path d="M${LEFT} ${MARGIN}V${HEIGHT - BOTTOM}H${WIDTH - MARGIN}" fill="none" stroke="currentColor"/>`,
    line(places.map(({ index }) => returns[index]!), 'stroke="#5b6fd6" opacity="0.5"'),
    line(places.map(({ recent }) => meanOf(recent)), 'stroke="#c2570c" stroke-width="2"'),
    text(LEFT - 6, HEIGHT - BOTTOM, "end", axisText(y[0])),
    text(LEFT - 6, MARGIN + 10, "end", axisText(y[1])),
    text(LEFT, HEIGHT - BOTTOM + 16, "start", "1"),
    text(WIDTH - MARGIN, HEIGHT - BOTTOM + 16, "end", shownNumber(returns.length)),
    text((LEFT + WIDTH) / 2, HEIGHT - 8, "middle", axis(window)),
    "</svg>",
  ].join("");
}

function across(part: number): number {
  return LEFT + part * (WIDTH - MARGIN - LEFT);
}

function up(part: number): number {
  return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - MARGIN);
}
