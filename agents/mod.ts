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
export * from "./dqn/architecture_of.ts";
export * from "./replay/batch.ts";
export * from "./replay/byte_observations.ts";
export * from "./dqn/categorical_projection.ts";
export * from "./snapshots/decode_snapshot.ts";
export * from "./dqn/dqn.ts";
export * from "./dqn/dqn_option.ts";
export * from "./dqn/dqn_option_table.ts";
export * from "./dqn/dqn_options.ts";
export * from "./dqn/dqn_snapshot.ts";
export * from "./dqn/space_metadata.ts";
export * from "./snapshots/encode_snapshot.ts";
export * from "./evaluate.ts";
export * from "./greedy_policy.ts";
export * from "./dqn/munchausen.ts";
export * from "./dqn/option_range.ts";
export * from "./replay/n_step.ts";
export * from "./offline_snapshot.ts";
export * from "./offline_training.ts";
export * from "./pcg32.ts";
export * from "./play_episodes.ts";
export * from "./replay/prioritized_sampler.ts";
export * from "./pqn/lambda_returns.ts";
export * from "./pqn/pqn.ts";
export * from "./pqn/pqn_option_table.ts";
export * from "./pqn/pqn_options.ts";
export * from "./pqn/pqn_snapshot.ts";
export * from "./pqn/resolve_pqn_options.ts";
export * from "./q_learning.ts";
export * from "./q_learning_options.ts";
export * from "./q_learning_snapshot.ts";
export * from "./dqn/q_network_agent.ts";
export * from "./random_agent.ts";
export * from "./random_stream.ts";
export * from "./snapshots/read_dqn_snapshot.ts";
export * from "./snapshots/read_offline_snapshot.ts";
export * from "./snapshots/read_pqn_snapshot.ts";
export * from "./snapshots/read_q_learning_snapshot.ts";
export * from "./snapshots/read_random_agent_snapshot.ts";
export * from "./snapshots/read_training_snapshot.ts";
export * from "./snapshots/read_vector_training_snapshot.ts";
export * from "./replay/decode_replay.ts";
export * from "./replay/encode_replay.ts";
export * from "./replay/replay_buffer.ts";
export * from "./replay/replay_buffer_snapshot.ts";
export * from "./replay/replay_rows.ts";
export * from "./dqn/resolve_dqn_options.ts";
export * from "./schedule.ts";
export * from "../nn/sha256.ts";
export * from "./snapshots/snapshot_reader.ts";
export * from "./state_index.ts";
export * from "./replay/sum_tree.ts";
export * from "./dqn/td_targets.ts";
export * from "./train.ts";
export * from "./train_options.ts";
export * from "./training_loop.ts";
export * from "./training_records.ts";
export * from "./training_snapshot.ts";
export * from "./vector_agent.ts";
export * from "./vector_training_loop.ts";
export * from "./vector_training_snapshot.ts";
export * from "./trajectory_hash.ts";
export * from "./weights_hash.ts";

export type { Prng } from "@std/random";
export type {
  Action,
  Box,
  BoxArray,
  BoxArrays,
  BoxDtype,
  BoxOptions,
  Circle,
  Discrete,
  DiscreteAction,
  DiscreteOptions,
  Env,
  EnvSnapshot,
  GeneratorSnapshot,
  Info,
  Line,
  Observation,
  ObservationMatrix,
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
  VectorEnv,
} from "../envs/mod.ts";
export type {
  AdamSnapshot,
  AdamStep,
  BackwardWorkspace,
  BodyGradients,
  ConvolutionKernels,
  ConvolutionLayer,
  ConvolutionName,
  ConvolutionShape,
  Distribution,
  HeadKernels,
  ImageShape,
  InitializerName,
  KernelName,
  Kernels,
  LayerNorm,
  LinearLayer,
  Loss,
  Matrix,
  Mlp,
  NetworkArchitecture,
  NoisyGradient,
  ObservationNormalization,
  OnnxPolicyFile,
  QNetwork,
  QNetworkActivations,
  QNetworkGradients,
  Tensor,
  TensorData,
} from "../nn/mod.ts";
