/**
 * A multilayer perceptron with manual backpropagation.
 *
 * @module
 */

import type { Prng } from "@std/random";
import { layerTensors, setLayerTensors } from "./_layer_tensors.ts";
import { initializeLayer, type InitializerName } from "./initializers.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { createMatrix, type Matrix } from "./matrix.ts";
import { type LinearLayer, mlpLayers, mlpLength } from "./mlp_layout.ts";
import type { Tensor } from "./tensor.ts";

/** Room for one backward pass of a fixed number of rows through an {@linkcode Mlp}. */
export interface BackwardWorkspace {
  /** dLoss/dactivation for each of the activations; the first is used only with `toInput`. */
  readonly gradients: readonly Matrix[];
}

/** Options of {@linkcode Mlp}. */
export interface MlpOptions {
  /**
   * The array for the parameters, {@linkcode mlpLength} elements from the same kernels, including gains and biases of normalisations;
   * for networks that are parts of another.
   *
   * @default {a new array}
   */
  parameters?: Float32Array;
  /**
   * Whether a ReLU also follows the last layer.
   *
   * @default {false}
   */
  reluOutput?: boolean;
  /**
   * Whether layers are normalised before their ReLU, with a learned gain and bias (Ba et al. 2016).
   *
   * @default {false}
   */
  layerNorm?: boolean;
}

/**
 * Linear layers with ReLU between them, or layer normalisation and ReLU. All parameters lie in one array, so that an optimizer step, a target update or a
 * check is a single pass.
 *
 * @example Usage
 * ```ts
 * import { Mlp, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 * import { randomSeeded } from "@std/random";
 *
 * const network = new Mlp([4, 64, 64, 2], new ReferenceKernels());
 * network.initialize("pytorch", randomSeeded(0n));
 * const activations = network.createActivations(1);
 * activations[0]!.data.set([0.01, 0.02, -0.03, 0.04]);
 * const values = network.forward(activations);
 * assertEquals([values.rows, values.columns], [1, 2]);
 * ```
 */
export class Mlp {
  /** Units per layer, inputs first, outputs last. */
  readonly sizes: readonly number[];
  /** All parameters, padding included, in the order of {@linkcode mlpLayers}. */
  readonly parameters: Float32Array;
  /** The parameters by layer; views into `parameters`. */
  readonly layers: readonly LinearLayer[];
  readonly #kernels: Kernels;
  readonly #reluOutput: boolean;
  /** Number of normalised layers, from the first on. */
  readonly #normalized: number;

  /**
   * Creates a network whose parameters are all zero, unless `options.parameters` gives them.
   *
   * @param sizes Units per layer, inputs first, outputs last; at least two whole numbers from 1.
   * @param kernels The arithmetic to use.
   * @param options The array of the parameters, and the activations.
   * @throws {RangeError} If `sizes` is too short or holds anything but whole numbers from 1.
   * @throws {TypeError} If the array of parameters has another length.
   */
  constructor(sizes: readonly number[], kernels: Kernels, options: MlpOptions = {}) {
    if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size >= 1)) {
      throw new RangeError(
        `Cannot create an Mlp: sizes must be at least two whole numbers from 1, got [${sizes.join(", ")}]`,
      );
    }
    const { reluOutput = false, layerNorm = false } = options;
    const normalized = layerNorm ? sizes.length - (reluOutput ? 1 : 2) : 0;
    const length = mlpLength(sizes, normalized);
    const { parameters = kernels.allocate(length) } = options;
    if (parameters.length !== length) {
      throw new TypeError(
        `Cannot create an Mlp: parameters must have ${length} elements, got ${parameters.length}`,
      );
    }
    this.sizes = [...sizes];
    this.parameters = parameters;
    this.layers = mlpLayers(sizes, parameters, normalized);
    this.#kernels = kernels;
    this.#reluOutput = reluOutput;
    this.#normalized = normalized;
  }

  /**
   * Draws fresh parameters.
   *
   * @param initializer The distribution.
   * @param prng The source of randomness, in [0, 1).
   * @throws {RangeError} If the distribution is unknown.
   */
  initialize(initializer: InitializerName, prng: Prng): void {
    for (const layer of this.layers) initializeLayer(layer, initializer, prng);
  }

  /**
   * Allocates room for forward passes of `rows` rows.
   *
   * @param rows Number of rows, a whole number from 1.
   * @param input The input of the network, if it already exists.
   * @returns The input of the network, the output of each layer, with the output of a normalisation after its input; all zeros.
   */
  createActivations(rows: number, input?: Matrix): Matrix[] {
    return this.#createRows(rows, input);
  }

  /**
   * Allocates room for backward passes of `rows` rows.
   *
   * @param rows Number of rows, a whole number from 1.
   * @param inputGradient The matrix for the gradient of the network's input, if it already exists.
   * @returns The workspace, all zeros.
   */
  createBackwardWorkspace(rows: number, inputGradient?: Matrix): BackwardWorkspace {
    return { gradients: this.#createRows(rows, inputGradient) };
  }

  #createRows(rows: number, first?: Matrix): Matrix[] {
    const create = (size: number) => createMatrix(rows, size, (length) => this.#kernels.allocate(length));
    return this.sizes.flatMap((size, i) => {
      if (i === 0) return [first ?? create(size)];
      return i <= this.#normalized ? [create(size), create(size)] : [create(size)];
    });
  }

  /**
   * Passes the rows of `activations[0]` through the network.
   *
   * @param activations From {@linkcode Mlp.createActivations}; all but the first are overwritten.
   * @returns The last of them, shape (rows, outputs): a view that the next pass overwrites.
   */
  forward(activations: readonly Matrix[]): Matrix {
    const last = this.layers.length - 1;
    let at = 0;
    for (let i = 0; i <= last; i++) {
      const { weight, bias, norm } = this.layers[i]!;
      const relu = norm === undefined && (i < last || this.#reluOutput);
      this.#kernels.linearForward(activations[at]!, weight, bias, activations[++at]!, relu);
      if (norm !== undefined) {
        this.#kernels.layerNorm(activations[at]!, norm.gain, norm.bias, activations[++at]!);
      }
    }
    return activations[at]!;
  }

  /**
   * Propagates the gradient in the last of `workspace.gradients` back through the last forward pass.
   *
   * @param activations The activations of {@linkcode Mlp.forward}.
   * @param workspace The workspace; all gradients except the last are overwritten.
   * @param parameterGradients Receives dLoss/dparameter, one layer for each of `layers`.
   * @param toInput Whether to continue to the network's input, which then must come from a ReLU.
   */
  backward(
    activations: readonly Matrix[],
    workspace: BackwardWorkspace,
    parameterGradients: readonly LinearLayer[],
    toInput = false,
  ): void {
    const { gradients } = workspace;
    let at = gradients.length - 1;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const { weight, bias, norm } = parameterGradients[i]!;
      if (norm !== undefined) {
        const { gain } = this.layers[i]!.norm!;
        const output = gradients[at--]!;
        this.#kernels.layerNormBackward(activations[at]!, gain, output, gradients[at]!, norm.gain, norm.bias);
      }
      const gradient = gradients[at--]!;
      this.#kernels.weightGradient(activations[at]!, gradient, weight, bias);
      if (i === 0 && !toInput) continue;
      this.#kernels.inputGradient(gradient, this.layers[i]!.weight, activations[at]!, gradients[at]!);
    }
  }

  /**
   * The parameters without padding, layer by layer, weight before bias, then gain and bias of a normalisation.
   *
   * @returns Copies.
   */
  tensors(): Tensor[] {
    return layerTensors("layers", this.layers);
  }

  /**
   * Copies in parameters from {@linkcode Mlp.tensors}.
   *
   * @param tensors The tensors of each layer, in order.
   * @throws {TypeError} If a name or a shape is not this network's; nothing is changed then.
   * @throws {RangeError} If an element is not finite; nothing is changed then.
   */
  setTensors(tensors: readonly Tensor[]): void {
    setLayerTensors(tensors, this.tensors(), this.layers, "an Mlp");
  }
}
