import { ActionRows } from "../../agents/action_rows.ts";
import { Dqn, train } from "../../agents/mod.ts";
import { type BoxArray, type DiscreteAction, type Env, envSpec } from "../../envs/mod.ts";
import { actionMaskIn } from "../run/action_mask.ts";
import { dqnOptions } from "../run/dqn_options.ts";
import { isNetworkEnv } from "../run/env_kinds.ts";
import { fittingSettings } from "../run/fitting_settings.ts";
import { makeRunEnv } from "../run/run_env.ts";
import type { Settings } from "../settings/settings.ts";
import { meanOf } from "../values/statistics.ts";

/** The value that an agent predicts at a point of training, and the return that it gets. */
export interface ValueError {
  /** Environment steps of training. */
  readonly step: number;
  /** Mean over the states visited of the Q-value of the action taken: the largest of those allowed, with several parts the mean of theirs. */
  readonly predicted: number;
  /** Mean over the same states of the discounted return that followed. */
  readonly obtained: number;
}

/** Options of {@linkcode measureValues}. */
export interface MeasureOptions {
  /** Discount, below 1. */
  readonly gamma: number;
  /** Episodes to play. */
  readonly episodes: number;
  /** Seeds the environment. */
  readonly seed: number;
  /** Number of steps from the start of an episode whose states count. */
  readonly counted: number;
}

/**
 * Plays greedily, and compares the network's value of each state with the discounted return that follows (van
 * Hasselt et al. 2016, "Deep Reinforcement Learning with Double Q-learning", figure 3).
 *
 * @param env A separate environment whose time limit is far beyond the states counted: rewards after it are
 * missing from the returns.
 * @param agent The agent whose values are measured.
 * @param options The length of the measurement.
 * @returns The means over all states counted.
 */
export function measureValues(
  env: Env<BoxArray, DiscreteAction>,
  agent: Pick<Dqn<DiscreteAction>, "act" | "qValues">,
  options: MeasureOptions,
): Omit<ValueError, "step"> {
  const { gamma, episodes, seed, counted } = options;
  const predicted: number[] = [];
  const obtained: number[] = [];
  const { shifts } = new ActionRows(env.actionSpace, "a measurement");
  for (let episode = 0; episode < episodes; episode++) {
    let { observation, info } = env.reset(episode === 0 ? { seed } : {});
    const values: number[] = [];
    const returns: number[] = [];
    for (let over = false; !over;) {
      const action = agent.act(observation, { greedy: true, actionMask: actionMaskIn(info) });
      const all = agent.qValues(observation);
      const parts = typeof action === "number" ? [action] : [...action];
      values.push(meanOf(parts.map((value, i) => all[value - shifts[i]!]!)));
      const result = env.step(action);
      returns.push(result.reward);
      ({ observation, info } = result);
      over = result.terminated || result.truncated;
    }
    for (let t = returns.length - 2; t >= 0; t--) returns[t] = returns[t]! + gamma * returns[t + 1]!;
    predicted.push(...values.slice(0, counted));
    obtained.push(...returns.slice(0, counted));
  }
  return { predicted: meanOf(predicted), obtained: meanOf(obtained) };
}

/** The share of a return that may be neglected. */
const TAIL = 0.01;

/** Options of measurements during training. */
export interface TrainingMeasurement {
  /** Environment steps from one measurement to the next. */
  readonly interval: number;
  /** Episodes per measurement. */
  readonly episodes: number;
  /** Seeds the environment before each measurement. */
  readonly seed: number;
}

/** A step of a training that is measured. */
export interface MeasuredStep {
  /** Environment steps so far. */
  readonly step: number;
  /** The measurement after it; undefined at steps without one. */
  readonly measured: ValueError | undefined;
}

/**
 * Trains, and measures at intervals.
 *
 * @param settings The settings of a DQN with a discount below 1.
 * @param measurement The measurements.
 * @returns The steps, each as it is made.
 * @throws {TypeError | RangeError} If no DQN can be created from these settings.
 */
export function* trainMeasuring(
  settings: Settings,
  measurement: TrainingMeasurement,
): Generator<MeasuredStep, void, undefined> {
  const { env: id, gamma, seed, steps } = settings;
  if (!(gamma < 1)) throw new RangeError(`Cannot measure values: gamma must be below 1, got ${gamma}`);
  const counted = envSpec(id).maxEpisodeSteps ?? 1_000;
  const horizon = gamma === 0 ? 1 : Math.ceil(Math.log(TAIL) / Math.log(gamma));
  const env = makeRunEnv(settings);
  const envOptions = { ...settings.envOptions, maxEpisodeSteps: counted + horizon };
  const longEnv = makeRunEnv({ ...settings, envOptions });
  if (!isNetworkEnv(env) || !isNetworkEnv(longEnv)) {
    throw new TypeError(
      `Cannot measure values: observations must be Box or Discrete and actions Discrete, MultiDiscrete or Box, got those of ${id}`,
    );
  }
  const agent = new Dqn(env, dqnOptions(fittingSettings(env, settings)));
  for (const record of train(env, agent, { seed, steps: steps ?? undefined })) {
    if (record.kind !== "step") continue;
    const { step } = record;
    const measured = step % measurement.interval === 0
      ? { step, ...measureValues(longEnv, agent, { ...measurement, gamma, counted }) }
      : undefined;
    yield { step, measured };
  }
}
