/**
 * Places in a chart.
 *
 * @module
 */

import { shownNumber } from "../../scripts/values/shown_number.ts";

/** The points of a curve. */
export interface Points {
  /** Its values, from left to right; those that are not finite leave a gap. */
  readonly y: readonly number[];
  /** Where they are; by default 0, 1, 2, … */
  readonly x?: readonly number[];
}

/** The least and the greatest finite value; 0 and 1 if there is none. */
export function endsOf(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return low <= high ? [low, high] : [0, 1];
}

/** A number beside an axis, short enough to stand there. */
export function axisText(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 10 ? 1 : size >= 1 ? 2 : 4;
  const short = size >= 0.001 ? value.toFixed(decimals) : value.toPrecision(2);
  return shownNumber(Number(short));
}

/**
 * The points of a curve in the unit square, y pointing down, in parts without gaps.
 *
 * @param curve The curve; values beyond the axes are drawn at their ends.
 * @param x The ends of the horizontal axis.
 * @param y The ends of the vertical axis.
 */
export function polylines(
  curve: Points,
  x: readonly [number, number],
  y: readonly [number, number],
): string[] {
  const parts: string[][] = [[]];
  for (const [i, value] of curve.y.entries()) {
    if (!Number.isFinite(value)) {
      parts.push([]);
      continue;
    }
    const across = position(curve.x?.[i] ?? i, x);
    parts.at(-1)!.push(`${across.toFixed(4)},${(1 - position(value, y)).toFixed(4)}`);
  }
  return parts.filter((points) => points.length > 0).map((points) => points.join(" "));
}

/** Where a value lies between two ends, in [0, 1]. */
export function position(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
}
