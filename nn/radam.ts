/**
 * The RAdam optimizer.
 *
 * @module
 */

import { AdamState } from "./_adam_state.ts";
import type { AdamOptions, AdamSnapshot } from "./adam_options.ts";
import type { Kernels } from "./kernels/kernels.ts";

/** Above this length of the average, the variance of the second moment is known well enough (algorithm 2, line 8; PyTorch's 5). */
const LEAST_LENGTH = 5;

/**
 * Rectified Adam (Liu et al. 2020, algorithm 2), with ε as in PyTorch: added to the root of the second moment before the
 * bias correction. A step is, in float32 and in the order of `Kernels.adam`, θ − s · m / (√v + ε), with s = α · r · √(1 − β₂ᵗ) /
 * (1 − β₁ᵗ) computed in float64 and rounded once; in the first steps, while r is undefined, it is θ − (α / (1 − β₁ᵗ)) · m.
 *
 * @example Usage
 * ```ts
 * import { RAdam, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const parameters = new Float32Array([1, 1, 1, 1]);
 * const optimizer = new RAdam(parameters, new ReferenceKernels(), { learningRate: 0.1 });
 * optimizer.step(new Float32Array([5, -5, 0, 0])); // the first steps use only the first moment
 * assertAlmostEquals(parameters[0]!, 0.5, 1e-6);
 * assertAlmostEquals(parameters[1]!, 1.5, 1e-6);
 * ```
 */
export class RAdam {
  readonly #parameters: Float32Array;
  readonly #kernels: Kernels;
  readonly #state: AdamState;
  readonly #epsilon: number;

  /**
   * Creates an optimizer with moments of zero.
   *
   * @param parameters The parameters, which each step changes; from `kernels.allocate`.
   * @param kernels The arithmetic to use.
   * @param options The hyperparameters.
   * @throws {RangeError} If a hyperparameter is out of range.
   */
  constructor(parameters: Float32Array, kernels: Kernels, options: AdamOptions = {}) {
    this.#parameters = parameters;
    this.#kernels = kernels;
    this.#state = new AdamState("an RAdam", parameters.length, kernels, options);
    this.#epsilon = this.#state.scalars.epsilon;
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#state.steps;
  }

  /**
   * Moves the parameters by one step.
   *
   * @param gradients dLoss/dparameter; from `kernels.allocate`, as long as the parameters.
   * @param learningRate The step size α of this step, from 0; by default that of the options.
   * @throws {RangeError} If the step size is negative or not finite.
   */
  step(gradients: Float32Array, learningRate: number = this.#state.learningRate): void {
    if (!(learningRate >= 0 && learningRate < Infinity)) {
      throw new RangeError(
        `Cannot step an RAdam: learningRate must be finite and at least 0, got ${learningRate}`,
      );
    }
    const state = this.#state;
    state.advance();
    const { scalars } = state;
    const rectification = this.#rectification();
    // With a root of 0 · √v + 1 the kernel makes the step of the first moment alone.
    scalars.inverseRootCorrection = rectification === undefined ? 0 : 1;
    scalars.epsilon = rectification === undefined ? 1 : this.#epsilon;
    scalars.stepSize = Math.fround(learningRate * (rectification ?? 1) / state.correction1);
    this.#kernels.adam(this.#parameters, gradients, state.firstMoments, state.secondMoments, scalars);
  }

  /** r · √(1 − β₂ᵗ); undefined while the average of the second moment is too short. */
  #rectification(): number | undefined {
    const { steps, beta2, beta2Power } = this.#state;
    const longest = 2 / (1 - beta2) - 1;
    const length = longest - 2 * steps * beta2Power / (1 - beta2Power);
    if (!(length > LEAST_LENGTH)) return undefined;
    const part = (length - 4) * (length - 2) * longest;
    const whole = (longest - 4) * (longest - 2) * length;
    return Math.sqrt(part / whole) * Math.sqrt(1 - beta2Power);
  }

  /**
   * The whole state.
   *
   * @returns Copies.
   */
  snapshot(): AdamSnapshot {
    return this.#state.snapshot();
  }

  /**
   * Restores a snapshot.
   *
   * @param snapshot The snapshot of an optimizer with the same number of parameters.
   * @throws {TypeError} If the number of moments is not the number of parameters.
   * @throws {RangeError} If a counter is out of range, or a moment is not finite.
   */
  restore(snapshot: AdamSnapshot): void {
    this.#state.restore(snapshot);
  }
}
