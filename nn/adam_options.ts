/**
 * The options shared by Adam and RAdam.
 *
 * @module
 */

/** Options of `Adam` and of `RAdam`. */
export interface AdamOptions {
  /**
   * Step size α; above 0.
   *
   * @default {0.001}
   */
  learningRate?: number;
  /**
   * Decay β₁ of the first moment, in [0, 1).
   *
   * @default {0.9}
   */
  beta1?: number;
  /**
   * Decay β₂ of the second moment, in [0, 1).
   *
   * @default {0.999}
   */
  beta2?: number;
  /**
   * Added to the root of the second moment; above 0, also in float32.
   *
   * @default {1e-8}
   */
  epsilon?: number;
}

/** The state of an `Adam` or of an `RAdam`. */
export interface AdamSnapshot {
  /** Steps taken. */
  steps: number;
  /** β₁ to the power of `steps`. */
  beta1Power: number;
  /** β₂ to the power of `steps`. */
  beta2Power: number;
  /** First moment of each parameter. */
  firstMoments: Float32Array;
  /** Second moment of each parameter. */
  secondMoments: Float32Array;
}
