import { type EvaluationRow, evaluationRow } from "./evaluation_row.ts";
import { readSettings } from "../settings/read_settings.ts";
import { type JsonObject, jsonObject } from "../values/json_object.ts";
import type { Run } from "../run/run.ts";
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

/** What a run does not know itself. */
export interface RunCircumstances {
  /** Seconds of training and evaluating. */
  readonly seconds: number;
  /** When the environment's threshold was reached; undefined if it was not, or there is none. */
  readonly reached: { readonly step: number; readonly seconds: number } | undefined;
  /** The machine and the versions that computed it. */
  readonly versions: RunResult["versions"];
}

/**
 * The result of a run.
 *
 * @param settings Of the run.
 * @param run Ended.
 * @param circumstances How long it took, and where.
 * @throws {Error} If the run was interrupted.
 */
export function runResultOf(
  settings: Settings,
  run: Readonly<Run>,
  { seconds, reached, versions }: RunCircumstances,
): RunResult {
  if (run.evaluation === undefined) throw new Error("Cannot finish the run: it was interrupted");
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
    wall_seconds: seconds,
    episode_steps: run.episodes.map(({ step }) => step),
    episode_returns: run.episodes.map((record) => record.return),
    evaluation_steps: run.evaluations.map(({ step }) => step),
    evaluation_means: run.evaluations.map(({ evaluation: { mean } }) => mean),
    versions,
  };
}

/**
 * Reads the result of a run from a worker or from a file.
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
