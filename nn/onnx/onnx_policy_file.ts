/**
 * What an ONNX file of a policy holds.
 *
 * @module
 */

import type { Tensor } from "../tensor.ts";
import type { NetworkArchitecture } from "../network_architecture.ts";

/** The frozen statistics of a run that normalised its observations, as `NormalizeObservation` has them; kept as float32. */
export interface ObservationNormalization {
  /** Subtracted from the observation; one per element. */
  readonly mean: ArrayLike<number>;
  /** The difference is divided by it; one per element, above 0. */
  readonly std: ArrayLike<number>;
}

/** A policy as {@linkcode encodeOnnx} writes it and {@linkcode decodeOnnx} reads it. */
export interface OnnxPolicyFile {
  /** The shape of the network. */
  architecture: NetworkArchitecture;
  /** The parameters. */
  tensors: Tensor[];
  /**
   * What comes before the network.
   *
   * @default {undefined}
   */
  normalization?: ObservationNormalization | undefined;
  /** Free text by name: the environment, its spaces, the training configuration. */
  metadata: Record<string, string>;
  /**
   * Who wrote the file.
   *
   * @default {undefined}
   */
  producer?: { name: string; version: string } | undefined;
}
