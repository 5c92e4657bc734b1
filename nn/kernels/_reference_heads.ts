/**
 * The kernels of dueling, noisy and distributional networks as plain loops.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { exp32 } from "./_exp32.ts";
import type { HeadKernels } from "./head_kernels.ts";

const { fround } = Math;

/** {@linkcode HeadKernels} in TypeScript, written to be read; a store into a Float32Array rounds to float32. */
export class ReferenceHeadKernels implements HeadKernels {
  readonly #sums = new Float32Array(4);

  add(target: Float32Array, source: Float32Array): void {
    for (let i = 0; i < target.length; i++) target[i] = target[i]! + source[i]!;
  }

  duelingForward(value: Matrix, advantage: Matrix, output: Matrix): void {
    const atoms = value.columns;
    const actions = advantage.columns / atoms;
    for (let r = 0; r < output.rows; r++) {
      for (let z = 0; z < atoms; z++) {
        let sum = 0;
        for (let a = 0; a < actions; a++) {
          sum = fround(sum + advantage.data[r * advantage.stride + a * atoms + z]!);
        }
        const mean = fround(sum / actions);
        const base = value.data[r * value.stride + z]!;
        for (let a = 0; a < actions; a++) {
          const part = fround(advantage.data[r * advantage.stride + a * atoms + z]! - mean);
          output.data[r * output.stride + a * atoms + z] = base + part;
        }
      }
    }
  }

  duelingBackward(outputGradient: Matrix, valueGradient: Matrix, advantageGradient: Matrix): void {
    const atoms = valueGradient.columns;
    const actions = outputGradient.columns / atoms;
    for (let r = 0; r < outputGradient.rows; r++) {
      const row = r * outputGradient.stride;
      for (let z = 0; z < atoms; z++) {
        let sum = 0;
        for (let a = 0; a < actions; a++) sum = fround(sum + outputGradient.data[row + a * atoms + z]!);
        valueGradient.data[r * valueGradient.stride + z] = sum;
        const mean = fround(sum / actions);
        for (let a = 0; a < actions; a++) {
          advantageGradient.data[r * advantageGradient.stride + a * atoms + z] =
            outputGradient.data[row + a * atoms + z]! - mean;
        }
      }
    }
  }

  perturb(mean: Matrix, sigma: Matrix, left: Float32Array, right: Float32Array, output: Matrix): void {
    const { rows, stride } = mean;
    for (let i = 0; i < rows; i++) {
      const row = i * stride;
      for (let j = 0; j < stride; j++) {
        const noise = fround(left[i]! * right[j]!);
        output.data[row + j] = mean.data[row + j]! + fround(sigma.data[row + j]! * noise);
      }
    }
  }

  noiseGradient(gradient: Matrix, left: Float32Array, right: Float32Array, output: Matrix): void {
    const { rows, stride } = gradient;
    for (let i = 0; i < rows; i++) {
      const row = i * stride;
      for (let j = 0; j < stride; j++) {
        output.data[row + j] = gradient.data[row + j]! * fround(left[i]! * right[j]!);
      }
    }
  }

  softmax(
    logits: Matrix,
    atoms: number,
    probabilities: Matrix,
    largest: Float32Array,
    sums: Float32Array,
  ): void {
    const actions = logits.columns / atoms;
    const pitch = probabilities.columns / actions;
    const partial = this.#sums;
    for (let r = 0; r < logits.rows; r++) {
      for (let a = 0; a < actions; a++) {
        const from = r * logits.stride + a * atoms;
        const to = r * probabilities.stride + a * pitch;
        let most = -Infinity;
        for (let z = 0; z < atoms; z++) {
          const logit = logits.data[from + z]!;
          if (logit > most) most = logit;
        }
        most += 0; // never −0
        partial.fill(0);
        for (let z = 0; z < atoms; z++) {
          const power = exp32(fround(logits.data[from + z]! - most));
          probabilities.data[to + z] = power;
          partial[z % 4] = partial[z % 4]! + power;
        }
        const sum = joined(partial);
        for (let z = 0; z < atoms; z++) probabilities.data[to + z] = probabilities.data[to + z]! / sum;
        for (let z = atoms; z < pitch; z++) probabilities.data[to + z] = 0;
        largest[r * actions + a] = most;
        sums[r * actions + a] = sum;
      }
    }
  }

  atomMeans(values: Matrix, pitch: number, weights: Float32Array, means: Matrix): void {
    const partial = this.#sums;
    for (let r = 0; r < means.rows; r++) {
      for (let a = 0; a < means.columns; a++) {
        const from = r * values.stride + a * pitch;
        partial.fill(0);
        for (let z = 0; z < weights.length; z++) {
          partial[z % 4] = partial[z % 4]! + fround(values.data[from + z]! * weights[z]!);
        }
        means.data[r * means.stride + a] = joined(partial);
      }
    }
  }

  quantileHuber(
    quantiles: Matrix,
    actions: Int32Array,
    targets: Matrix,
    weights: Float32Array,
    gradient: Matrix,
    losses: Float32Array,
  ): void {
    const { rows, columns: atoms } = targets;
    const share = fround(1 / atoms);
    const partial = this.#sums;
    gradient.data.fill(0);
    for (let r = 0; r < rows; r++) {
      const from = r * quantiles.stride + actions[r]! * atoms;
      const to = r * gradient.stride + actions[r]! * atoms;
      partial.fill(0);
      for (let i = 0; i < atoms; i++) {
        const above = fround((2 * i + 1) / (2 * atoms));
        const below = fround(1 - above);
        const quantile = quantiles.data[from + i]!;
        let slope = 0;
        let loss = 0;
        for (let j = 0; j < atoms; j++) {
          const u = fround(targets.data[r * targets.stride + j]! - quantile);
          const clipped = u > 1 ? 1 : u < -1 ? -1 : u;
          const weighted = fround((u < 0 ? below : above) * clipped);
          slope = fround(slope + weighted);
          loss = fround(loss + fround(weighted * fround(u - fround(0.5 * clipped))));
        }
        gradient.data[to + i] = 0 - fround(fround(fround(slope * share) * weights[r]!) / rows);
        partial[i % 4] = partial[i % 4]! + fround(loss * share);
      }
      losses[r] = joined(partial);
    }
  }

  crossEntropy(
    logits: Matrix,
    actions: Int32Array,
    probabilities: Matrix,
    logSums: Float32Array,
    targets: Matrix,
    weights: Float32Array,
    gradient: Matrix,
    losses: Float32Array,
  ): void {
    const { rows, columns: atoms } = targets;
    const pitch = probabilities.columns * atoms / logits.columns;
    const partial = this.#sums;
    gradient.data.fill(0);
    for (let r = 0; r < rows; r++) {
      const logit = r * logits.stride + actions[r]! * atoms;
      const probability = r * probabilities.stride + actions[r]! * pitch;
      const to = r * gradient.stride + actions[r]! * atoms;
      const share = fround(weights[r]! / rows);
      partial.fill(0);
      for (let z = 0; z < atoms; z++) {
        const target = targets.data[r * targets.stride + z]!;
        const surprise = fround(logSums[r]! - logits.data[logit + z]!);
        partial[z % 4] = partial[z % 4]! + fround(target * surprise);
        gradient.data[to + z] = fround(probabilities.data[probability + z]! - target) * share;
      }
      losses[r] = joined(partial);
    }
  }
}

/** The four sums over atoms as one. */
function joined(partial: Float32Array): number {
  return fround(fround(partial[0]! + partial[2]!) + fround(partial[1]! + partial[3]!));
}
