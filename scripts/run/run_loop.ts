import {
  type OfflineRecord,
  type OfflineSnapshot,
  OfflineTraining,
  TrainingLoop,
  type TrainingSnapshot,
  type TrainOptions,
  type TrainRecord,
  VectorTrainingLoop,
  type VectorTrainingSnapshot,
} from "../../agents/mod.ts";
import { type BoxArray, type DiscreteAction, type Env, VectorEnv } from "../../envs/mod.ts";
import type { Settings } from "../settings/settings.ts";
import type { RunAgent } from "./agent_behaviour.ts";
import { isNetworkEnv } from "./env_kinds.ts";
import { makeRunEnv } from "./run_env.ts";

/** The state of a run's training loop. */
export type RunLoopSnapshot = TrainingSnapshot | VectorTrainingSnapshot | OfflineSnapshot;

/** The training loop of a run, over one environment or many. */
export interface RunLoop {
  /** The records of training. */
  records(): Generator<TrainRecord | OfflineRecord, void, undefined>;
  /** The state after the last record. */
  snapshot(): RunLoopSnapshot;
}

/**
 * Creates the training loop of a run.
 *
 * @param settings The settings of the run.
 * @param env The environment, for a run with one.
 * @param agent The agent.
 * @param options The budget and the evaluations.
 * @param resume The state to continue from.
 * @returns The loop.
 * @throws {TypeError} If the state is of another kind of loop, or does not fit.
 */
export function createRunLoop(
  settings: Settings,
  env: Env,
  { agent, vectorAgent, offlineAgent }: RunAgent,
  options: Omit<TrainOptions, "resume">,
  resume: RunLoopSnapshot | undefined,
): RunLoop {
  if (offlineAgent !== undefined) {
    if (resume !== undefined && !isOffline(resume)) throw foreign("no environment", "some");
    const { steps, evaluation } = options;
    return new OfflineTraining(offlineAgent, { steps, evaluation, resume });
  }
  if (resume !== undefined && isOffline(resume)) throw foreign("an environment", "none");
  if (vectorAgent === undefined || settings.envs === 1) {
    if (isOfMany(resume)) throw foreign("one environment", "many");
    return new TrainingLoop(env, agent, { ...options, resume });
  }
  if (resume !== undefined && !isOfMany(resume)) throw foreign("many environments", "one");
  const { evaluation, ...others } = options;
  const envs = new VectorEnv(() => forNetworks(makeRunEnv(settings)), settings.envs);
  return new VectorTrainingLoop(envs, vectorAgent, {
    ...others,
    evaluation: evaluation === undefined ? undefined : { ...evaluation, env: forNetworks(evaluation.env) },
    resume,
  });
}

/** Whether a state is that of a loop over many environments. */
export function isOfMany(snapshot: RunLoopSnapshot | undefined): snapshot is VectorTrainingSnapshot {
  return snapshot !== undefined && "copy" in snapshot;
}

/** Whether a state is that of a loop without an environment. */
export function isOffline(snapshot: RunLoopSnapshot): snapshot is OfflineSnapshot {
  return !("episode" in snapshot);
}

function forNetworks(env: Env): Env<BoxArray, DiscreteAction> {
  if (isNetworkEnv(env)) return env;
  throw new TypeError(
    `Cannot train in many environments: observations must be a Box and actions Discrete or MultiDiscrete, got ${env.observationSpace} and ${env.actionSpace}`,
  );
}

function foreign(expected: string, got: string): TypeError {
  return new TypeError(`Cannot resume the run: its loop must be over ${expected}, got one over ${got}`);
}
