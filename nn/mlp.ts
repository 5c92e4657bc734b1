/**
 * A multilayer perceptron with manual backpropagation.
 *
 * @module
 */

import type { Prng } from "@std/random";
import { initializeLayer, type InitializerName } from "./initializers.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { createMatrix, type Matrix } from "./matrix.ts";
import { type LinearLayer, mlpLayers, mlpLength } from "./mlp_layout.ts";

/** Room for one backward pass of a fixed number of rows through an {@linkcode Mlp}. */
export interface BackwardWorkspace {
  /** dLoss/dactivation for the input and the output of each layer; the first stays unused. */
  readonly gradients: readonly Matrix[];
}

/** A trained parameter without padding. */
export interface Tensor {
  /** As in `layers.0.weight`. */
  name: string;
  /** Length of each dimension; a weight is (inputs, outputs). */
  shape: number[];
  /** The elements in row-major order. */
  data: Float32Array;
}

/**
 * Linear layers with ReLU between them. All parameters lie in one array, so that an optimizer step, a target update or a
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

  /**
   * Creates a network whose parameters are all zero.
   *
   * @param sizes Units per layer, inputs first, outputs last; at least two whole numbers from 1.
   * @param kernels The arithmetic to use.
   * @throws {RangeError} If `sizes` is too short or holds anything but whole numbers from 1.
   */
  constructor(sizes: readonly number[], kernels: Kernels) {
    if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size >= 1)) {
      throw new RangeError(
        `Cannot create an Mlp: sizes must be at least two whole numbers from 1, got [${sizes.join(", ")}]`,
      );
    }
    this.sizes = [...sizes];
    this.parameters = kernels.allocate(mlpLength(sizes));
    this.layers = mlpLayers(sizes, this.parameters);
    this.#kernels = kernels;
  }

  /**
   * Draws fresh parameters.
   *
   * @param initializer The distribution.
   * @param prng The source of randomness, in [0, 1).
   * @throws {RangeError} If there is no such distribution.
   */
  initialize(initializer: InitializerName, prng: Prng): void {
    for (const layer of this.layers) initializeLayer(layer, initializer, prng);
  }

  /**
   * Allocates room for forward passes of `rows` rows.
   *
   * @param rows Number of rows, a whole number from 1.
   * @returns The input of the network, the output of each layer; all zeros.
   */
  createActivations(rows: number): Matrix[] {
    return this.#createRows(rows);
  }

  /**
   * Allocates room for backward passes of `rows` rows.
   *
   * @param rows Number of rows, a whole number from 1.
   * @returns The workspace, all zeros.
   */
  createBackwardWorkspace(rows: number): BackwardWorkspace {
    return { gradients: this.#createRows(rows) };
  }

  #createRows(rows: number): Matrix[] {
    return this.sizes.map((size) => createMatrix(rows, size, (length) => this.#kernels.allocate(length)));
  }

  /**
   * Passes the rows of `activations[0]` through the network.
   *
   * @param activations From {@linkcode Mlp.createActivations}; all but the first are overwritten.
   * @returns The last of them, shape (rows, outputs): a view that the next pass overwrites.
   */
  forward(activations: readonly Matrix[]): Matrix {
    const last = this.layers.length - 1;
    for (let i = 0; i <= last; i++) {
      const { weight, bias } = this.layers[i]!;
      this.#kernels.linearForward(activations[i]!, weight, bias, activations[i + 1]!, i < last);
    }
    return activations[last + 1]!;
  }

  /**
   * Carries the gradient in the last of `workspace.gradients` back through the last forward pass.
   *
   * @param activations What {@linkcode Mlp.forward} left.
   * @param workspace Its gradients, all but the last, are overwritten.
   * @param parameterGradients Receives dLoss/dparameter, one layer for each of `layers`.
   */
  backward(
    activations: readonly Matrix[],
    workspace: BackwardWorkspace,
    parameterGradients: readonly LinearLayer[],
  ): void {
    const { gradients } = workspace;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const { weight, bias } = parameterGradients[i]!;
      this.#kernels.weightGradient(activations[i]!, gradients[i + 1]!, weight, bias);
      if (i === 0) continue; // nobody asks for the gradient of the network's input
      this.#kernels.inputGradient(gradients[i + 1]!, this.layers[i]!.weight, activations[i]!, gradients[i]!);
    }
  }

  /**
   * The parameters without padding, layer by layer, weight before bias.
   *
   * @returns Copies.
   */
  tensors(): Tensor[] {
    return this.layers.flatMap(({ weight, bias }, i) => {
      const data = new Float32Array(weight.rows * weight.columns);
      for (let r = 0; r < weight.rows; r++) {
        const start = r * weight.stride;
        data.set(weight.data.subarray(start, start + weight.columns), r * weight.columns);
      }
      return [
        { name: `layers.${i}.weight`, shape: [weight.rows, weight.columns], data },
        { name: `layers.${i}.bias`, shape: [weight.columns], data: bias.slice(0, weight.columns) },
      ];
    });
  }

  /**
   * Takes over parameters as {@linkcode Mlp.tensors} gives them.
   *
   * @param tensors One weight and one bias per layer, in order.
   * @throws {TypeError} If a name or a shape is not this network's; nothing is changed then.
   */
  setTensors(tensors: readonly Tensor[]): void {
    const own = this.tensors();
    const describe = (list: readonly Tensor[]) => list.map((t) => `${t.name} (${t.shape.join(", ")})`);
    const expected = describe(own);
    const got = describe(tensors);
    const wrong = expected.findIndex((text, i) =>
      text !== got[i] || tensors[i]!.data.length !== own[i]!.data.length
    );
    if (wrong !== -1 || got.length !== expected.length) {
      const at = wrong === -1 ? expected.length : wrong;
      throw new TypeError(
        `Cannot set the tensors of an Mlp: tensor ${at} must be ${expected[at] ?? "absent"}, got ${
          got[at] ?? "nothing"
        }`,
      );
    }
    this.layers.forEach(({ weight, bias }, i) => {
      const { data } = tensors[2 * i]!;
      for (let r = 0; r < weight.rows; r++) {
        weight.data.set(data.subarray(r * weight.columns, (r + 1) * weight.columns), r * weight.stride);
      }
      bias.set(tensors[2 * i + 1]!.data);
    });
  }
}
