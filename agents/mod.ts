/**
 * Agents: how to act and learn, experience replay, schedules, the training loop.
 *
 * ```ts
 * import { Dqn, evaluate, linearSchedule, train } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const agent = new Dqn(env, { double: true, hidden: [32], epsilon: linearSchedule(1, 0.05, 1_000) });
 * for (const record of train(env, agent, { seed: 3, steps: 1_200 })) {
 *   if (record.kind === "episode" && record.episode % 10 === 0) console.log(record.step, record.return);
 * }
 * const { returns } = evaluate(makeEnv("CartPole-v1"), agent, { episodes: 5 });
 * assertEquals(returns.length, 5);
 * ```
 *
 * @module
 */

export * from "./action_mask.ts";
export * from "./agent.ts";
export * from "./architecture_of.ts";
export * from "./batch.ts";
export * from "./categorical_projection.ts";
export * from "./decode_snapshot.ts";
export * from "./dqn.ts";
export * from "./dqn_options.ts";
export * from "./dqn_snapshot.ts";
export * from "./encode_snapshot.ts";
export * from "./evaluate.ts";
export * from "./greedy_policy.ts";
export * from "./munchausen.ts";
export * from "./n_step.ts";
export * from "./pcg32.ts";
export * from "./play_episodes.ts";
export * from "./prioritized_sampler.ts";
export * from "./q_learning.ts";
export * from "./q_network_agent.ts";
export * from "./random_agent.ts";
export * from "./random_stream.ts";
export * from "./read_dqn_snapshot.ts";
export * from "./read_q_learning_snapshot.ts";
export * from "./read_random_agent_snapshot.ts";
export * from "./read_training_snapshot.ts";
export * from "./replay_buffer.ts";
export * from "./schedule.ts";
export * from "./sha256.ts";
export * from "./snapshot_reader.ts";
export * from "./state_index.ts";
export * from "./sum_tree.ts";
export * from "./td_targets.ts";
export * from "./train.ts";
export * from "./training_loop.ts";
export * from "./trajectory_hash.ts";
export * from "./weights_hash.ts";

export type { Prng } from "@std/random";
export type {
  Action,
  Circle,
  Env,
  EnvSnapshot,
  GeneratorSnapshot,
  Info,
  Line,
  Observation,
  Paint,
  Pcg64Snapshot,
  Polygon,
  Rectangle,
  ResetOptions,
  ResetResult,
  Scene,
  Shape,
  Space,
  SpaceSnapshot,
  StepResult,
} from "../envs/mod.ts";
export type {
  AdamSnapshot,
  AdamStep,
  BackwardWorkspace,
  BodyGradients,
  Distribution,
  HeadKernels,
  InitializerName,
  KernelName,
  Kernels,
  LinearLayer,
  Loss,
  Matrix,
  Mlp,
  NetworkArchitecture,
  NoisyGradient,
  QNetwork,
  QNetworkActivations,
  QNetworkGradients,
  Tensor,
  TensorData,
} from "../nn/mod.ts";
