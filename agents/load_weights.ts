import { networkWeights } from "../nn/onnx/network_weights.ts";
import type { QNetwork } from "../nn/q_network.ts";
import { describeNetwork } from "./require_same_network.ts";

/**
 * Gives a new agent's network the weights in a file. The sigmas of a noisy network stay.
 *
 * @param network The network.
 * @param bytes The bytes of a safetensors or an ONNX file.
 * @param gradientSteps Gradient steps that the agent has made.
 * @throws {SyntaxError} If the bytes are neither, or damaged.
 * @throws {TypeError} If the weights do not fit the network, or it has already learned.
 * @throws {RangeError} If a weight is not finite.
 */
export function loadNetworkWeights(network: QNetwork, bytes: Uint8Array, gradientSteps: number): void {
  if (gradientSteps > 0) {
    throw new TypeError(
      `Cannot load weights: the agent must be new, got one after ${gradientSteps} gradient steps`,
    );
  }
  const read = new Map(weightsFor(network, bytes).map((tensor) => [tensor.name, tensor]));
  network.setTensors(network.tensors().map((tensor) => read.get(tensor.name) ?? tensor));
}

function weightsFor({ architecture }: QNetwork, bytes: Uint8Array): ReturnType<typeof networkWeights> {
  try {
    return networkWeights(bytes, architecture);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError(`${error.message}; the network is ${describeNetwork(architecture)}`);
  }
}
