import type { Kernels } from "../../nn/kernels/kernels.ts";
import { createMatrix, type Matrix } from "../../nn/matrix.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import { QValueReader } from "../../nn/q_values.ts";
import { type Head, meanOfColumns, type NextPolicy, weightedMean } from "./_head.ts";

const { fround } = Math;

/** QR-DQN (Dabney et al. 2018): quantiles of the return, quantile Huber loss against every quantile of the target. */
export class QuantileHead implements Head {
  /** The size of each row's TD error between the means. */
  readonly surprises: Float32Array;
  readonly #kernels: Kernels;
  readonly #reader: QValueReader;
  readonly #architecture: NetworkArchitecture;
  readonly #targets: Matrix;
  readonly #losses: Float32Array;
  #next: Matrix | undefined;
  #values: Matrix | undefined;

  constructor(rows: number, kernels: Kernels, architecture: NetworkArchitecture) {
    this.#kernels = kernels;
    this.#architecture = architecture;
    this.#reader = new QValueReader(architecture, rows, kernels);
    this.#targets = createMatrix(rows, architecture.atoms, (length) => kernels.allocate(length));
    this.#losses = kernels.allocate(rows);
    this.surprises = new Float32Array(rows);
  }

  read(output: Matrix): Matrix {
    this.#next = output;
    return this.#values = this.#reader.read(output);
  }

  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void {
    const { data, stride } = this.#next!;
    const { atoms } = this.#architecture;
    const targets = this.#targets;
    for (let r = 0; r < rewards.length; r++) {
      const discount = discounts[r]!;
      const from = r * stride + next.actions[r]! * atoms;
      for (let z = 0; z < atoms; z++) {
        const value = next.soft === undefined ? data[from + z]! : this.#softQuantile(next.soft, r, z);
        const future = discount === 0 ? 0 : fround(discount * value);
        targets.data[r * targets.stride + z] = rewards[r]! + future;
      }
    }
  }

  /** Σ π (quantile − τ ln π) over actions, in float64, rounded once, as in Munchausen-IQN. */
  #softQuantile({ policy, logPolicy }: NonNullable<NextPolicy["soft"]>, r: number, z: number): number {
    const { data, stride } = this.#next!;
    const { atoms, actionCount } = this.#architecture;
    let sum = 0;
    for (let a = 0; a < actionCount; a++) {
      const probability = policy.data[r * policy.stride + a]!;
      if (probability === 0) continue;
      sum += probability * (data[r * stride + a * atoms + z]! - logPolicy.data[r * logPolicy.stride + a]!);
    }
    return fround(sum);
  }

  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number {
    const { data, stride, columns: atoms } = this.#targets;
    const values = this.read(output);
    this.#kernels.heads.quantileHuber(output, actions, this.#targets, weights, gradient, this.#losses);
    for (let r = 0; r < output.rows; r++) {
      let sum = 0;
      for (let z = 0; z < atoms; z++) sum += data[r * stride + z]!;
      this.surprises[r] = Math.abs(sum / atoms - values.data[r * values.stride + actions[r]!]!);
    }
    return weightedMean(this.#losses, weights);
  }

  meanQ(actions: Int32Array): number {
    return meanOfColumns(this.#values!, actions);
  }
}
