import type { Kernels } from "../nn/kernels/kernels.ts";
import { log } from "../nn/math/log.ts";
import type { Matrix } from "../nn/matrix.ts";
import type { NetworkArchitecture } from "../nn/network_architecture.ts";
import { QValueReader } from "../nn/q_values.ts";
import { type Head, meanOfColumns, type NextPolicy, weightedMean } from "./_head.ts";
import { addProjection } from "./categorical_projection.ts";

const { fround } = Math;

/** C51 (Bellemare et al. 2017): probabilities of atoms, cross-entropy against the projected distribution. */
export class CategoricalHead implements Head {
  /** The cross-entropy of each row, as Rainbow takes for its priorities (Hessel et al. 2018). */
  readonly surprises: Float32Array;
  readonly #reader: QValueReader;
  readonly #architecture: NetworkArchitecture;
  /** The target of each row, one after the other. */
  readonly #targets: Float32Array;
  readonly #move = { reward: 0, discount: 0, shift: 0, weight: 1 };
  #values: Matrix | undefined;

  constructor(rows: number, kernels: Kernels, architecture: NetworkArchitecture) {
    this.#architecture = architecture;
    this.#reader = new QValueReader(architecture, rows, kernels);
    this.#targets = new Float32Array(rows * architecture.atoms);
    this.surprises = new Float32Array(rows);
  }

  read(output: Matrix): Matrix {
    return this.#values = this.#reader.read(output);
  }

  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void {
    const { actionCount } = this.#architecture;
    const move = this.#move;
    this.#targets.fill(0);
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

  /** Adds the moved distribution of one action in row r to the row's target. */
  #addTo(r: number, action: number): void {
    const { pitch, probabilities } = this.#reader;
    const { data, stride } = probabilities!;
    const at = r * this.#architecture.atoms;
    addProjection(data, r * stride + action * pitch, this.#move, this.#architecture, this.#targets, at);
  }

  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number {
    const { atoms, actionCount } = this.#architecture;
    this.read(output);
    const { pitch, probabilities, largest, sums } = this.#reader;
    const { rows } = output;
    gradient.data.fill(0);
    for (let r = 0; r < rows; r++) {
      const action = actions[r]!;
      const group = r * actionCount + action;
      const logSum = fround(largest[group]! + fround(log(sums[group]!)));
      const logits = r * output.stride + action * atoms;
      const chances = r * probabilities!.stride + action * pitch;
      const to = r * gradient.stride + action * atoms;
      let loss = 0;
      for (let z = 0; z < atoms; z++) {
        const target = this.#targets[r * atoms + z]!;
        loss = fround(loss + fround(target * fround(logSum - output.data[logits + z]!)));
        const slope = fround(probabilities!.data[chances + z]! - target);
        gradient.data[to + z] = fround(weights[r]! * slope) / rows;
      }
      this.surprises[r] = Math.max(0, loss);
    }
    return weightedMean(this.surprises, weights);
  }

  meanQ(actions: Int32Array): number {
    return meanOfColumns(this.#values!, actions);
  }
}
