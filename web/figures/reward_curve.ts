/**
 * The reward of each episode.
 *
 * @module
 */

import { lookBack, smoothingWindow } from "../../scripts/values/smoothing.ts";
import { meanOf } from "../../scripts/values/statistics.ts";
import type { Series } from "./line_chart.ts";

/** Most points of a curve. */
const MOST_POINTS = 400;

/** Names of the two curves. */
export interface RewardNames {
  /** Of the episodes. */
  readonly single: string;
  /** Of their moving mean. */
  readonly mean: string;
}

/** Colours of the two curves, from 1. */
export interface RewardColours {
  /** Of the episodes. */
  readonly single: number;
  /** Of their moving mean. */
  readonly mean: number;
}

/** The return of each episode, faint, and its moving mean. */
export function rewardCurves(
  returns: readonly number[],
  names: RewardNames,
  colours: RewardColours = { single: 1, mean: 2 },
): Series[] {
  const places = lookBack(returns, smoothingWindow(returns.length), MOST_POINTS);
  const x = places.map(({ index }) => index + 1);
  return [
    {
      name: names.single,
      x,
      y: places.map(({ index }) => returns[index]!),
      colour: colours.single,
      isFaint: true,
    },
    { name: names.mean, x, y: places.map(({ recent }) => meanOf(recent)), colour: colours.mean },
  ];
}
