/**
 * Messages between the figure on Double DQN and its workers.
 *
 * @module
 */

import type { MaximumOptions } from "../../scripts/overestimation/maximum_study.ts";
import type { ValueError } from "../../scripts/overestimation/value_error.ts";

/** What to study. */
export type DoubleDqnRequest =
  | ({
    /** The largest of noisy zeros. */
    readonly kind: "maximum";
  } & MaximumOptions)
  | {
    /** The values of networks, beside the returns that they get. */
    readonly kind: "networks";
    /** The seed of the runs. */
    readonly seed: number;
    /** Environment steps of each run. */
    readonly steps: number;
  };

/** An estimate of the maximum. */
export interface EstimateHistogram {
  /** Samples in each bar. */
  readonly counts: readonly number[];
  /** The mean of the samples. */
  readonly mean: number;
}

/** Both estimates of the maximum, over one axis. */
export interface MaximumReply {
  readonly kind: "maximum";
  /** The ends of the axis. */
  readonly range: readonly [number, number];
  /** The largest of the noisy values. */
  readonly single: EstimateHistogram;
  /** The second estimate of the action that the first prefers. */
  readonly double: EstimateHistogram;
}

/** The runs so far. */
export interface NetworksReply {
  readonly kind: "networks";
  /** Environment steps of the run in progress. */
  readonly step: number;
  /** The measurements of each agent, in the order of `VALUE_AGENTS`. */
  readonly measured: readonly (readonly ValueError[])[];
}

/** What a worker answers. */
export type DoubleDqnReply = MaximumReply | NetworksReply;
