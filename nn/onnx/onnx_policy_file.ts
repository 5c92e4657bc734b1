/**
 * The content of an ONNX file of a policy.
 *
 * @module
 */

import type { Tensor } from "../tensor.ts";
import type { NetworkArchitecture } from "../network_architecture.ts";

/** The frozen statistics of a run that normalised its observations, from `NormalizeObservation`; stored as float32. */
export interface ObservationNormalization {
  /** Subtracted from the observation; one per element. */
  readonly mean: ArrayLike<number>;
  /** The divisor of the difference; one per element, above 0. */
  readonly std: ArrayLike<number>;
}

/** A policy as {@linkcode encodeOnnx} writes it and {@linkcode decodeOnnx} reads it. */
export interface OnnxPolicyFile {
  /** The shape of the network. */
  architecture: NetworkArchitecture;
  /** The parameters. */
  tensors: Tensor[];
  /**
   * The normalisation before the network.
   *
   * @default {undefined}
   */
  normalization?: ObservationNormalization | undefined;
  /** Named texts: the environment, its spaces, the training configuration. */
  metadata: Record<string, string>;
  /**
   * The program that wrote the file.
   *
   * @default {undefined}
   */
  producer?: { name: string; version: string } | undefined;
}
