/**
 * Copies of networks, to look at them during training.
 *
 * @module
 */

import { buildWithKernels, QNetwork, type QNetworkActivations } from "@bellman/dqn/nn";

/** A network that follows another, with room for a fixed list of observations. */
export class NetworkCopy {
  readonly #source: QNetwork;
  readonly #copy: { readonly network: QNetwork; readonly activations: QNetworkActivations };

  /**
   * Makes room for a copy.
   *
   * @param source The network to look at.
   * @param observations What it is shown.
   */
  constructor(source: QNetwork, observations: readonly Float32Array[]) {
    this.#source = source;
    this.#copy = buildWithKernels((kernels) => {
      const network = new QNetwork(source.architecture, kernels);
      return { network, activations: network.createActivations(observations.length) };
    });
    const { data, stride } = this.#copy.activations.observations;
    observations.forEach((observation, row) => data.set(observation, row * stride));
  }

  /** The activations of the network as it is now, one row per observation; overwritten by the next call. */
  forward(): QNetworkActivations {
    const { network, activations } = this.#copy;
    network.parameters.set(this.#source.parameters);
    network.forward(activations);
    return activations;
  }
}
