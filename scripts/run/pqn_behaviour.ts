import { linearSchedule, Pqn, type PqnOptions, readPqnSnapshot } from "../../agents/mod.ts";
import type { Env } from "../../envs/mod.ts";
import type { Settings } from "../settings/settings.ts";
import type { AgentBehaviour, RunAgent } from "./agent_behaviour.ts";
import { isNetworkEnv } from "./env_kinds.ts";
import { fittingSettings } from "./fitting_settings.ts";
import { learningRateOf } from "./learning_rate.ts";
import { NETWORK_BEHAVIOUR } from "./network_behaviour.ts";
import { networkRunAgent } from "./network_run_agent.ts";

/** Trains a network by PQN; environments are wrapped as for DQN. */
export const PQN_BEHAVIOUR: AgentBehaviour = {
  ...NETWORK_BEHAVIOUR,
  create,
  parameterCount: (env, settings) =>
    NETWORK_BEHAVIOUR.parameterCount(env, { ...settings, noisy: false, distribution: "none" }),
};

function create(env: Env, settings: Settings, snapshot?: unknown): RunAgent | undefined {
  if (!isNetworkEnv(env)) return undefined;
  const options = pqnOptions(fittingSettings(env, settings));
  const { observationSpace, actionSpace } = env;
  const spaces = { observationSpace, actionSpace, count: settings.envs };
  const agent = snapshot === undefined
    ? new Pqn(spaces, options)
    : Pqn.from(spaces, options, readPqnSnapshot(snapshot));
  return networkRunAgent(agent, false);
}

/** The options of {@linkcode Pqn} in settings. */
function pqnOptions(settings: Settings): PqnOptions {
  const { seed, hidden, layerNorm, initializer, gamma, adamEpsilon, loss, maxGradNorm, dueling } = settings;
  const { convolution, observationScale } = settings;
  const { rolloutSteps, epochs, miniBatches, lambda } = settings;
  const { kernel, epsilonStart, epsilonEnd, epsilonDecaySteps } = settings;
  return {
    seed,
    convolution: convolution ?? undefined,
    observationScale: observationScale ?? undefined,
    hidden,
    layerNorm,
    initializer,
    gamma,
    adamEpsilon,
    loss,
    dueling,
    rolloutSteps,
    epochs,
    miniBatches,
    lambda,
    learningRate: learningRateOf(settings),
    epsilon: linearSchedule(epsilonStart, epsilonEnd, epsilonDecaySteps),
    ...(maxGradNorm === null ? {} : { maxGradNorm }),
    ...(kernel === null ? {} : { kernel }),
  };
}
