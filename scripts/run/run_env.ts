import { type DiscreteObservation, RandomAgent, randomStream, train } from "../../agents/mod.ts";
import {
  type Action,
  Box,
  Discrete,
  DiscreteActions,
  Discretize,
  type Env,
  envSpec,
  makeEnv,
  NormalizeObservation,
  type Observation,
  OneHot,
  type RunningMeanStd,
  TimeLimit,
  Tuple,
  Wrapper,
} from "../../envs/mod.ts";
import type { Settings } from "../settings/settings.ts";
import { requireTableFits } from "./table_size.ts";

/** Where bins begin and end in place of bounds that are infinite or far beyond what happens, by environment. */
const BIN_BOUNDS: Readonly<Record<string, readonly number[]>> = {
  "CartPole-v0": [2.4, 3, 0.21, 3.5],
  "CartPole-v1": [2.4, 3, 0.21, 3.5],
};

/** What decides which environment a run is made in. */
export type RunEnvSettings = Pick<
  Settings,
  "env" | "envOptions" | "agent" | "seed" | "bins" | "actionBins" | "normalize"
>;

/**
 * Makes the environment of a run, so that its agent can learn in it: actions become choices; for a network numbers become
 * vectors, for a table vectors become numbers.
 *
 * @param settings Which environment and which agent.
 * @returns The environment.
 * @throws {TypeError | RangeError} If there is no such environment, an option is wrong, or a table would be too large.
 */
export function makeRunEnv(settings: RunEnvSettings): Env {
  const env = makeLimitedEnv(settings);
  if (settings.agent === "random") return env;
  const acting = hasVectorActions(env) ? new DiscreteActions(env, settings.actionBins) : env;
  if (settings.agent !== "q-learning") {
    return hasVectorObservations(acting)
      ? normalized(acting, settings)
      : hasCountedObservations(acting)
      ? new OneHot(acting)
      : acting;
  }
  requireTableFits(acting, settings.bins);
  if (!hasVectorObservations(acting)) return acting;
  const bounds = BIN_BOUNDS[settings.env];
  const bins = settings.bins.length === 1 ? settings.bins[0]! : settings.bins;
  if (bounds === undefined) return new Discretize(acting, { bins });
  return new Discretize(acting, { bins, low: bounds.map((bound) => -bound), high: bounds });
}

/** Random steps that observations are measured over, where they are to be normalised by what happens. */
const MEASURED_STEPS = 10_000;

/** The same observations in about the range from -1 to 1, or as they are; always the same for the same settings. */
function normalized(env: Env<Float32Array, Action>, settings: RunEnvSettings): Env {
  if (settings.normalize === "none") return env;
  const wrapped = new NormalizeObservation(env);
  if (settings.normalize === "statistics") {
    const agent = new RandomAgent(wrapped, { seed: settings.seed });
    const seed = randomStream(settings.seed, "normalization").nextUint32();
    for (const { kind } of train(wrapped, agent, { seed, steps: MEASURED_STEPS })) {
      if (kind !== "step") continue;
    }
  } else setBounds(wrapped.statistics, env);
  wrapped.freeze();
  return wrapped;
}

/** As if observations were spread evenly about the middle of their bounds; elements without bounds stay as they are. */
function setBounds({ mean, variance }: RunningMeanStd, { observationSpace: space }: Env): void {
  if (!(space instanceof Box)) return;
  for (let i = 0; i < mean.length; i++) {
    const [low, high] = [space.low[i]!, space.high[i]!];
    const isBounded = high - low < MOST_RANGE;
    mean[i] = isBounded ? (low + high) / 2 : 0;
    variance[i] = isBounded ? ((high - low) / 2) ** 2 : 1;
  }
}

/** Bounds further apart are none. */
const MOST_RANGE = 1e6;

/** What a run's environment takes from its observations and divides them by; undefined where it leaves them as they are. */
export function normalizationOf(env: Env): { mean: Float64Array; std: Float64Array } | undefined {
  let inner = env;
  while (inner instanceof Wrapper || inner instanceof TimeLimit) {
    if (inner instanceof NormalizeObservation) return { mean: inner.mean, std: inner.std };
    inner = inner.env;
  }
  return undefined;
}

/** Steps in an episode at most, where the environment has no limit of its own: a policy may walk in circles. */
const MOST_STEPS = 1_000;

function makeLimitedEnv({ env: id, envOptions }: RunEnvSettings): Env {
  const isLimited = envSpec(id).maxEpisodeSteps !== undefined || "maxEpisodeSteps" in envOptions;
  return makeEnv<string>(id, isLimited ? envOptions : { ...envOptions, maxEpisodeSteps: MOST_STEPS });
}

/** The environment that wrappers are around. */
export function unwrapped(env: Env): Env {
  let inner = env;
  while (inner instanceof Wrapper || inner instanceof TimeLimit) inner = inner.env;
  return inner;
}

/** Whether an environment shows vectors and takes discrete actions. */
export function isVectorEnv(env: Env): env is Env<Float32Array, number> {
  return env.observationSpace instanceof Box && env.actionSpace instanceof Discrete;
}

/** Whether an environment shows numbers that a table can have rows for, and takes discrete actions. */
export function isTableEnv(env: Env): env is Env<DiscreteObservation, number> {
  return !(env.observationSpace instanceof Box) && env.actionSpace instanceof Discrete;
}

function hasVectorActions(env: Env): env is Env<Observation, Float32Array> {
  return env.actionSpace instanceof Box;
}

function hasVectorObservations(env: Env): env is Env<Float32Array, Action> {
  return env.observationSpace instanceof Box;
}

function hasCountedObservations(env: Env): env is Env<number | readonly number[], Action> {
  return env.observationSpace instanceof Discrete || env.observationSpace instanceof Tuple;
}
