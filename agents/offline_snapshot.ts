/**
 * The state of learning from recorded transitions.
 *
 * @module
 */

import type { EnvSnapshot } from "../envs/env.ts";

/** What an {@linkcode OfflineTraining} does next; an evaluation may turn out not to be due. */
export const OFFLINE_PHASES = ["step", "evaluation"] as const;
/** One of {@linkcode OFFLINE_PHASES}. */
export type OfflinePhase = typeof OFFLINE_PHASES[number];

/** The state of an {@linkcode OfflineTraining}, its agent not included. */
export interface OfflineSnapshot {
  /** Steps made. */
  step: number;
  /** The next phase. */
  next: OfflinePhase;
  /** The environment of evaluations; undefined before the first evaluation. */
  evaluationEnv: EnvSnapshot | undefined;
  /** Returns of the current evaluation; empty otherwise. */
  evaluationReturns: number[];
}
