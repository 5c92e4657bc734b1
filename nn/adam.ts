/**
 * The Adam optimizer.
 *
 * @module
 */

import { AdamState } from "./_adam_state.ts";
import type { AdamOptions, AdamSnapshot } from "./adam_options.ts";
import type { Kernels } from "./kernels/kernels.ts";

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
 * adam.step(new Float32Array([5, -5, 0, 0])); // the first step is α against the sign of the gradient
 * assertAlmostEquals(parameters[0]!, 0.9, 1e-6);
 * assertAlmostEquals(parameters[1]!, 1.1, 1e-6);
 * ```
 */
export class Adam {
  readonly #parameters: Float32Array;
  readonly #kernels: Kernels;
  readonly #state: AdamState;

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
    this.#state = new AdamState("an Adam", parameters.length, kernels, options);
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
        `Cannot step an Adam: learningRate must be finite and at least 0, got ${learningRate}`,
      );
    }
    const state = this.#state;
    state.advance();
    const { scalars } = state;
    scalars.stepSize = Math.fround(learningRate / state.correction1);
    scalars.inverseRootCorrection = Math.fround(1 / Math.sqrt(1 - state.beta2Power));
    this.#kernels.adam(this.#parameters, gradients, state.firstMoments, state.secondMoments, scalars);
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
