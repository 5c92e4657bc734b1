import type { Kernels } from "../../nn/kernels/kernels.ts";
import { log } from "../../nn/math/log.ts";
import { createMatrix, type Matrix } from "../../nn/matrix.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import { QValueReader } from "../../nn/q_values.ts";
import { meanOfParts } from "../mean_of_parts.ts";
import { type Head, meanOfColumns, type NextPolicy, weightedMean } from "./_head.ts";
import { addProjection } from "./categorical_projection.ts";

const { fround } = Math;

/**
 * C51 for actions of several parts. The return of an action is distributed as the mixture of its parts' distributions, with equal
 * weights: its expectation is the mean of theirs, as in a decoupled Q-network (Seyde et al. 2022, eq. 2). The target is the projected
 * mixture at the next action. The distribution of each part learns the whole target by itself, and the loss is the mean over parts
 * of their cross-entropies, which is never below the cross-entropy of the mixture.
 *
 * Sums run over atoms, then over parts, in ascending order, each operation rounded to float32. Plain loops: an update of 6 parts of 3
 * values takes as long as one of 18 actions.
 */
export class DecoupledCategoricalHead implements Head {
  /** The mean over parts of the cross-entropies of each row. */
  readonly surprises: Float32Array;
  readonly #reader: QValueReader;
  readonly #architecture: NetworkArchitecture;
  readonly #parts: number;
  /** The target distribution of each row, shape (rows, atoms). */
  readonly #targets: Matrix;
  /** The value of each row's action, shape (rows, 1). */
  readonly #means: Matrix;
  /** The only column of the means, in each row. */
  readonly #only: Int32Array;
  readonly #move = { reward: 0, discount: 0, shift: 0, weight: 1 };
  #values: Matrix | undefined;

  constructor(rows: number, kernels: Kernels, architecture: NetworkArchitecture) {
    const { atoms, actionParts = [] } = architecture;
    this.#architecture = architecture;
    this.#parts = actionParts.length;
    this.#reader = new QValueReader(architecture, rows, kernels);
    this.#targets = createMatrix(rows, atoms);
    this.#means = createMatrix(rows, 1);
    this.#only = new Int32Array(rows);
    this.surprises = new Float32Array(rows);
  }

  read(output: Matrix): Matrix {
    return this.#values = this.#reader.read(output);
  }

  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void {
    const { pitch, probabilities } = this.#reader;
    const { data, stride } = probabilities!;
    const parts = this.#parts;
    const move = this.#move;
    const target = this.#targets;
    move.weight = 1 / parts;
    target.data.fill(0);
    for (let r = 0; r < rewards.length; r++) {
      move.reward = rewards[r]!;
      move.discount = discounts[r]!;
      for (let i = 0; i < parts; i++) {
        const from = r * stride + next.actions[r * parts + i]! * pitch;
        addProjection(data, from, move, this.#architecture, target.data, r * target.stride);
      }
    }
  }

  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number {
    const values = this.read(output);
    const { surprises } = this;
    const parts = this.#parts;
    gradient.data.fill(0);
    for (let r = 0; r < surprises.length; r++) {
      const share = fround(fround(weights[r]! / surprises.length) / parts);
      let sum = 0;
      for (let i = 0; i < parts; i++) {
        sum = fround(sum + this.#learn(output, r, actions[r * parts + i]!, share, gradient));
      }
      surprises[r] = Math.max(0, fround(sum / parts));
    }
    meanOfParts(values, actions, parts, this.#means);
    return weightedMean(surprises, weights);
  }

  /** The cross-entropy of one part's distribution in row r, whose gradient is written. */
  #learn(output: Matrix, r: number, column: number, share: number, gradient: Matrix): number {
    const { atoms, actionCount } = this.#architecture;
    const { pitch, probabilities, largest, sums } = this.#reader;
    const group = r * actionCount + column;
    const logSum = fround(largest[group]! + fround(log(sums[group]!)));
    const [logit, probability] = [
      r * output.stride + column * atoms,
      r * probabilities!.stride + column * pitch,
    ];
    const to = r * gradient.stride + column * atoms;
    let loss = 0;
    for (let z = 0; z < atoms; z++) {
      const target = this.#targets.data[r * this.#targets.stride + z]!;
      loss = fround(loss + fround(target * fround(logSum - output.data[logit + z]!)));
      gradient.data[to + z] = fround(probabilities!.data[probability + z]! - target) * share;
    }
    return loss;
  }

  meanQ(): number {
    return meanOfColumns(this.#means, this.#only);
  }
}
