import {
  linearSchedule,
  QLearning,
  type QLearningOptions,
  readQLearningSnapshot,
  stateCount,
} from "../../agents/mod.ts";
import { Discretize, type Env } from "../../envs/mod.ts";
import type { Settings } from "../settings/settings.ts";
import type { AgentBehaviour, RunAgent, RunEnvSettings } from "./agent_behaviour.ts";
import { actionCount, hasVectorObservations, isTableEnv } from "./env_kinds.ts";
import { learningRateOf } from "./learning_rate.ts";
import { requireTableFits } from "./table_size.ts";
import { withDiscreteActions } from "./with_discrete_actions.ts";

/** Ends of the bins, by environment, for bounds that are infinite or far beyond observed values. */
const BIN_BOUNDS: Readonly<Record<string, readonly number[]>> = {
  "CartPole-v0": [2.4, 3, 0.21, 3.5],
  "CartPole-v1": [2.4, 3, 0.21, 3.5],
};

/** Learns a table with a row for each observation; vectors are cut into bins. */
export const TABLE_BEHAVIOUR: AgentBehaviour = {
  wrap,
  isObservation: (value) => !(value instanceof Float32Array),
  create,
  parameterCount: (env) => isTableEnv(env) ? stateCount(env.observationSpace) * actionCount(env) : 0,
};

function wrap(env: Env, settings: RunEnvSettings): Env {
  const acting = withDiscreteActions(env, settings);
  requireTableFits(acting, settings.bins);
  if (!hasVectorObservations(acting)) return acting;
  const bounds = BIN_BOUNDS[settings.env];
  const bins = settings.bins.length === 1 ? settings.bins[0]! : settings.bins;
  if (bounds === undefined) return new Discretize(acting, { bins });
  return new Discretize(acting, { bins, low: bounds.map((bound) => -bound), high: bounds });
}

function create(env: Env, settings: Settings, snapshot?: unknown): RunAgent | undefined {
  if (!isTableEnv(env)) return undefined;
  const options = qLearningOptions(settings);
  const agent = snapshot === undefined
    ? new QLearning(env, options)
    : QLearning.from(env, options, readQLearningSnapshot(snapshot));
  const learner = {
    learned: agent,
    kernel: undefined,
    hasReplay: false,
    get gradientSteps() {
      return agent.updates;
    },
  };
  return { agent, learner };
}

/** The options of {@linkcode QLearning} in settings. */
function qLearningOptions(settings: Settings): QLearningOptions {
  const { seed, gamma, epsilonStart, epsilonEnd, epsilonDecaySteps } = settings;
  return {
    seed,
    gamma,
    learningRate: learningRateOf(settings),
    epsilon: linearSchedule(epsilonStart, epsilonEnd, epsilonDecaySteps),
  };
}
