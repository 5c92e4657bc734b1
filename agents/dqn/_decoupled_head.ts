import type { Kernels } from "../../nn/kernels/kernels.ts";
import { createMatrix, type Matrix } from "../../nn/matrix.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import { QValueReader } from "../../nn/q_values.ts";
import { meanOfParts, shareOfParts } from "../mean_of_parts.ts";
import type { Head, NextPolicy } from "./_head.ts";

/**
 * Decoupled Q-networks (Seyde et al. 2022, eq. 2): the value of an action of several parts is the mean of its parts' values, in
 * float32, summed in the order of the parts. Another head learns that mean as the value of the only action there is; each part
 * receives an equal share of the gradient. With quantiles, quantile z of an action is the mean of its parts' quantiles z.
 */
export class DecoupledHead implements Head {
  readonly #joint: Head;
  readonly #reader: QValueReader;
  readonly #parts: number;
  readonly #values: Matrix;
  readonly #gradient: Matrix;
  /** The only action of the joint head, in each row. */
  readonly #only: Int32Array;
  #output: Matrix | undefined;

  /** A head for actions of several parts, and the head of its means, which must be for networks of one action. */
  constructor(rows: number, kernels: Kernels, architecture: NetworkArchitecture, joint: Head) {
    const { atoms, actionParts = [] } = architecture;
    const allocate = (length: number) => kernels.allocate(length);
    this.#joint = joint;
    this.#reader = new QValueReader(architecture, rows, kernels);
    this.#parts = actionParts.length;
    this.#values = createMatrix(rows, atoms, allocate);
    this.#gradient = createMatrix(rows, atoms, allocate);
    this.#only = kernels.allocateInt32(rows);
  }

  get surprises(): Float32Array {
    return this.#joint.surprises;
  }

  read(output: Matrix): Matrix {
    this.#output = output;
    return this.#reader.read(output);
  }

  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void {
    if (this.#output === undefined) throw new Error("Cannot set targets: an output must be read first");
    this.#joint.read(this.#mean(this.#output, next.actions));
    this.#joint.setTargets(rewards, discounts, { actions: this.#only, soft: undefined });
  }

  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number {
    const loss = this.#joint.loss(this.#mean(output, actions), this.#only, weights, this.#gradient);
    shareOfParts(this.#gradient, actions, this.#parts, gradient);
    return loss;
  }

  meanQ(): number {
    return this.#joint.meanQ(this.#only);
  }

  /** The mean over parts of the values of each row's columns, for each atom. */
  #mean(output: Matrix, columns: Int32Array): Matrix {
    meanOfParts(output, columns, this.#parts, this.#values);
    return this.#values;
  }
}
