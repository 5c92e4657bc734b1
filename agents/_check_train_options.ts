import type { Action, Env, Observation } from "../envs/env.ts";
import { findSharedEnv } from "../envs/wrappers/shared_env.ts";
import { requireWhole } from "./require_whole.ts";
import type { TrainOptions } from "./train_options.ts";

/** Throws if a training option is out of range, or if evaluations use the training environment. */
export function checkTrainOptions<O extends Observation, A extends Action>(
  envs: readonly Env<O, A>[],
  { seed, steps = Infinity, episodes = Infinity, evaluation }: Omit<TrainOptions<O, A>, "resume">,
): void {
  if (steps !== Infinity) requireWhole("train", "steps", steps, 1);
  if (episodes !== Infinity) requireWhole("train", "episodes", episodes, 1);
  if (seed !== undefined) requireWhole("train", "seed", seed, 0);
  if (evaluation === undefined) return;
  requireWhole("train", "evaluation.interval", evaluation.interval, 1);
  requireWhole("train", "evaluation.episodes", evaluation.episodes, 1);
  requireWhole("train", "evaluation.seed", evaluation.seed, 0);
  if (findSharedEnv([...envs, evaluation.env]) === undefined) return;
  throw new TypeError(
    "Cannot train: evaluation.env must be another environment than the training one, got the same",
  );
}
