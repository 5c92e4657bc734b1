/**
 * The data of a workload: a network that has learned, and transitions of its environment. Random weights on random numbers
 * have far more zeros behind their ReLUs, which the kernels skip.
 *
 * @module
 */

import { Dqn, Pcg32, train } from "../../agents/mod.ts";
import { encodeSafetensors, type Tensor, type TypedTensor } from "../../nn/mod.ts";
import { type Workload, WORKLOADS } from "./workload.ts";

/** Number of mini-batches, used in turn so that no network memorises one. */
export const BATCHES = 64;
/** Number of gradient steps of the trained networks. */
export const LEARNED = 4_000;

/** The data of an update. */
export interface TrainedWorkload {
  /** The tensors of the online network. */
  readonly online: readonly Tensor[];
  /** The tensors of the target network. */
  readonly target: readonly Tensor[];
  /** The transitions of all mini-batches, one after another. */
  readonly batches: {
    /** Shape (batches · rows, observation length). */
    readonly observations: Float32Array;
    /** Shape (batches · rows, observation length). */
    readonly nextObservations: Float32Array;
    readonly actions: Int32Array;
    readonly rewards: Float32Array;
    readonly terminated: Uint8Array;
  };
}

/**
 * Trains a network of the workload's size with the workload's batches; the same workload gives the same bits.
 *
 * @param workload Network, batch and environment.
 * @returns Its data.
 */
export function trainWorkload({ createEnv, sizes, rows }: Workload): TrainedWorkload {
  const env = createEnv();
  const agent = new Dqn(env, {
    hidden: sizes.slice(1, -1),
    batchSize: rows,
    learningStarts: 1_000,
    trainInterval: 4,
    bufferSize: 20_000,
    learningRate: 5e-4,
    targetUpdateInterval: 250,
  });
  for (const _ of train(env, agent, { seed: 0 })) if (agent.gradientSteps === LEARNED) break;
  const length = sizes[0]!;
  const { observations, nextObservations, ...columns } = agent.replayBuffer.sample(
    BATCHES * rows,
    Pcg32.seeded(0n),
  );
  const dense = ({ data, stride }: { data: Float32Array; stride: number }) =>
    Float32Array.from(
      { length: BATCHES * rows * length },
      (_, i) => data[Math.floor(i / length) * stride + i % length]!,
    );
  return {
    online: agent.onlineNetwork.tensors(),
    target: agent.targetNetwork.tensors(),
    batches: { ...columns, observations: dense(observations), nextObservations: dense(nextObservations) },
  };
}

/** A workload and its data. */
export interface Trained {
  readonly workload: Workload;
  readonly data: TrainedWorkload;
}

/** Trains every workload of the tables. */
export function trainWorkloads(): Trained[] {
  return WORKLOADS.map((workload) => ({ workload, data: trainWorkload(workload) }));
}

/**
 * The data as a file for other languages.
 *
 * @param workload From {@linkcode trainWorkload}.
 * @returns The bytes of a safetensors file with the tensors of both networks, such as `online.layers.0.weight`, and the columns.
 */
export function encodeWorkload({ online, target, batches }: TrainedWorkload): Uint8Array<ArrayBuffer> {
  const named = (network: string, tensors: readonly Tensor[]): TypedTensor[] =>
    tensors.map((tensor) => ({ ...tensor, name: `${network}.${tensor.name}` }));
  const { observations, nextObservations, actions, rewards, terminated } = batches;
  const shape = [actions.length, observations.length / actions.length];
  return encodeSafetensors({
    tensors: [
      ...named("online", online),
      ...named("target", target),
      { name: "observations", shape, data: observations },
      { name: "next_observations", shape, data: nextObservations },
      { name: "actions", shape: [actions.length], data: actions },
      { name: "rewards", shape: [rewards.length], data: rewards },
      { name: "terminated", shape: [terminated.length], data: terminated },
    ],
    metadata: {},
  });
}
