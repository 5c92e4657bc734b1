import { bootstrapInterval } from "../values/bootstrap.ts";
import { type Curve, type CurvePoint, plotCurves } from "./curve_plot.ts";
import { thresholdOf } from "../run_folder/load_env.ts";
import { numberText } from "../values/number_text.ts";
import { shownNumber } from "../values/shown_number.ts";
import type { SavedRunGroup } from "../run_folder/run_groups.ts";
import type { SavedRun } from "../run_folder/saved_run.ts";
import { smoothingWindow } from "../values/smoothing.ts";
import { meanOf } from "../values/statistics.ts";
import { UsageError } from "../cli/usage_error.ts";

/** The quantities for the horizontal axis of a learning curve. */
export const AXES = ["step", "episode", "time"] as const;
/** One of {@linkcode AXES}. */
export type Axis = typeof AXES[number];

const AXIS_TITLES: Readonly<Record<Axis, string>> = {
  step: "environment steps",
  episode: "episode",
  time: "seconds, as steps ÷ the whole run's steps per second",
};

/** Most points of a curve. */
const MOST_POINTS = 150;

/** A point of one run's curve. */
interface Point {
  x: number;
  y: number;
}

/**
 * Draws the training returns of groups of runs in one environment.
 *
 * @param groups The groups, all of one environment.
 * @param axis The quantity on the horizontal axis.
 * @param smooth Number of latest episodes that each return is averaged over; by default more for longer runs.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 * @throws {UsageError} If no run ended an episode, or the axis is time and a run has no recorded speed.
 */
export async function plotSavedRuns(
  groups: readonly SavedRunGroup[],
  axis: Axis,
  smooth?: number,
): Promise<string> {
  const { env } = groups[0]!;
  const longest = Math.max(...groups.flatMap(({ runs }) => runs.map(({ episodes }) => episodes.length)));
  const window = smooth ?? smoothingWindow(longest);
  const curves = groups.flatMap((group, colour) => {
    const members = group.runs.map((run) => smoothed(run, axis, window)).filter(({ length }) => length > 0);
    if (members.length === 0) return [];
    const curve: Curve = {
      name: members.length === 1 ? group.name : `${group.name} (${members.length} runs)`,
      colour,
      points: averageCurve(members),
      members: members.length === 1 ? [] : members.map(thinned),
    };
    return [curve];
  });
  if (curves.length === 0) throw new UsageError(`Cannot plot ${env}: no run there ended an episode`);
  const isAverage = curves.some(({ members = [] }) => members.length > 0);
  const threshold = await thresholdOf(env);
  return await plotCurves(
    {
      title: env,
      subtitle: isAverage ? "bold: mean and its 95 % bootstrap interval; thin: single runs" : "",
      x: AXIS_TITLES[axis],
      y: `return in training${window === 1 ? "" : `, mean of ${window} episodes`}`,
    },
    curves,
    threshold === undefined
      ? undefined
      : { y: threshold, name: `solved at ${shownNumber(numberText(threshold))}` },
  );
}

function smoothed(run: SavedRun, axis: Axis, window: number): Point[] {
  const { stepsPerSecond } = run.summary;
  if (axis === "time" && stepsPerSecond === null) {
    throw new UsageError("Cannot plot against time: every run must know its steps per second, got null");
  }
  return run.episodes.map(({ episode, step }, i) => ({
    x: axis === "step" ? step : axis === "episode" ? episode : step / stepsPerSecond!,
    y: meanOf(run.episodes.slice(Math.max(0, i + 1 - window), i + 1).map((record) => record.return)),
  }));
}

/**
 * The mean of several curves, over the range that all of them cover.
 *
 * @param members At least one curve, each of at least one point, from left to right.
 * @returns The mean and its bootstrap interval at 150 places; for a single curve, the curve itself, thinned.
 */
export function averageCurve(members: readonly Point[][]): CurvePoint[] {
  const first = Math.max(...members.map((points) => points[0]!.x));
  const last = Math.min(...members.map((points) => points.at(-1)!.x));
  if (members.length === 1) return thinned(members[0]!).map(({ x, y }) => ({ x, y, low: y, high: y }));
  if (!(first <= last)) return [];
  return Array.from({ length: MOST_POINTS }, (_, i) => {
    const x = first + (last - first) * i / (MOST_POINTS - 1);
    const values = members.map((points) => valueAt(points, x));
    return { x, y: meanOf(values), ...bootstrapInterval([values], meanOf) };
  });
}

/** A curve's value between its points. */
function valueAt(points: readonly Point[], x: number): number {
  const i = points.findIndex((point) => point.x >= x);
  if (i <= 0) return points.at(i)!.y;
  const [before, after] = [points[i - 1]!, points[i]!];
  return before.y + (after.y - before.y) * (x - before.x) / (after.x - before.x);
}

/** Evenly spaced points, including the last. */
function thinned(points: readonly Point[]): Point[] {
  const stride = Math.ceil(points.length / (2 * MOST_POINTS));
  return points.filter((_, i) => (points.length - 1 - i) % stride === 0);
}
