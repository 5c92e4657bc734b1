/**
 * The network that gives the value of each action.
 *
 * @module
 */

import type { Prng } from "@std/random";
import { type BodyGradients, bodyLength, NetworkBody } from "./_network_body.ts";
import { setLayerTensors } from "./_layer_tensors.ts";
import { type NoisyGradient, NoisyLayers } from "./_noisy_layers.ts";
import type { InitializerName } from "./initializers.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Matrix } from "./matrix.ts";
import type { Tensor } from "./tensor.ts";
import { type NetworkArchitecture, networkParts } from "./network_architecture.ts";

export type { BodyGradients } from "./_network_body.ts";
export type { NoisyGradient } from "./_noisy_layers.ts";

/** Room for forward passes of a fixed number of rows through a {@linkcode QNetwork}. */
export interface QNetworkActivations {
  /** The input, shape (rows, observation length), bytes already divided; fill it before the pass. */
  readonly observations: Matrix;
  /** The output, shape (rows, actions · atoms). */
  readonly output: Matrix;
  /** The observations and the output of each convolution; empty without convolutions. */
  readonly convolution: readonly Matrix[];
  /** The activations of each perceptron, in the order of `networkParts`. */
  readonly parts: readonly (readonly Matrix[])[];
}

/** Room for backward passes, and the gradients. */
export interface QNetworkGradients {
  /** dLoss/doutput, shape (rows, actions · atoms); fill it before the pass. */
  readonly outputGradient: Matrix;
  /** dLoss/dparameter, in the order of the parameters. */
  readonly parameters: Float32Array;
  /** The workspace of the passes. */
  readonly body: BodyGradients;
  /** Weight and bias of each layer of a noisy network; empty for others. */
  readonly noisy: readonly NoisyGradient[];
}

/**
 * A Q-network: one perceptron with ReLU, or two or three with dueling streams; with or without convolutions before it, noise in its
 * dense layers, and layer normalisation;
 * with one output per action, or a distribution. All parameters lie in one array, so that an optimizer step, a target update or a check is a
 * single pass; a noisy network's are the means, then the sigmas in the same order.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, QNetwork } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 * import { randomSeeded } from "@std/random";
 *
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [64, 64],
 *   actionCount: 2,
 *   dueling: true,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const { network, activations } = buildWithKernels((kernels) => {
 *   const network = new QNetwork(architecture, kernels);
 *   return { network, activations: network.createActivations(1) };
 * });
 * network.initialize("pytorch", randomSeeded(0n));
 * activations.observations.data.set([0.01, 0.02, -0.03, 0.04]);
 * assertEquals(network.forward(activations).columns, 2);
 * assertEquals(network.tensors()[0]!.name, "torso.0.weight");
 * ```
 */
export class QNetwork {
  /** Its architecture. */
  readonly architecture: NetworkArchitecture;
  /** All parameters, padding included. */
  readonly parameters: Float32Array;
  readonly #kernels: Kernels;
  readonly #length: number;
  readonly #means: NetworkBody;
  readonly #sigmas: NetworkBody | undefined;
  readonly #perturbed: NetworkBody | undefined;
  readonly #noise: NoisyLayers | undefined;

  /**
   * Creates a network whose parameters are all zero.
   *
   * @param architecture The architecture; the units of each layer are whole numbers from 1.
   * @param kernels The arithmetic to use.
   * @throws {RangeError} If a layer has no units.
   */
  constructor(architecture: NetworkArchitecture, kernels: Kernels) {
    this.architecture = structuredClone(architecture);
    this.#kernels = kernels;
    const length = bodyLength(architecture);
    this.#length = length;
    const sigmas = denseLayersOf(architecture);
    this.parameters = kernels.allocate(architecture.noisy ? length + bodyLength(sigmas) : length);
    this.#means = new NetworkBody(architecture, kernels, this.parameters.subarray(0, length));
    if (!architecture.noisy) return;
    this.#sigmas = new NetworkBody(sigmas, kernels, this.parameters.subarray(length));
    this.#perturbed = new NetworkBody(architecture, kernels, kernels.allocate(length));
    this.#noise = new NoisyLayers(
      kernels,
      this.#means.denseLayers,
      this.#sigmas.layers,
      this.#perturbed.denseLayers,
      [this.#means.convolution, this.#perturbed.convolution],
    );
  }

  /**
   * Draws fresh parameters. Every sigma becomes `noisySigma` divided by the root of the layer's number of inputs.
   *
   * @param initializer The distribution of weights, or of their means.
   * @param prng The source of randomness, in [0, 1).
   * @param noisySigma σ₀ of Fortunato et al. 2018, section 3.2.
   * @throws {RangeError} If the distribution is unknown.
   */
  initialize(initializer: InitializerName, prng: Prng, noisySigma = 0.5): void {
    this.#means.initialize(initializer, prng);
    for (const { weight, bias } of this.#sigmas?.layers ?? []) {
      const value = noisySigma / Math.sqrt(weight.rows);
      for (let i = 0; i < weight.rows; i++) {
        weight.data.fill(value, i * weight.stride, i * weight.stride + weight.columns);
      }
      bias.fill(value, 0, weight.columns);
    }
  }

  /**
   * Allocates room for forward passes.
   *
   * @param rows Number of rows, a whole number from 1.
   * @returns All zeros.
   */
  createActivations(rows: number): QNetworkActivations {
    return this.#means.createActivations(rows);
  }

  /**
   * Allocates room for backward passes, and the array of the gradients.
   *
   * @param rows Number of rows, a whole number from 1.
   * @returns All zeros.
   */
  createGradients(rows: number): QNetworkGradients {
    const parameters = this.#kernels.allocate(this.parameters.length);
    const body = this.#means.createGradients(rows, parameters.subarray(0, this.#length));
    const sigmas = this.#sigmas?.denseLayersIn(parameters.subarray(this.#length)) ?? [];
    const noisy = this.#noise?.createGradients(body.layers.flat(), sigmas) ?? [];
    return { outputGradient: body.outputGradient, parameters, body, noisy };
  }

  /**
   * Draws fresh noise for all layers, in their order; no effect on networks without noise.
   *
   * @param prng The source of randomness, in [0, 1).
   */
  drawNoise(prng: Prng): void {
    this.#noise?.draw(prng);
  }

  /**
   * Passes the observations through the network.
   *
   * @param activations From {@linkcode QNetwork.createActivations}.
   * @param noise Whether to use the perturbed weights of {@linkcode QNetwork.drawNoise} instead of the means.
   * @returns The `output` of the activations, a view that the next pass overwrites.
   */
  forward(activations: QNetworkActivations, noise = false): Matrix {
    const body = noise ? this.#perturbed ?? this.#means : this.#means;
    return body.forward(activations);
  }

  /**
   * Propagates the gradient of the output back through the last forward pass, which must have used the noise if the network has any.
   *
   * @param activations The activations of {@linkcode QNetwork.forward}.
   * @param gradients `outputGradient` is the input, `parameters` the result.
   */
  backward(activations: QNetworkActivations, gradients: QNetworkGradients): void {
    (this.#perturbed ?? this.#means).backward(activations, gradients.body);
    this.#noise?.backward(gradients.noisy);
  }

  /**
   * The parameters without padding: part by part, layer by layer, weight before bias, then gain and bias of a layer
   * normalisation; for noisy networks first the means, then the sigmas, with names that end in `_sigma`.
   *
   * @returns Copies.
   */
  tensors(): Tensor[] {
    return [...this.#means.tensors(), ...this.#sigmas?.tensors("_sigma") ?? []];
  }

  /**
   * Copies in parameters from {@linkcode QNetwork.tensors}.
   *
   * @param tensors The tensors of each layer, in order.
   * @throws {TypeError} If a name or a shape is not this network's; nothing is changed then.
   * @throws {RangeError} If an element is not finite; nothing is changed then.
   */
  setTensors(tensors: readonly Tensor[]): void {
    const layers = [...this.#means.layers, ...this.#sigmas?.layers ?? []];
    setLayerTensors(tensors, this.tensors(), layers, "a QNetwork");
  }
}

/** The part of a noisy network that has sigmas: the dense layers, without gains and biases of normalisations. */
function denseLayersOf(architecture: NetworkArchitecture): NetworkArchitecture {
  const { convolution: _, layerNorm: _norm, ...dense } = architecture;
  return { ...dense, observationLength: networkParts(architecture)[0]!.sizes[0]! };
}
