/**
 * The architecture of a Q-network, as plain data.
 *
 * @module
 */

import { type ConvolutionLayer, convolutionShapes, type ImageShape } from "./convolution_layers.ts";
import { convolutionOutput, type ConvolutionShape } from "./kernels/convolution_kernels.ts";

/** The prediction for each action: its value, or the distribution of returns. */
export type Distribution = "none" | "c51" | "qr";

/** Every {@linkcode Distribution}. */
export const DISTRIBUTIONS: readonly Distribution[] = ["none", "c51", "qr"];

/** The shape of a {@linkcode QNetwork}. */
export interface NetworkArchitecture {
  /** Length of an observation; of an image, rows · columns · channels. */
  readonly observationLength: number;
  /**
   * The shape of an observation that is an image; needed with {@linkcode NetworkArchitecture.convolution}.
   *
   * @default {undefined, for vectors}
   */
  readonly image?: ImageShape;
  /**
   * Convolution layers before the hidden ones, each followed by ReLU.
   *
   * @default {undefined, none}
   */
  readonly convolution?: readonly ConvolutionLayer[];
  /**
   * The number by which observations of bytes are divided, such as 255.
   *
   * @default {undefined, for observations of float32}
   */
  readonly byteScale?: number;
  /** Units of the hidden layers; empty for a linear Q-function. */
  readonly hidden: readonly number[];
  /** Number of actions; with {@linkcode NetworkArchitecture.actionParts}, of the values of all parts together. */
  readonly actionCount: number;
  /**
   * Number of values of each part of an action, for actions of several parts: the outputs of part 0 come first. With dueling, each
   * part's advantages have a mean of zero (Tavakoli et al. 2018, eq. 1).
   *
   * @default {undefined, for actions of one part}
   */
  readonly actionParts?: readonly number[];
  /** Whether value and advantage have separate streams from the last hidden layer on (Wang et al. 2016). */
  readonly dueling: boolean;
  /** Whether every weight has its own factorised noise (Fortunato et al. 2018). */
  readonly noisy: boolean;
  /** Values only, C51's categorical distribution (Bellemare et al. 2017), or QR-DQN's quantiles (Dabney et al. 2018). */
  readonly distribution: Distribution;
  /** Outputs per action: 1 without a distribution, else the number of atoms or of quantiles. */
  readonly atoms: number;
  /** The return of C51's first atom; unused without C51. */
  readonly vMin: number;
  /** The return of C51's last atom; unused without C51. */
  readonly vMax: number;
  /**
   * Whether each hidden layer is normalised before its ReLU (Ba et al. 2016).
   *
   * @default {false}
   */
  readonly layerNorm?: boolean;
}

/** One multilayer perceptron of a network: the prefix of its tensors' names, and its units per layer. */
export interface NetworkPart {
  /** Its name, such as `layers` or `advantage`. */
  readonly name: "layers" | "torso" | "value" | "advantage";
  /** Units per layer, inputs first, outputs last. */
  readonly sizes: readonly number[];
  /** Number of its layers, from the first on, that are followed by a layer normalisation: none, or all hidden ones. */
  readonly normalized: number;
}

/**
 * The perceptrons of a network, in the order of their parameters; those of convolutions come before.
 *
 * A plain network is a single perceptron. A dueling network has a torso of all hidden layers but the last, if there are any, and two streams, each
 * with its own hidden layer: one output per atom for the value, one per action and atom for the advantage.
 *
 * @param architecture The network.
 * @returns `layers`; or `torso`, if there is one, `value` and `advantage`.
 *
 * @example Usage
 * ```ts
 * import { networkParts } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const plain = {
 *   observationLength: 4,
 *   hidden: [64, 32],
 *   actionCount: 2,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * assertEquals(networkParts(plain), [{ name: "layers", sizes: [4, 64, 32, 2], normalized: 0 }]);
 * assertEquals(networkParts({ ...plain, dueling: true, layerNorm: true }), [
 *   { name: "torso", sizes: [4, 64], normalized: 1 },
 *   { name: "value", sizes: [64, 32, 1], normalized: 1 },
 *   { name: "advantage", sizes: [64, 32, 2], normalized: 1 },
 * ]);
 * ```
 */
export function networkParts(architecture: NetworkArchitecture): NetworkPart[] {
  const { hidden, actionCount, atoms, dueling, layerNorm = false } = architecture;
  const inputs = featureLength(architecture);
  const outputs = actionCount * atoms;
  const part = (name: NetworkPart["name"], sizes: number[], hiddenLayers: number): NetworkPart => (
    { name, sizes, normalized: layerNorm ? hiddenLayers : 0 }
  );
  if (!dueling) return [part("layers", [inputs, ...hidden, outputs], hidden.length)];
  const shared = [inputs, ...hidden.slice(0, -1)];
  const own = [shared.at(-1)!, ...hidden.slice(-1)];
  return [
    ...(shared.length > 1 ? [part("torso", shared, shared.length - 1)] : []),
    part("value", [...own, atoms], own.length - 1),
    part("advantage", [...own, outputs], own.length - 1),
  ];
}

/**
 * The convolutions of a network.
 *
 * @param architecture The network.
 * @returns The sizes of each, in order; empty without convolutions.
 * @throws {RangeError} If there is no image, or a convolution does not fit into its input.
 *
 * @example Usage
 * ```ts
 * import { CONVOLUTIONS, networkConvolutions } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const [shape] = networkConvolutions({ image: [10, 10, 4], convolution: CONVOLUTIONS.minatar });
 * assertEquals(shape, { rows: 10, columns: 10, channels: 4, filters: 16, kernel: 3, stride: 1 });
 * ```
 */
export function networkConvolutions(
  architecture: Pick<NetworkArchitecture, "image" | "convolution">,
): ConvolutionShape[] {
  const { image, convolution = [] } = architecture;
  if (convolution.length === 0) return [];
  if (image === undefined) {
    throw new RangeError("Cannot make convolutions: the architecture must have an image, got none");
  }
  return convolutionShapes(image, convolution);
}

/** Inputs of the first dense layer: the output of the convolutions, or the observation. */
function featureLength(architecture: NetworkArchitecture): number {
  const last = networkConvolutions(architecture).at(-1);
  if (last === undefined) return architecture.observationLength;
  const { rows, columns } = convolutionOutput(last);
  return rows * columns * last.filters;
}

/**
 * The returns of C51's atoms.
 *
 * @param architecture The network.
 * @returns `atoms` returns, evenly spaced from `vMin` to `vMax`, each rounded to float32.
 *
 * @example Usage
 * ```ts
 * import { atomSupport } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...atomSupport({ atoms: 5, vMin: 0, vMax: 2 })], [0, 0.5, 1, 1.5, 2]);
 * ```
 */
export function atomSupport(
  architecture: Pick<NetworkArchitecture, "atoms" | "vMin" | "vMax">,
): Float32Array {
  const { atoms, vMin, vMax } = architecture;
  return Float32Array.from({ length: atoms }, (_, z) => vMin + (vMax - vMin) * (z / (atoms - 1)));
}
