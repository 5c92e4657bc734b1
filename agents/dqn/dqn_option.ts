/**
 * The description of a DQN option.
 *
 * @module
 */

import type { Schedule } from "../schedule.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";
import type { OptionRange } from "./option_range.ts";

/** Options that decide whether other options are used. */
export type DqnSwitches = Pick<ResolvedDqnOptions, "prioritized" | "distribution" | "munchausen">;

/** The values of another option that make an option take effect. */
export interface DqnOptionNeed {
  /** The other option. */
  readonly name: keyof DqnSwitches;
  /** Any of these values suffices. */
  readonly values: readonly DqnSwitches[keyof DqnSwitches][];
}

/**
 * The description of an option of {@linkcode Dqn}.
 *
 * @typeParam T The type of its value.
 */
export interface DqnOption<T> {
  /** The default value. */
  readonly default: T;
  /** The allowed values. */
  readonly range: OptionRange<T>;
  /** A short description. */
  readonly help: string;
  /** The paper it comes from, or another reason; undefined if there is nothing to cite. */
  readonly source?: string;
  /** Its topic. */
  readonly group: "run" | "network" | "learning" | "exploration" | "replay" | "output";
  /** Whether it extends the DQN of Mnih et al. 2015. */
  readonly isExtension?: boolean;
  /** The option without which it has no effect; undefined if there is none. */
  readonly needs?: DqnOptionNeed;
}

/** The names of the options that are schedules. */
export type DqnScheduleName = {
  [K in keyof ResolvedDqnOptions]: ResolvedDqnOptions[K] extends Schedule ? K : never;
}[keyof ResolvedDqnOptions];

/** A schedule as numbers, the arguments of {@linkcode linearSchedule}. */
export interface LinearScheduleOptions {
  /** The value at step 0. */
  readonly start: number;
  /** The value from step `steps` on. */
  readonly end: number;
  /** Environment steps from `start` to `end`. */
  readonly steps: number;
}
