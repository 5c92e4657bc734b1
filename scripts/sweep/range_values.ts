import { exp } from "../../nn/math/exp.ts";
import { log } from "../../nn/math/log.ts";
import { roundShort } from "../values/round_short.ts";
import type { Range } from "./search_space.ts";

/** The least number of parts of a range that its rounded values distinguish. */
const RANGE_PARTS = 1_000;
/** The same between two neighbours of a grid. */
const GRID_PARTS = 100;

/**
 * The number at a position in a range, rounded to a thousandth of the range's width or less; on a logarithmic scale, of its width
 * there.
 *
 * @param range The range.
 * @param place The position, from 0, the lower end, to 1, the upper end.
 * @returns A number within the range.
 */
export function rangeAt(range: Range, place: number): number {
  return roundedAt(range, place, RANGE_PARTS);
}

/**
 * The whole number at a position in a range. Each number has a part of the range: equal parts, or on a logarithmic scale from
 * half a step below it to half a step above. The ends have full parts, too.
 *
 * @param range The range, whose ends are whole numbers.
 * @param place In [0, 1).
 * @returns A whole number within the range.
 */
export function wholeAt({ kind, low, high }: Range, place: number): number {
  const value = kind === "log"
    ? Math.round(logarithmic(low - 0.5, high + 0.5, place))
    : low + Math.floor(place * (high - low + 1));
  return Math.min(high, Math.max(low, value));
}

/**
 * Values spread evenly over a range, including its ends.
 *
 * @param range The range.
 * @param points Number of values, from 2; at most as many as there are whole numbers, if `whole` is set.
 * @param whole Whether the values are whole numbers.
 * @returns The values, strictly increasing.
 */
export function gridOf(range: Range, points: number, whole: boolean): number[] {
  const places = Array.from({ length: points }, (_, i) => i / (points - 1));
  if (!whole) return places.map((place) => roundedAt(range, place, GRID_PARTS * (points - 1)));
  let least = range.low;
  return places.map((place, i) => {
    // If rounding makes neighbours equal, take the next whole number, leaving one for each later point.
    const most = range.high - (points - 1 - i);
    const value = Math.min(most, Math.max(least, Math.round(exactAt(range, place))));
    least = value + 1;
    return value;
  });
}

function roundedAt(range: Range, place: number, parts: number): number {
  const { kind, low, high } = range;
  if (place === 0) return low;
  if (place === 1) return high;
  const value = exactAt(range, place);
  const width = kind === "log" ? value * (log(high) - log(low)) : high - low;
  return Math.min(high, Math.max(low, roundShort(value, width / parts)));
}

function exactAt({ kind, low, high }: Range, place: number): number {
  return kind === "log" ? logarithmic(low, high, place) : low + place * (high - low);
}

function logarithmic(low: number, high: number, place: number): number {
  return exp(log(low) + place * (log(high) - log(low)));
}
