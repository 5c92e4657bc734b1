/**
 * Clipping by the global norm.
 *
 * @module
 */

import type { Kernels } from "./kernels/kernels.ts";

/**
 * Scales gradients so that their Euclidean norm is at most `maxNorm` (Pascanu et al. 2013, algorithm 1).
 *
 * @param gradients All gradients; scaled in place by maxNorm / norm if the norm is larger.
 * @param maxNorm The largest norm allowed; above 0.
 * @param kernels The arithmetic to use.
 * @returns The norm before clipping; infinity if it overflows float32, in which case the gradients are unchanged.
 * @throws {RangeError} If `maxNorm` is not above 0.
 *
 * @example Usage
 * ```ts
 * import { clipGradientNorm, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const gradients = new Float32Array([3, 4, 0, 0]);
 * assertEquals(clipGradientNorm(gradients, 2.5, new ReferenceKernels()), 5);
 * assertEquals([...gradients], [1.5, 2, 0, 0]);
 * ```
 */
export function clipGradientNorm(gradients: Float32Array, maxNorm: number, kernels: Kernels): number {
  if (!(maxNorm > 0)) {
    throw new RangeError(`Cannot clip gradients: maxNorm must be above 0, got ${maxNorm}`);
  }
  const norm = Math.fround(Math.sqrt(kernels.sumOfSquares(gradients)));
  if (norm > maxNorm && norm < Infinity) kernels.scale(gradients, maxNorm / norm);
  return norm;
}
