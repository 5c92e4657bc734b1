/**
 * What there is to know of an option of DQN.
 *
 * @module
 */

import type { Schedule } from "../schedule.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";
import type { OptionRange } from "./option_range.ts";

/** The options that decide whether others are used. */
export type DqnSwitches = Pick<ResolvedDqnOptions, "prioritized" | "distribution" | "munchausen">;

/** The value of another option that an option needs to be used. */
export interface DqnOptionNeed {
  /** The other option. */
  readonly name: keyof DqnSwitches;
  /** Any of these will do. */
  readonly values: readonly DqnSwitches[keyof DqnSwitches][];
}

/**
 * What is known of an option of {@linkcode Dqn}.
 *
 * @typeParam T The type of its value.
 */
export interface DqnOption<T> {
  /** The value where nobody says otherwise. */
  readonly default: T;
  /** Which values it may have. */
  readonly range: OptionRange<T>;
  /** What it is, in a few words. */
  readonly help: string;
  /** The paper it comes from, or another reason; undefined where there is nothing to cite. */
  readonly source?: string;
  /** What it is about. */
  readonly group: "run" | "network" | "learning" | "exploration" | "replay" | "output";
  /** Whether it is one of those that extend the DQN of Mnih et al. 2015. */
  readonly isExtension?: boolean;
  /** What it needs to be used; undefined if it always is. */
  readonly needs?: DqnOptionNeed;
}

/** The names of the options that are schedules. */
export type DqnScheduleName = {
  [K in keyof ResolvedDqnOptions]: ResolvedDqnOptions[K] extends Schedule ? K : never;
}[keyof ResolvedDqnOptions];

/** A schedule in numbers, as for {@linkcode linearSchedule}. */
export interface LinearScheduleOptions {
  /** The value at step 0. */
  readonly start: number;
  /** The value from step `steps` on. */
  readonly end: number;
  /** Environment steps from `start` to `end`. */
  readonly steps: number;
}
