import {
  architectureOf,
  Dqn,
  type DqnOptions,
  readDqnSnapshot,
  ReplayBuffer,
  type ReplayRows,
  replayTransitions,
} from "../../agents/mod.ts";
import { Box, type BoxArray, type DiscreteAction, type Env, OneHot } from "../../envs/mod.ts";
import { networkConvolutions, networkParts } from "../../nn/mod.ts";
import { hasImages } from "../values/has_images.ts";
import { withPixels } from "../values/with_pixels.ts";
import { plainDqnOptions } from "../settings/dqn_settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { AgentBehaviour, RunAgent, RunEnvSettings } from "./agent_behaviour.ts";
import { dqnOptions } from "./dqn_options.ts";
import { fittingSettings } from "./fitting_settings.ts";
import {
  actionCounts,
  hasCountedObservations,
  hasImageObservations,
  hasVectorObservations,
  isNetworkEnv,
} from "./env_kinds.ts";
import { flattened, imagesOf } from "./flattened.ts";
import { networkRunAgent } from "./network_run_agent.ts";
import { normalized } from "./normalized.ts";
import { withGaps } from "./with_gaps.ts";
import { withChoices } from "./with_discrete_actions.ts";

/** Trains a network on vectors, or on images by convolutions; without them images, and Discrete observations, become vectors. */
export const NETWORK_BEHAVIOUR: AgentBehaviour = {
  wrap,
  isObservation: (value) => value instanceof Float32Array || value instanceof Uint8Array,
  create,
  parameterCount,
};

function wrap(env: Env, settings: RunEnvSettings): Env {
  const acting = withChoices(withPixels(env, settings), settings);
  if (hasImages(acting) && settings.convolution !== null) {
    return hasImageObservations(acting) ? imagesOf(acting) : acting;
  }
  if (hasImageObservations(acting)) return normalized(flattened(acting), settings);
  if (hasVectorObservations(acting)) return normalized(acting, settings);
  return hasCountedObservations(acting) ? new OneHot(acting) : acting;
}

function create(
  env: Env,
  settings: Settings,
  snapshot?: unknown,
  recorded?: ReplayRows,
): RunAgent | undefined {
  if (!isNetworkEnv(env)) return undefined;
  if (recorded !== undefined) return createOffline(env, settings, snapshot, recorded);
  const options = dqnOptions(fittingSettings(env, settings));
  const { observationSpace, actionSpace, offersActionMask } = env;
  const many = { observationSpace, actionSpace, offersActionMask, count: settings.envs };
  const spaces = settings.envs === 1 ? env : many;
  const agent = snapshot === undefined
    ? new Dqn(spaces, options)
    : Dqn.from(spaces, options, readDqnSnapshot(snapshot));
  return networkRunAgent(agent, true);
}

/** An agent that learns from recorded transitions: its replay buffer holds exactly them, and snapshots leave it out. */
function createOffline(
  env: Env<BoxArray, DiscreteAction>,
  settings: Settings,
  snapshot: unknown,
  recorded: ReplayRows,
): RunAgent {
  const plain = dqnOptions(fittingSettings(env, settings));
  const { batchSize = 1, truncatedAsTerminated } = plain;
  const options: DqnOptions = {
    ...plain,
    bufferSize: Math.max(batchSize, recorded.rewards.length),
    // Applied to the rows, since a gap between two of them is no end.
    truncatedAsTerminated: false,
  };
  const { terminations, truncations } = recorded;
  const isEnd = (flag: number, row: number) =>
    truncatedAsTerminated === true ? flag | truncations[row]! : flag;
  const rows = { ...recorded, terminations: terminations.map(isEnd) };
  const fresh = new Dqn(env, options);
  for (const transition of replayTransitions(withGaps(rows))) fresh.store(transition);
  const { capacity, observationLength, maskLength, actionParts, bytes } = fresh.replayBuffer;
  const empty = new ReplayBuffer({ capacity: 1, observationLength, maskLength, actionParts, bytes })
    .snapshot();
  const agent = snapshot === undefined ? fresh : Dqn.from(env, options, {
    ...readDqnSnapshot(snapshot),
    replayBuffer: fresh.replayBuffer.snapshot({ views: true }),
  });
  const player = {
    act: agent.act.bind(agent),
    observe: agent.observe.bind(agent),
    qValues: agent.qValues.bind(agent),
    snapshot: () => ({ ...agent.snapshot({ views: true }), replayBuffer: { ...empty, capacity } }),
  };
  return { ...networkRunAgent(agent, false), agent: player, offlineAgent: agent };
}

function parameterCount(env: Env, settings: Settings): number {
  if (!isNetworkEnv(env) || !(env.observationSpace instanceof Box)) return 0;
  const architecture = architectureOf(
    env.observationSpace,
    actionCounts(env),
    plainDqnOptions(fittingSettings(env, settings)),
  );
  const filters = networkConvolutions(architecture).map(({ kernel, channels, filters }) =>
    (kernel * kernel * channels + 1) * filters
  );
  const sigmas = architecture.noisy ? 2 : 1;
  const counts = networkParts(architecture).flatMap(({ sizes, normalized }) =>
    sizes.slice(1).map((outputs, i) => ((sizes[i]! + 1) * sigmas + (i < normalized ? 2 : 0)) * outputs)
  );
  return [...filters, ...counts].reduce((sum, count) => sum + count, 0);
}
