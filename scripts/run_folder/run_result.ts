import { envSpec } from "../../envs/mod.ts";
import { type EvaluationRow, evaluationRow } from "./evaluation_row.ts";
import { readSettings } from "../settings/read_settings.ts";
import { type JsonObject, jsonObject } from "../values/json_object.ts";
import { prepareRun, type Run } from "../run/run.ts";
import { VERSION } from "../values/package.ts";
import type { RunSnapshot } from "../run/run_snapshot.ts";
import { SETTING_NAMES, type Settings } from "../settings/settings.ts";

/** The result of one of many runs: plain JSON, from which tables and curves are made. */
export interface RunResult {
  /** Every setting: with `deno task train --config` they repeat the run. */
  readonly settings: Settings;
  /** Why training ended. */
  readonly stopped_by: string;
  /** Environment steps taken. */
  readonly env_steps: number;
  /** Gradient steps made. */
  readonly gradient_steps: number;
  /** The evaluation of the kept policy on held-out episodes. */
  readonly evaluation: EvaluationRow;
  /** Environment step of the kept policy; null for agents without one. */
  readonly policy_step: number | null;
  /** Fingerprint of the network at the end of training; null for agents without one. */
  readonly weights_sha256: string | null;
  /** Fingerprint of all steps of training. */
  readonly trajectory_sha256: string;
  /** Environment step at which the environment's threshold was reached; null if it was not, or there is none. */
  readonly threshold_step: number | null;
  /** Seconds from the start of training until then. */
  readonly threshold_seconds: number | null;
  /** Seconds of training and evaluating. */
  readonly wall_seconds: number;
  /** Environment step at which each episode of training ended. */
  readonly episode_steps: readonly number[];
  /** Return of each episode of training. */
  readonly episode_returns: readonly number[];
  /** Environment step of each evaluation during training. */
  readonly evaluation_steps: readonly number[];
  /** Mean return of each evaluation during training. */
  readonly evaluation_means: readonly number[];
  /** The machine and the versions that computed it. */
  readonly versions: { readonly bellman: string; readonly deno: string; readonly v8: string };
}

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
  if (run.evaluation === undefined) throw new Error("Cannot finish the run: it was interrupted");
  onEnd?.(run, seconds());
  return {
    settings,
    stopped_by: run.stopReason ?? "",
    env_steps: run.step,
    gradient_steps: run.gradientSteps,
    evaluation: evaluationRow(run.evaluation),
    policy_step: run.policy?.step ?? null,
    weights_sha256: run.weightsHash ?? null,
    trajectory_sha256: run.trajectoryHash,
    threshold_step: reached?.step ?? null,
    threshold_seconds: reached?.seconds ?? null,
    wall_seconds: seconds(),
    episode_steps: run.episodes.map(({ step }) => step),
    episode_returns: run.episodes.map((record) => record.return),
    evaluation_steps: run.evaluations.map(({ step }) => step),
    evaluation_means: run.evaluations.map(({ evaluation: { mean } }) => mean),
    versions: { bellman: VERSION, deno: Deno.version.deno, v8: Deno.version.v8 },
  };
}

function recentMean({ episodes }: Readonly<Run>): number {
  return episodes.slice(-SOLVED_EPISODES).reduce((sum, record) => sum + record.return, 0) / SOLVED_EPISODES;
}

/**
 * Reads the result of {@linkcode runToResult} from a worker or from a file.
 *
 * @throws {Error} If it is something else.
 */
export function readRunResult(value: unknown): RunResult {
  const result = jsonObject(value, "a run's result");
  const number = (name: string) => (object: JsonObject) => object.number(name);
  const text = (name: string) => (object: JsonObject) => object.text(name);
  const evaluation = result.object("evaluation");
  const versions = result.object("versions");
  return {
    settings: readSettings({ values: new Map(), words: [] }, result.value("settings")),
    stopped_by: result.text("stopped_by"),
    env_steps: result.number("env_steps"),
    gradient_steps: result.number("gradient_steps"),
    evaluation: {
      episodes: evaluation.number("episodes"),
      mean: evaluation.number("mean"),
      std: evaluation.number("std"),
      min: evaluation.number("min"),
      max: evaluation.number("max"),
    },
    policy_step: result.optional("policy_step", number("policy_step")),
    weights_sha256: result.optional("weights_sha256", text("weights_sha256")),
    trajectory_sha256: result.text("trajectory_sha256"),
    threshold_step: result.optional("threshold_step", number("threshold_step")),
    threshold_seconds: result.optional("threshold_seconds", number("threshold_seconds")),
    wall_seconds: result.number("wall_seconds"),
    episode_steps: result.numbers("episode_steps"),
    episode_returns: result.numbers("episode_returns"),
    evaluation_steps: result.numbers("evaluation_steps"),
    evaluation_means: result.numbers("evaluation_means"),
    versions: {
      bellman: versions.text("bellman"),
      deno: versions.text("deno"),
      v8: versions.text("v8"),
    },
  };
}

/** Settings in the order of `config.json`, as one line of JSON. */
export function settingsText(settings: Settings): string {
  return JSON.stringify(Object.fromEntries(SETTING_NAMES.map((name) => [name, settings[name]])));
}
