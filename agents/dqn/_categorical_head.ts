import type { Kernels } from "../../nn/kernels/kernels.ts";
import { log } from "../../nn/math/log.ts";
import { createMatrix, type Matrix } from "../../nn/matrix.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import { QValueReader } from "../../nn/q_values.ts";
import { type Head, meanOfColumns, type NextPolicy, weightedMean } from "./_head.ts";
import { addProjection } from "./categorical_projection.ts";

const { fround } = Math;

/** C51 (Bellemare et al. 2017): probabilities of atoms, cross-entropy against the projected distribution. */
export class CategoricalHead implements Head {
  /**
   * The cross-entropy of each row, which common implementations of Rainbow use as priorities. It exceeds the Kullback-Leibler divergence
   * that the paper names (Hessel et al. 2018) by the target's entropy.
   */
  readonly surprises: Float32Array;
  readonly #kernels: Kernels;
  readonly #reader: QValueReader;
  readonly #architecture: NetworkArchitecture;
  /** The target distribution of each row, shape (rows, atoms). */
  readonly #targets: Matrix;
  readonly #logSums: Float32Array;
  readonly #losses: Float32Array;
  readonly #move = { reward: 0, discount: 0, shift: 0, weight: 1 };
  #values: Matrix | undefined;

  constructor(rows: number, kernels: Kernels, architecture: NetworkArchitecture) {
    this.#kernels = kernels;
    this.#architecture = architecture;
    this.#reader = new QValueReader(architecture, rows, kernels);
    this.#targets = createMatrix(rows, architecture.atoms, (length) => kernels.allocate(length));
    this.#logSums = kernels.allocate(rows);
    this.#losses = kernels.allocate(rows);
    this.surprises = new Float32Array(rows);
  }

  read(output: Matrix): Matrix {
    return this.#values = this.#reader.read(output);
  }

  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void {
    const { actionCount } = this.#architecture;
    const move = this.#move;
    this.#targets.data.fill(0);
    for (let r = 0; r < rewards.length; r++) {
      move.reward = rewards[r]!;
      move.discount = discounts[r]!;
      move.shift = 0;
      move.weight = 1;
      if (next.soft === undefined) {
        this.#addTo(r, next.actions[r]!);
        continue;
      }
      const { policy, logPolicy } = next.soft;
      for (let a = 0; a < actionCount; a++) {
        move.weight = policy.data[r * policy.stride + a]!;
        move.shift = -logPolicy.data[r * logPolicy.stride + a]!;
        if (move.weight > 0) this.#addTo(r, a);
      }
    }
  }

  /** Adds the projected distribution of one action in row r to the row's target. */
  #addTo(r: number, action: number): void {
    const { pitch, probabilities } = this.#reader;
    const { data, stride } = probabilities!;
    const target = this.#targets;
    const [from, to] = [r * stride + action * pitch, r * target.stride];
    addProjection(data, from, this.#move, this.#architecture, target.data, to);
  }

  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number {
    const { actionCount } = this.#architecture;
    this.read(output);
    const { probabilities, largest, sums } = this.#reader;
    const logSums = this.#logSums;
    for (let r = 0; r < logSums.length; r++) {
      const group = r * actionCount + actions[r]!;
      logSums[r] = largest[group]! + fround(log(sums[group]!));
    }
    const losses = this.#losses;
    this.#kernels.heads.crossEntropy(
      output,
      actions,
      probabilities!,
      logSums,
      this.#targets,
      weights,
      gradient,
      losses,
    );
    for (let r = 0; r < losses.length; r++) this.surprises[r] = Math.max(0, losses[r]!);
    return weightedMean(this.surprises, weights);
  }

  meanQ(actions: Int32Array): number {
    return meanOfColumns(this.#values!, actions);
  }
}
