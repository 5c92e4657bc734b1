/**
 * The Adam optimizer.
 *
 * @module
 */

import type { AdamStep, Kernels } from "./kernels/kernels.ts";

/** Options of {@linkcode Adam}. */
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
   * Added to the root of the second moment; above 0, as a float32, too.
   *
   * @default {1e-8}
   */
  epsilon?: number;
}

/** The state of an {@linkcode Adam}. */
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

/**
 * Adam with bias correction (Kingma & Ba 2015, algorithm 1), in float32; the two powers of the betas and the corrections
 * are kept in float64 and rounded once per step.
 *
 * @example Usage
 * ```ts
 * import { Adam, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const parameters = new Float32Array([1, 1, 1, 1]);
 * const adam = new Adam(parameters, new ReferenceKernels(), { learningRate: 0.1 });
 * adam.step(new Float32Array([5, -5, 0, 0])); // the first step is α in the direction of the sign
 * assertAlmostEquals(parameters[0]!, 0.9, 1e-6);
 * assertAlmostEquals(parameters[1]!, 1.1, 1e-6);
 * ```
 */
export class Adam {
  readonly #parameters: Float32Array;
  readonly #kernels: Kernels;
  readonly #learningRate: number;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #firstMoments: Float32Array;
  readonly #secondMoments: Float32Array;
  readonly #scalars: AdamStep;
  #steps = 0;
  #beta1Power = 1;
  #beta2Power = 1;

  /**
   * Creates an optimizer with moments of zero.
   *
   * @param parameters What each step changes; from `kernels.allocate`.
   * @param kernels The arithmetic to use.
   * @param options The hyperparameters.
   * @throws {RangeError} If a hyperparameter is out of range.
   */
  constructor(parameters: Float32Array, kernels: Kernels, options: AdamOptions = {}) {
    const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
    for (const [name, value] of [["learningRate", learningRate], ["epsilon", epsilon]] as const) {
      const rounded = Math.fround(value);
      if (!(rounded > 0 && rounded < Infinity)) {
        throw new RangeError(
          `Cannot create an Adam: ${name} must be finite and above 0 in float32, got ${value}`,
        );
      }
    }
    const rounded = Math.fround(epsilon);
    if (!(rounded > 0 && rounded < Infinity)) {
      throw new RangeError(
        `Cannot create an Adam: epsilon must be above 0 and finite as a float32, got ${epsilon}`,
      );
    }
    for (const [name, value] of [["beta1", beta1], ["beta2", beta2]] as const) {
      if (!(value >= 0 && value < 1)) {
        throw new RangeError(`Cannot create an Adam: ${name} must be in [0, 1), got ${value}`);
      }
    }
    this.#parameters = parameters;
    this.#kernels = kernels;
    this.#learningRate = learningRate;
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#firstMoments = kernels.allocate(parameters.length);
    this.#secondMoments = kernels.allocate(parameters.length);
    this.#scalars = {
      beta1: Math.fround(beta1),
      oneMinusBeta1: Math.fround(1 - beta1),
      beta2: Math.fround(beta2),
      oneMinusBeta2: Math.fround(1 - beta2),
      stepSize: 0,
      inverseRootCorrection: 0,
      epsilon: rounded,
    };
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Moves the parameters by one step.
   *
   * @param gradients dLoss/dparameter; from `kernels.allocate`, as long as the parameters.
   */
  step(gradients: Float32Array): void {
    this.#steps++;
    this.#beta1Power *= this.#beta1;
    this.#beta2Power *= this.#beta2;
    const scalars = this.#scalars;
    scalars.stepSize = Math.fround(this.#learningRate / (1 - this.#beta1Power));
    scalars.inverseRootCorrection = Math.fround(1 / Math.sqrt(1 - this.#beta2Power));
    this.#kernels.adam(this.#parameters, gradients, this.#firstMoments, this.#secondMoments, scalars);
  }

  /**
   * The whole state.
   *
   * @returns Copies.
   */
  snapshot(): AdamSnapshot {
    return {
      steps: this.#steps,
      beta1Power: this.#beta1Power,
      beta2Power: this.#beta2Power,
      firstMoments: this.#firstMoments.slice(),
      secondMoments: this.#secondMoments.slice(),
    };
  }

  /**
   * Continues from a snapshot.
   *
   * @param snapshot Of an optimizer over as many parameters.
   * @throws {TypeError} If the number of moments is not the number of parameters.
   * @throws {RangeError} If a counter is out of range, or a moment is not finite.
   */
  restore(snapshot: AdamSnapshot): void {
    const { steps, beta1Power, beta2Power, firstMoments, secondMoments } = snapshot;
    const length = this.#parameters.length;
    if (firstMoments.length !== length || secondMoments.length !== length) {
      throw new TypeError(
        `Cannot restore an Adam: the moments must have ${length} elements, got ${firstMoments.length} and ${secondMoments.length}`,
      );
    }
    if (!Number.isSafeInteger(steps) || steps < 0) {
      throw new RangeError(`Cannot restore an Adam: steps must be a whole number from 0, got ${steps}`);
    }
    for (const power of [beta1Power, beta2Power]) {
      if (!(power >= 0 && power <= 1)) {
        throw new RangeError(`Cannot restore an Adam: the beta powers must be in [0, 1], got ${power}`);
      }
    }
    for (const moments of [firstMoments, secondMoments]) {
      const odd = moments.find((value) => value - value !== 0);
      if (odd !== undefined) {
        throw new RangeError(`Cannot restore an Adam: the moments must be finite, got ${odd}`);
      }
    }
    this.#steps = steps;
    this.#beta1Power = beta1Power;
    this.#beta2Power = beta2Power;
    this.#firstMoments.set(firstMoments);
    this.#secondMoments.set(secondMoments);
  }
}
