/**
 * The noise of noisy networks.
 *
 * @module
 */

import type { Prng } from "@std/random";
import { standardNormal } from "./_standard_normal.ts";

/** The factorised noise of one linear layer: the noise of weight (i, j) is `inputs[i] · outputs[j]`, of bias j `outputs[j]`. */
export interface LayerNoise {
  /** One per input. */
  readonly inputs: Float32Array;
  /** One per output, then zeros up to the stride. */
  readonly outputs: Float32Array;
}

/**
 * Draws fresh noise for a layer: f(x) = sgn(x) √|x| of standard normal numbers (Fortunato et al. 2018, eq. 10 and 11), inputs
 * before outputs.
 *
 * @param noise Receives the noise.
 * @param columns Number of outputs.
 * @param prng The source of randomness, in [0, 1).
 *
 * @example Usage
 * ```ts
 * import { drawLayerNoise } from "@bellman/dqn/nn";
 * import { assert } from "@std/assert";
 * import { randomSeeded } from "@std/random";
 *
 * const noise = { inputs: new Float32Array(3), outputs: new Float32Array(4) };
 * drawLayerNoise(noise, 2, randomSeeded(0n));
 * assert(noise.inputs.every((value) => value !== 0));
 * assert(noise.outputs[1] !== 0 && noise.outputs[2] === 0); // padding stays zero
 * ```
 */
export function drawLayerNoise(noise: LayerNoise, columns: number, prng: Prng): void {
  fill(noise.inputs, noise.inputs.length, prng);
  fill(noise.outputs, columns, prng);
}

function fill(values: Float32Array, count: number, prng: Prng): void {
  for (let i = 0; i < count; i++) {
    const normal = standardNormal(prng);
    values[i] = normal < 0 ? -Math.sqrt(-normal) : Math.sqrt(normal);
  }
}
