import { stringify } from "@std/csv";
import { bootstrapInterval } from "../values/bootstrap.ts";
import { type Curve, plotCurves } from "../plots/curve_plot.ts";
import type { Job } from "../jobs/job_queue.ts";
import { jsonObject } from "../values/json_object.ts";
import { envFileArgs } from "../run_folder/load_env.ts";
import { runJobs, withQueue } from "../jobs/run_jobs.ts";
import type { Settings } from "../settings/settings.ts";
import { meanOf } from "../values/statistics.ts";
import { measurementOf, VALUE_AGENTS } from "./measured_settings.ts";
import type { ValueError } from "./value_error.ts";
import { createWorkerPool } from "../jobs/worker_pool.ts";

/** A run of the measured study. */
export interface MeasuredRun {
  readonly agent: string;
  readonly seed: number;
  readonly points: readonly ValueError[];
}

/**
 * Trains and measures in worker processes.
 *
 * @param all The settings of each run.
 * @param workers Parallel runs.
 * @param quiet Whether to show no progress.
 * @returns The runs, in order; undefined after Ctrl-C.
 * @throws {Error} If a run fails.
 */
export async function measureRuns(
  all: readonly Settings[],
  workers: number,
  quiet: boolean,
): Promise<MeasuredRun[] | undefined> {
  const jobs: Job<unknown>[] = all.map((settings) => ({
    id: `${settings.agent}, seed ${settings.seed}`,
    input: { settings, ...measurementOf(settings) },
  }));
  const queue = createWorkerPool<unknown, ValueError[]>({
    module: new URL("overestimation_job.ts", import.meta.url),
    workers,
    mayRead: envFileArgs().length > 0,
    args: envFileArgs(),
    read: (output) => jsonObject({ points: output }, "a worker's answer").list("points", readPoint),
  });
  const outcomes = await withQueue(queue, () => runJobs(queue, jobs, quiet));
  return outcomes?.map((outcome, i) => {
    if (outcome.failure !== undefined) throw new Error(`Cannot measure ${jobs[i]!.id}: ${outcome.failure}`);
    return { agent: all[i]!.agent, seed: all[i]!.seed, points: outcome.output };
  });
}

function readPoint(value: unknown): ValueError {
  const point = jsonObject(value, "a measurement");
  return {
    step: point.number("step"),
    predicted: point.number("predicted"),
    obtained: point.number("obtained"),
  };
}

/** The summary of an agent's runs at a step. */
export interface ValueRow {
  /** The agent. */
  readonly agent: string;
  /** Environment steps of training. */
  readonly step: number;
  /** Mean over seeds of the predicted value. */
  readonly predicted: number;
  /** Mean over seeds of the obtained return. */
  readonly obtained: number;
  /** Mean over seeds of the difference, predicted minus obtained. */
  readonly excess: number;
  /** Lower end of its 95 % bootstrap interval. */
  readonly excess_low: number;
  /** Upper end of its 95 % bootstrap interval. */
  readonly excess_high: number;
}

/** The means over seeds, for each agent at each step. */
export function valueRows(runs: readonly MeasuredRun[]): ValueRow[] {
  return VALUE_AGENTS.flatMap((agent) =>
    pointsOf(runs, agent).map((points) => {
      const excess = points.map(({ predicted, obtained }) => predicted - obtained);
      const { low, high } = bootstrapInterval([excess], meanOf);
      return {
        agent,
        step: points[0]!.step,
        predicted: meanOf(points.map(({ predicted }) => predicted)),
        obtained: meanOf(points.map(({ obtained }) => obtained)),
        excess: meanOf(excess),
        excess_low: low,
        excess_high: high,
      };
    })
  );
}

/** The measurements of an agent: at each step, one per seed. */
function pointsOf(runs: readonly MeasuredRun[], agent: string): ValueError[][] {
  const own = runs.filter((run) => run.agent === agent);
  return (own[0]?.points ?? []).map((_, i) => own.map(({ points }) => points[i]!));
}

/** Every measurement, one per line. */
export function valuesCsv(runs: readonly MeasuredRun[]): string {
  const records = runs.flatMap(({ agent, seed, points }) =>
    points.map((point) => ({ agent, seed, ...point }))
  );
  return stringify(records, { columns: ["agent", "seed", "step", "predicted", "obtained"] });
}

/**
 * Draws predicted values and obtained returns against the steps of training.
 *
 * @param settings The settings of the first run.
 * @param runs At least one.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotValues(settings: Settings, runs: readonly MeasuredRun[]): Promise<string> {
  const { env, gamma } = settings;
  const curves = VALUE_AGENTS.flatMap((agent, colour) =>
    (["predicted", "obtained"] as const).map((field): Curve => ({
      name: `${agent}, ${field}`,
      colour,
      dashed: field === "obtained",
      points: pointsOf(runs, agent).map((points) => {
        const values = points.map((point) => point[field]);
        return { x: points[0]!.step, y: meanOf(values), ...bootstrapInterval([values], meanOf) };
      }),
    }))
  );
  const seeds = runs.length / VALUE_AGENTS.length;
  // A reward of 1 per step: no return can be larger.
  const bound = { y: 1 / (1 - gamma), name: `largest possible, 1 / (1 − γ)` };
  return await plotCurves(
    {
      title: `${env}: the values a network predicts, and the returns it gets`,
      subtitle: `mean of ${seeds} ${
        seeds === 1 ? "seed" : "seeds"
      }; band: 95 % bootstrap interval of the mean`,
      x: "environment steps",
      y: `discounted return (γ = ${gamma})`,
    },
    curves,
    env.startsWith("CartPole-") ? bound : undefined,
  );
}
