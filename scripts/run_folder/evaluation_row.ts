import type { Evaluation } from "../../agents/mod.ts";

/** The statistics of an evaluation, without the return of each episode. */
export interface EvaluationRow {
  /** Number of episodes. */
  readonly episodes: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** The statistics of an evaluation. */
export function evaluationRow({ returns, mean, std, min, max }: Evaluation): EvaluationRow {
  return { episodes: returns.length, mean, std, min, max };
}
