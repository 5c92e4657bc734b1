import { Dqn, train } from "../agents/mod.ts";
import { type Env, envSpec, makeEnv } from "../envs/mod.ts";
import { dqnOptions } from "./_run_agent.ts";
import { isVectorEnv } from "./_run_env.ts";
import type { Settings } from "./_settings.ts";
import { meanOf } from "./_statistics.ts";

/** What an agent promises itself at a point of training, and what comes of it. */
export interface ValueError {
  /** Environment steps of training. */
  readonly step: number;
  /** Mean over the states visited of the largest Q-value. */
  readonly predicted: number;
  /** Mean over the same states of the discounted return that followed. */
  readonly obtained: number;
}

/** What {@linkcode measureValues} needs. */
export interface MeasureOptions {
  /** Discount, below 1. */
  readonly gamma: number;
  /** Episodes to play. */
  readonly episodes: number;
  /** Seeds the environment. */
  readonly seed: number;
  /** Only states of an episode's first steps, so many, are taken into account. */
  readonly counted: number;
}

/**
 * Plays greedily, and compares the value that the network gives each state with the discounted return that follows it (van
 * Hasselt et al. 2016, "Deep Reinforcement Learning with Double Q-learning", figure 3).
 *
 * @param env An environment of its own whose time limit lies far beyond the states counted: what happens after it is
 * missing from the returns.
 * @param agent Whose values.
 * @param options For how long.
 * @returns The means over all states counted.
 */
export function measureValues(
  env: Env<Float32Array, number>,
  agent: Pick<Dqn, "act" | "qValues">,
  options: MeasureOptions,
): Omit<ValueError, "step"> {
  const { gamma, episodes, seed, counted } = options;
  const predicted: number[] = [];
  const obtained: number[] = [];
  for (let episode = 0; episode < episodes; episode++) {
    let { observation } = env.reset(episode === 0 ? { seed } : {});
    const values: number[] = [];
    const returns: number[] = [];
    for (let over = false; !over;) {
      values.push(Math.max(...agent.qValues(observation)));
      const result = env.step(agent.act(observation, { greedy: true }));
      returns.push(result.reward);
      observation = result.observation;
      over = result.terminated || result.truncated;
    }
    for (let t = returns.length - 2; t >= 0; t--) returns[t] = returns[t]! + gamma * returns[t + 1]!;
    predicted.push(...values.slice(0, counted));
    obtained.push(...returns.slice(0, counted));
  }
  return { predicted: meanOf(predicted), obtained: meanOf(obtained) };
}

/** The part of a return that may be cut off. */
const TAIL = 0.01;

/** How to measure during training. */
export interface TrainingMeasurement {
  /** Environment steps from one measurement to the next. */
  readonly interval: number;
  /** Episodes per measurement. */
  readonly episodes: number;
  /** Seeds the environment before each measurement. */
  readonly seed: number;
}

/**
 * Trains, and measures now and then.
 *
 * @param settings Of a DQN with a discount below 1.
 * @param measurement When, and for how long.
 * @param onStep Hears of every step.
 * @returns The measurements.
 * @throws {TypeError | RangeError} If there can be no DQN of these settings.
 */
export function trainMeasuring(
  settings: Settings,
  measurement: TrainingMeasurement,
  onStep: (step: number) => void,
): ValueError[] {
  const { env: id, gamma, seed, steps } = settings;
  if (!(gamma < 1)) throw new RangeError(`Cannot measure values: gamma must be below 1, got ${gamma}`);
  const counted = envSpec(id).maxEpisodeSteps ?? 1_000;
  const horizon = gamma === 0 ? 1 : Math.ceil(Math.log(TAIL) / Math.log(gamma));
  const env = makeEnv(id);
  const longEnv = makeEnv(id, { maxEpisodeSteps: counted + horizon });
  if (!isVectorEnv(env) || !isVectorEnv(longEnv)) {
    throw new TypeError(
      `Cannot measure values: the environment must have a Box of observations and Discrete actions, got ${id}`,
    );
  }
  const agent = new Dqn(env, dqnOptions(settings));
  const measured: ValueError[] = [];
  for (const record of train(env, agent, { seed, steps: steps ?? undefined })) {
    if (record.kind !== "step") continue;
    onStep(record.step);
    if (record.step % measurement.interval === 0) {
      measured.push({
        step: record.step,
        ...measureValues(longEnv, agent, { ...measurement, gamma, counted }),
      });
    }
  }
  return measured;
}
