/**
 * The kernels of dueling, noisy and distributional networks, as calls of the module.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import type { Arena } from "./_arena.ts";
import { ReferenceHeadKernels } from "./_reference_heads.ts";
import type { SimdExports } from "./_simd_module.ts";
import type { HeadKernels } from "./head_kernels.ts";

/** Atoms per vector; with fewer atoms there is little work, and the reference code is used. */
const LANES = 4;

/** {@linkcode HeadKernels} in WebAssembly SIMD. */
export class SimdHeads implements HeadKernels {
  readonly #arena: Arena;
  readonly #simd: SimdExports;
  readonly #reference = new ReferenceHeadKernels();

  /** Kernels for matrices in an arena, by the module that uses its memory. */
  constructor(arena: Arena, simd: SimdExports) {
    this.#arena = arena;
    this.#simd = simd;
  }

  /** Implements {@linkcode HeadKernels.add}. */
  add(target: Float32Array, source: Float32Array): void {
    const whole = target.length & -LANES;
    this.#simd.add(this.#arena.address(target), this.#arena.address(source), 4 * whole);
    if (whole < target.length) this.#reference.add(target.subarray(whole), source.subarray(whole));
  }

  /** Implements {@linkcode HeadKernels.duelingForward}. */
  duelingForward(value: Matrix, advantage: Matrix, output: Matrix): void {
    const atoms = value.columns;
    if (atoms < LANES) return this.#reference.duelingForward(value, advantage, output);
    this.#simd.duelingForward(
      this.#arena.address(value.data),
      4 * value.stride,
      this.#arena.address(advantage.data),
      4 * advantage.stride,
      this.#arena.address(output.data),
      4 * output.stride,
      4 * atoms,
      advantage.columns / atoms,
      output.rows,
    );
  }

  /** Implements {@linkcode HeadKernels.duelingBackward}. */
  duelingBackward(outputGradient: Matrix, valueGradient: Matrix, advantageGradient: Matrix): void {
    const atoms = valueGradient.columns;
    if (atoms < LANES) {
      return this.#reference.duelingBackward(outputGradient, valueGradient, advantageGradient);
    }
    this.#simd.duelingBackward(
      this.#arena.address(outputGradient.data),
      4 * outputGradient.stride,
      this.#arena.address(valueGradient.data),
      4 * valueGradient.stride,
      this.#arena.address(advantageGradient.data),
      4 * advantageGradient.stride,
      4 * atoms,
      outputGradient.columns / atoms,
      outputGradient.rows,
    );
  }

  /** Implements {@linkcode HeadKernels.perturb}. */
  perturb(mean: Matrix, sigma: Matrix, left: Float32Array, right: Float32Array, output: Matrix): void {
    this.#simd.perturb(
      this.#arena.address(mean.data),
      this.#arena.address(sigma.data),
      this.#arena.address(output.data),
      this.#arena.address(left),
      this.#arena.address(right),
      mean.rows,
      4 * mean.stride,
    );
  }

  /** Implements {@linkcode HeadKernels.noiseGradient}. */
  noiseGradient(gradient: Matrix, left: Float32Array, right: Float32Array, output: Matrix): void {
    this.#simd.noiseGradient(
      this.#arena.address(gradient.data),
      this.#arena.address(output.data),
      this.#arena.address(left),
      this.#arena.address(right),
      gradient.rows,
      4 * gradient.stride,
    );
  }

  /** Implements {@linkcode HeadKernels.softmax}. */
  softmax(
    logits: Matrix,
    atoms: number,
    probabilities: Matrix,
    largest: Float32Array,
    sums: Float32Array,
  ): void {
    if (atoms < LANES) return this.#reference.softmax(logits, atoms, probabilities, largest, sums);
    const actions = logits.columns / atoms;
    this.#simd.softmax(
      this.#arena.address(logits.data),
      4 * logits.stride,
      4 * atoms,
      this.#arena.address(probabilities.data),
      4 * probabilities.stride,
      4 * probabilities.columns / actions,
      this.#arena.address(largest),
      this.#arena.address(sums),
      actions,
      logits.rows,
    );
  }

  /** Implements {@linkcode HeadKernels.atomMeans}. */
  atomMeans(values: Matrix, pitch: number, weights: Float32Array, means: Matrix): void {
    this.#simd.atomMeans(
      this.#arena.address(values.data),
      4 * values.stride,
      4 * pitch,
      this.#arena.address(weights),
      4 * weights.length,
      this.#arena.address(means.data),
      4 * means.stride,
      means.columns,
      means.rows,
    );
  }

  /** Implements {@linkcode HeadKernels.quantileHuber}. */
  quantileHuber(
    quantiles: Matrix,
    actions: Int32Array,
    targets: Matrix,
    weights: Float32Array,
    gradient: Matrix,
    losses: Float32Array,
  ): void {
    gradient.data.fill(0);
    this.#simd.quantileHuber(
      this.#arena.address(quantiles.data),
      4 * quantiles.stride,
      this.#arena.address(actions),
      this.#arena.address(targets.data),
      4 * targets.stride,
      this.#arena.address(weights),
      this.#arena.address(gradient.data),
      4 * gradient.stride,
      this.#arena.address(losses),
      4 * targets.columns,
      targets.rows,
    );
  }

  /** Implements {@linkcode HeadKernels.crossEntropy}. */
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
    const atoms = targets.columns;
    gradient.data.fill(0);
    this.#simd.crossEntropy(
      this.#arena.address(logits.data),
      4 * logits.stride,
      this.#arena.address(actions),
      this.#arena.address(probabilities.data),
      4 * probabilities.stride,
      4 * probabilities.columns * atoms / logits.columns,
      this.#arena.address(logSums),
      this.#arena.address(targets.data),
      4 * targets.stride,
      this.#arena.address(weights),
      this.#arena.address(gradient.data),
      4 * gradient.stride,
      this.#arena.address(losses),
      4 * atoms,
      targets.rows,
    );
  }
}
