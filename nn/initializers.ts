/**
 * Initial distributions of a layer's parameters.
 *
 * @module
 */

import type { Prng } from "@std/random";
import { log } from "./math/log.ts";
import type { LinearLayer } from "./mlp_layout.ts";

/**
 * The distribution of a layer's fresh parameters, by fan-in (inputs) and fan-out (outputs):
 *
 * | name | weights | biases |
 * |---|---|---|
 * | `lecture` | normal, mean 0, variance 1 / fan-in | 0 |
 * | `pytorch` | uniform in ±1/√fan-in, as PyTorch's `nn.Linear` | the same |
 * | `he` | normal, mean 0, variance 2 / fan-in (He et al. 2015, eq. 10) | 0 |
 * | `glorot` | uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010, eq. 16) | 0 |
 *
 * A convolution's fan-in is kernel² · channels, its fan-out kernel² · filters, as in PyTorch.
 */
export type InitializerName = "lecture" | "pytorch" | "he" | "glorot";

/** Every {@linkcode InitializerName}. */
export const INITIALIZERS: readonly InitializerName[] = ["lecture", "pytorch", "he", "glorot"];

/**
 * Draws the weights of a layer, row by row, then its biases. A following normalisation gets gains of 1 and biases of 0.
 *
 * @param layer Overwritten; its padding stays zero.
 * @param initializer The distribution.
 * @param prng The source of randomness, in [0, 1).
 * @throws {RangeError} If the distribution is unknown.
 *
 * @example Usage
 * ```ts
 * import { initializeLayer, mlpLayers, mlpLength } from "@bellman/dqn/nn";
 * import { assert } from "@std/assert";
 * import { randomSeeded } from "@std/random";
 *
 * const layer = mlpLayers([4, 8], new Float32Array(mlpLength([4, 8])))[0]!;
 * initializeLayer(layer, "pytorch", randomSeeded(0n));
 * assert(layer.weight.data.every((weight) => Math.abs(weight) <= 0.5));
 * ```
 */
export function initializeLayer(layer: LinearLayer, initializer: InitializerName, prng: Prng): void {
  const { rows: fanIn, columns: outputs } = layer.weight;
  const fanOut = outputs * (layer.kernel ?? 1) ** 2;
  layer.bias.fill(0);
  layer.norm?.gain.fill(1, 0, outputs);
  layer.norm?.bias.fill(0);
  switch (initializer) {
    case "lecture":
      return fillWeights(layer, normal(prng, Math.sqrt(1 / fanIn)));
    case "pytorch": {
      const draw = uniform(prng, 1 / Math.sqrt(fanIn));
      fillWeights(layer, draw);
      for (let j = 0; j < outputs; j++) layer.bias[j] = draw();
      return;
    }
    case "he":
      return fillWeights(layer, normal(prng, Math.sqrt(2 / fanIn)));
    case "glorot":
      return fillWeights(layer, uniform(prng, Math.sqrt(6 / (fanIn + fanOut))));
    default:
      throw new RangeError(
        `Cannot initialize a layer: initializer must be one of ${
          INITIALIZERS.join(", ")
        }, got ${initializer}`,
      );
  }
}

function fillWeights({ weight }: LinearLayer, draw: () => number): void {
  for (let r = 0; r < weight.rows; r++) {
    for (let c = 0; c < weight.columns; c++) weight.data[r * weight.stride + c] = draw();
  }
}

function uniform(prng: Prng, bound: number): () => number {
  return () => (2 * prng() - 1) * bound;
}

/** Marsaglia's polar method: a point in the unit disc gives two normal numbers; the second is kept for the next call. */
function normal(prng: Prng, deviation: number): () => number {
  let waiting: number | undefined;
  return () => {
    if (waiting !== undefined) {
      const second = waiting;
      waiting = undefined;
      return second * deviation;
    }
    while (true) {
      const x = 2 * prng() - 1;
      const y = 2 * prng() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt(-2 * log(square) / square);
      waiting = y * factor;
      return x * factor * deviation;
    }
  };
}
