import { bootstrapInterval } from "../values/bootstrap.ts";
import type { RunGroup } from "./comparison.ts";
import { type Curve, plotCurves } from "../plots/curve_plot.ts";
import { envSpec } from "../../envs/mod.ts";
import type { RunResult } from "../run_folder/run_result.ts";
import { shownNumber } from "../values/shown_number.ts";
import { smoothingWindow } from "../values/smoothing.ts";
import { meanOf } from "../values/statistics.ts";

/** Most points of a curve. */
const MOST_POINTS = 150;

/**
 * Draws the learning curves of agents in one environment: evaluations against environment steps if all runs were evaluated before their
 * end, otherwise returns of training against episodes.
 *
 * @param groups The groups, all of one environment, each with at least one run.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotLearning(groups: readonly RunGroup[]): Promise<string> {
  const { env } = groups[0]!;
  const evaluated = groups.every(({ results }) => results.every((run) => run.evaluation_steps.length > 1));
  const lengths = groups.flatMap(({ results }) => results.map((run) => run.episode_returns.length));
  const window = smoothingWindow(Math.max(...lengths));
  const curves = groups.map((group, colour): Curve => ({
    name: group.agent,
    colour,
    points: (evaluated ? evaluationTable(group.results) : episodeTable(group.results, window)).map((
      { x, values },
    ) => ({
      x,
      y: meanOf(values),
      ...bootstrapInterval([values], meanOf),
    })),
  }));
  const counts = groups.map(({ results }) => results.length);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const seeds = fewest === most ? `${most} ${most === 1 ? "seed" : "seeds"}` : `${fewest} to ${most} seeds`;
  const threshold = envSpec(env).rewardThreshold;
  return await plotCurves(
    {
      title: env,
      subtitle: `mean of ${seeds}; band: 95 % bootstrap interval of the mean`,
      x: evaluated ? "environment steps" : "episode",
      y: evaluated ? "return, greedy" : `return in training, mean of ${window} episodes`,
    },
    curves,
    threshold === undefined ? undefined : { y: threshold, name: `solved at ${shownNumber(threshold)}` },
  );
}

/** A position on the horizontal axis, and the value of each run there. */
interface CurveColumn {
  readonly x: number;
  readonly values: number[];
}

/** Each run contributes its latest evaluation; a run that stopped at its goal keeps that value. */
function evaluationTable(results: readonly RunResult[]): CurveColumn[] {
  const longest = results.reduce((best, run) =>
    run.evaluation_steps.length > best.evaluation_steps.length ? run : best
  );
  const columns = longest.evaluation_steps.map((x) => ({
    x,
    values: results.map(({ evaluation_steps: steps, evaluation_means: means }) => {
      const latest = steps.findLastIndex((step) => step <= x);
      return means[Math.max(0, latest)]!;
    }),
  }));
  return thinned(columns);
}

/** Ends at the last episode that every run has. */
function episodeTable(results: readonly RunResult[], window: number): CurveColumn[] {
  const count = Math.min(...results.map(({ episode_returns: returns }) => returns.length));
  const columns = Array.from({ length: count }, (_, i) => ({
    x: i + 1,
    values: results.map(({ episode_returns: returns }) =>
      meanOf(returns.slice(Math.max(0, i + 1 - window), i + 1))
    ),
  }));
  return thinned(columns);
}

/** Evenly spaced columns, including the last. */
function thinned(columns: readonly CurveColumn[]): CurveColumn[] {
  const stride = Math.ceil(columns.length / MOST_POINTS);
  return columns.filter((_, i) => (columns.length - 1 - i) % stride === 0);
}
