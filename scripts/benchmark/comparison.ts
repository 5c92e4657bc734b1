import { envSpec } from "../../envs/mod.ts";
import { bootstrapInterval, type Interval } from "../values/bootstrap.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import { interquartileMean, meanOf, quantileOf, stdOf } from "../values/statistics.ts";

/** The runs of one agent in one environment, one per seed. */
export interface RunGroup {
  readonly env: string;
  readonly agent: string;
  /** In the order of the seeds, without failed runs. */
  readonly results: readonly RunResult[];
  /** Runs that failed. */
  readonly failed: number;
}

/** The summary of a group. Returns are those of each run's kept policy on held-out episodes. */
export interface ComparisonRow {
  readonly env: string;
  readonly agent: string;
  /** Runs that ended. */
  readonly runs: number;
  readonly failed: number;
  /** The return of each run that ended, in the order of the seeds. */
  readonly scores: readonly number[];
  /** Mean over seeds of the return. */
  readonly mean: number;
  /** Standard deviation over seeds. */
  readonly std: number;
  /** Interquartile mean over seeds. */
  readonly iqm: number;
  /** Its 95 % bootstrap interval. */
  readonly interval: Interval;
  /** The mean return at which the environment counts as solved; undefined if none is defined. */
  readonly threshold: number | undefined;
  /** Number of runs that reached it during training. */
  readonly reached: number;
  /** Median over the runs that reached it of the environment steps until then. */
  readonly thresholdSteps: number | undefined;
  /** Median over the same runs of the seconds until then. */
  readonly thresholdSeconds: number | undefined;
  /** Mean over seeds of the environment steps taken. */
  readonly envSteps: number;
  /** Mean over seeds of the seconds taken. */
  readonly seconds: number;
}

/** Summarises a group with at least one finished run. */
export function compare(group: RunGroup): ComparisonRow {
  const { env, agent, results, failed } = group;
  const scores = results.map(({ evaluation }) => evaluation.mean);
  const steps = results.flatMap(({ threshold_step: step }) => step ?? []);
  const seconds = results.flatMap(({ threshold_seconds: value }) => value ?? []);
  const median = (values: number[]) => values.length === 0 ? undefined : quantileOf(values, 0.5);
  return {
    env,
    agent,
    runs: results.length,
    failed,
    scores,
    mean: meanOf(scores),
    std: stdOf(scores),
    iqm: interquartileMean(scores),
    interval: bootstrapInterval([scores], interquartileMean),
    threshold: envSpec(env).rewardThreshold,
    reached: steps.length,
    thresholdSteps: median(steps),
    thresholdSeconds: median(seconds),
    envSteps: meanOf(results.map(({ env_steps: value }) => value)),
    seconds: meanOf(results.map(({ wall_seconds: value }) => value)),
  };
}
