import { envSpec } from "../../envs/mod.ts";
import { prepareRun, type Run } from "../run/run.ts";
import type { RunSnapshot } from "../run/run_snapshot.ts";
import type { Settings } from "../settings/settings.ts";
import { VERSION } from "../values/package.ts";
import { type RunResult, runResultOf } from "./run_result.ts";

/** Number of episodes whose mean return decides whether an environment is solved, as in Gymnasium. */
const SOLVED_EPISODES = 100;

/** The state of an unfinished run. */
export interface RunPoint {
  /** Everything needed to continue. */
  readonly snapshot: RunSnapshot;
  /** Seconds that it has taken. */
  readonly seconds: number;
  /** When the environment's threshold was reached; undefined if it was not. */
  readonly reached: { readonly step: number; readonly seconds: number } | undefined;
}

/** Options of {@linkcode runToResult}. */
export interface RunToResultOptions {
  /** The state to continue from; undefined starts from the beginning. */
  readonly from?: RunPoint | undefined;
  /** Called every few hundred steps; may save the state of the run. */
  readonly onPoint?: (point: () => RunPoint) => Promise<void>;
  /** Called when training has ended; may save the state, for a run with a larger budget. */
  readonly onTrained?: ((point: () => RunPoint) => Promise<void>) | undefined;
  /** Called when the run has ended, with its duration in seconds. */
  readonly onEnd?: (run: Readonly<Run>, seconds: number) => void;
}

/** Environment steps between two calls. */
const POINT_STEPS = 500;

/**
 * Trains a run without saving anything.
 *
 * @param settings Checked.
 * @param onProgress Called with the completed part, in [0, 1].
 * @param options Where to start, and callbacks.
 * @returns Its result, the same wherever it was continued.
 * @throws {Error} If training cannot start or continue.
 */
export async function runToResult(
  settings: Settings,
  onProgress: (done: number) => void,
  options: RunToResultOptions = {},
): Promise<RunResult> {
  const { from, onPoint, onTrained, onEnd } = options;
  const { steps, episodes, evalInterval } = settings;
  const threshold = envSpec(settings.env).rewardThreshold;
  const start = performance.now();
  const seconds = () => (from?.seconds ?? 0) + (performance.now() - start) / 1000;
  let reached = from?.reached;
  const check = (step: number, mean: number) => {
    if (reached === undefined && threshold !== undefined && mean >= threshold) {
      reached = { step, seconds: seconds() };
    }
  };
  const { run, start: go, snapshot } = prepareRun(settings, from?.snapshot);
  const point = () => ({ snapshot: snapshot(), seconds: seconds(), reached });
  await go({
    ...(onTrained === undefined ? {} : { onTrained: () => onTrained(point) }),
    ...(onPoint === undefined ? {} : { checkpoint: { interval: POINT_STEPS, save: () => onPoint(point) } }),
    onStep: ({ step }) => {
      if (step % 64 === 0) {
        onProgress(Math.max(step / (steps ?? Infinity), run.episodes.length / (episodes ?? Infinity)));
      }
    },
    onEpisode: ({ step }) => {
      if (evalInterval !== null || run.episodes.length < SOLVED_EPISODES) return;
      check(step, recentMean(run));
    },
    onEvaluation: ({ step, evaluations }) => check(step, evaluations.at(-1)!.evaluation.mean),
  });
  const result = runResultOf(settings, run, {
    seconds: seconds(),
    reached,
    versions: { bellman: VERSION, deno: Deno.version.deno, v8: Deno.version.v8 },
  });
  onEnd?.(run, result.wall_seconds);
  return result;
}

function recentMean({ episodes }: Readonly<Run>): number {
  return episodes.slice(-SOLVED_EPISODES).reduce((sum, record) => sum + record.return, 0) / SOLVED_EPISODES;
}
