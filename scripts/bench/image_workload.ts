/**
 * DQN updates on images.
 *
 * @module
 */

import { Dqn, Pcg32, train } from "../../agents/mod.ts";
import {
  Adam,
  buildWithKernels,
  type ConvolutionName,
  encodeSafetensors,
  type KernelName,
  type NetworkArchitecture,
  QNetwork,
  type Tensor,
  type TypedTensor,
} from "../../nn/mod.ts";
import { BallEnv, type BallView } from "./ball_env.ts";

/** A network on images, and where its transitions come from. */
export interface ImageWorkload {
  /** Its name in the tables. */
  readonly name: string;
  /** The images. */
  readonly view: BallView;
  /** The convolutions. */
  readonly convolution: ConvolutionName;
  /** Units of the hidden layer after them. */
  readonly units: number;
  /** Number of mini-batches, used in turn. */
  readonly batches: number;
  /** Gradient steps of the trained network. */
  readonly learned: number;
}

/** Transitions per batch. */
export const IMAGE_ROWS = 32;

/** The networks in the tables: MinAtar's with few and many channels, and that of DQN on Atari. */
export const IMAGE_WORKLOADS: readonly ImageWorkload[] = [
  {
    name: "10×10×4, 16 of 3×3, 128",
    view: { planes: 4 },
    convolution: "minatar",
    units: 128,
    batches: 64,
    learned: 4_000,
  },
  {
    name: "10×10×10, 16 of 3×3, 128",
    view: { planes: 10 },
    convolution: "minatar",
    units: 128,
    batches: 64,
    learned: 4_000,
  },
  {
    name: "84×84×4, Nature, 512",
    view: "pixels",
    convolution: "nature",
    units: 512,
    batches: 4,
    learned: 60,
  },
];

/** A trained network, its target network, and mini-batches of bytes. */
export interface TrainedImages {
  readonly architecture: NetworkArchitecture;
  readonly online: readonly Tensor[];
  readonly target: readonly Tensor[];
  /** All mini-batches, one after another; rows, columns, channels. */
  readonly observations: Uint8Array;
  readonly nextObservations: Uint8Array;
  readonly actions: Int32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
}

/** Trains a network of the workload's size; the same workload gives the same bits. */
export function trainImages({ view, convolution, units, batches, learned }: ImageWorkload): TrainedImages {
  const env = new BallEnv(view);
  const agent = new Dqn(env, {
    convolution,
    hidden: [units],
    batchSize: IMAGE_ROWS,
    learningStarts: 500,
    trainInterval: 2,
    bufferSize: 5_000,
    learningRate: 2.5e-4,
    targetUpdateInterval: 250,
  });
  const kept: {
    observation: Uint8Array;
    nextObservation: Uint8Array;
    action: number;
    reward: number;
    end: boolean;
  }[] = [];
  for (const record of train(env, agent, { seed: 0 })) {
    if (record.kind !== "step") continue;
    const { observation, nextObservation, action, reward, terminated: end } = record;
    kept.push({ observation, nextObservation, action, reward, end });
    if (kept.length > 5_000) kept.shift();
    if (agent.gradientSteps === learned) break;
  }
  const random = Pcg32.seeded(0n), rows = batches * IMAGE_ROWS;
  const chosen = Array.from({ length: rows }, () => kept[random.nextIndex(kept.length)]!);
  const { architecture } = agent.onlineNetwork;
  const bytes = (of: (step: typeof chosen[number]) => Uint8Array) => {
    const all = new Uint8Array(rows * architecture.observationLength);
    chosen.forEach((step, r) => all.set(of(step), r * architecture.observationLength));
    return all;
  };
  return {
    architecture,
    online: agent.onlineNetwork.tensors(),
    target: agent.targetNetwork.tensors(),
    observations: bytes(({ observation }) => observation),
    nextObservations: bytes(({ nextObservation }) => nextObservation),
    actions: Int32Array.from(chosen, ({ action }) => action),
    rewards: Float32Array.from(chosen, ({ reward }) => reward),
    terminated: Uint8Array.from(chosen, ({ end }) => end ? 1 : 0),
  };
}

/** Prepares updates from mini-batches of bytes: their division, both networks, mean squared error, backward pass, Adam. */
export function createImageUpdate(data: TrainedImages, kernel: KernelName): () => void {
  const { architecture } = data;
  const { observationLength: length, byteScale = 1 } = architecture;
  const batches = data.actions.length / IMAGE_ROWS;
  return buildWithKernels((kernels) => {
    const online = new QNetwork(architecture, kernels), target = new QNetwork(architecture, kernels);
    online.setTensors(data.online);
    target.setTensors(data.target);
    const activations = online.createActivations(IMAGE_ROWS),
      nextActivations = target.createActivations(IMAGE_ROWS);
    const gradients = online.createGradients(IMAGE_ROWS);
    const adam = new Adam(online.parameters, kernels, { learningRate: 2.5e-4 });
    const [targets, errors, maxima] = [
      kernels.allocate(IMAGE_ROWS),
      kernels.allocate(IMAGE_ROWS),
      kernels.allocate(IMAGE_ROWS),
    ];
    const weights = kernels.allocate(IMAGE_ROWS).fill(1);
    const actions = kernels.allocateInt32(IMAGE_ROWS), positions = kernels.allocateInt32(IMAGE_ROWS);
    const show = (bytes: Uint8Array, batch: number, { data, stride }: typeof activations.observations) => {
      for (let r = 0; r < IMAGE_ROWS; r++) {
        kernels.scaleBytes(bytes, (batch * IMAGE_ROWS + r) * length, length, byteScale, data, r * stride, 1);
      }
    };
    let turn = 0;
    return () => {
      const batch = turn++ % batches;
      const first = batch * IMAGE_ROWS;
      show(data.observations, batch, activations.observations);
      show(data.nextObservations, batch, nextActivations.observations);
      for (let r = 0; r < IMAGE_ROWS; r++) actions[r] = data.actions[first + r]!;
      kernels.rowMax(target.forward(nextActivations), maxima, positions);
      for (let r = 0; r < IMAGE_ROWS; r++) {
        targets[r] = data.rewards[first + r]! + 0.99 * maxima[r]! * (1 - data.terminated[first + r]!);
      }
      const values = online.forward(activations);
      kernels.tdLoss("mse", values, actions, targets, weights, gradients.outputGradient, errors);
      online.backward(activations, gradients);
      adam.step(gradients.parameters);
    };
  }, kernel);
}

/** The data as a file for other languages; images with their channels first, as these have them. */
export function encodeImages(data: TrainedImages): Uint8Array<ArrayBuffer> {
  const { image = [1, 1, 1], byteScale = 1, convolution = [] } = data.architecture;
  const [rows, columns, channels] = image;
  const named = (network: string, tensors: readonly Tensor[]): TypedTensor[] =>
    tensors.map((tensor) => ({ ...tensor, name: `${network}.${tensor.name}` }));
  const count = data.actions.length;
  const channelsFirst = (bytes: Uint8Array) => {
    const turned = new Uint8Array(bytes.length), places = rows * columns;
    for (let i = 0; i < bytes.length; i++) {
      const channel = i % channels, place = Math.floor(i / channels) % places;
      turned[Math.floor(i / (places * channels)) * places * channels + channel * places + place] = bytes[i]!;
    }
    return turned;
  };
  const shape = [count, channels, rows, columns];
  return encodeSafetensors({
    tensors: [
      ...named("online", data.online),
      ...named("target", data.target),
      {
        name: "strides",
        shape: [convolution.length],
        data: Int32Array.from(convolution, ({ stride }) => stride),
      },
      { name: "scale", shape: [1], data: Float32Array.of(byteScale) },
      { name: "observations", shape, data: channelsFirst(data.observations) },
      { name: "next_observations", shape, data: channelsFirst(data.nextObservations) },
      { name: "actions", shape: [count], data: data.actions },
      { name: "rewards", shape: [count], data: data.rewards },
      { name: "terminated", shape: [count], data: data.terminated },
    ],
    metadata: {},
  });
}
