import { exp } from "../../nn/math/exp.ts";
import { log } from "../../nn/math/log.ts";
import { roundShort } from "../values/round_short.ts";
import type { Range } from "./search_space.ts";

/** Parts of a range that its rounded values tell apart, at least. */
const RANGE_PARTS = 1_000;
/** The same between two neighbours of a grid. */
const GRID_PARTS = 100;

/**
 * The number at a place of a range, rounded to a thousandth of the range's width or less; of a logarithmic one, as wide as the
 * range is on its scale.
 *
 * @param range Where.
 * @param place From 0, the lower end, to 1, the upper end.
 * @returns A number within the range.
 */
export function rangeAt(range: Range, place: number): number {
  return roundedAt(range, place, RANGE_PARTS);
}

/**
 * The whole number at a place of a range, where each has a part of its own: the same for all, or on a logarithmic scale from
 * half a step below it to half a step above. The ends have whole parts, too.
 *
 * @param range Where; its ends are whole numbers.
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
 * Values spread evenly over a range, its ends among them.
 *
 * @param range Where.
 * @param points How many, from 2; of whole numbers, no more than there are.
 * @param whole Whether they are whole numbers.
 * @returns As many values as points, each above the one before.
 */
export function gridOf(range: Range, points: number, whole: boolean): number[] {
  const places = Array.from({ length: points }, (_, i) => i / (points - 1));
  if (!whole) return places.map((place) => roundedAt(range, place, GRID_PARTS * (points - 1)));
  let least = range.low;
  return places.map((place, i) => {
    // Where rounding makes neighbours equal, the next whole number is taken, as long as those to come have one left.
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
