import type { Kernels, Loss } from "../../nn/kernels/kernels.ts";
import type { Matrix } from "../../nn/matrix.ts";
import type { Head, NextPolicy } from "./_head.ts";
import { softValues } from "./munchausen.ts";
import { tdTargets, valuesOfActions } from "./td_targets.ts";

/** One value per action: squared or Huber loss of the TD error. */
export class ValueHead implements Head {
  readonly surprises: Float32Array;
  readonly #kernels: Kernels;
  readonly #loss: Loss;
  readonly #nextValues: Float32Array;
  readonly #targets: Float32Array;
  readonly #tdErrors: Float32Array;
  #next: Matrix | undefined;

  constructor(rows: number, kernels: Kernels, loss: Loss) {
    this.#kernels = kernels;
    this.#loss = loss;
    this.#nextValues = kernels.allocate(rows);
    this.#targets = kernels.allocate(rows);
    this.#tdErrors = kernels.allocate(rows);
    this.surprises = new Float32Array(rows);
  }

  read(output: Matrix): Matrix {
    this.#next = output;
    return output;
  }

  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void {
    const values = this.#next;
    if (values === undefined) throw new Error("Cannot set targets: an output must be read first");
    if (next.soft === undefined) valuesOfActions(values, next.actions, this.#nextValues);
    else softValues(values, next.soft.policy, next.soft.logPolicy, this.#nextValues);
    tdTargets(rewards, discounts, this.#nextValues, this.#targets);
  }

  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number {
    const tdErrors = this.#tdErrors;
    const loss = this.#kernels.tdLoss(
      this.#loss,
      output,
      actions,
      this.#targets,
      weights,
      gradient,
      tdErrors,
    );
    for (let r = 0; r < tdErrors.length; r++) this.surprises[r] = Math.abs(tdErrors[r]!);
    return loss;
  }

  meanQ(): number {
    let sum = 0;
    for (let r = 0; r < this.#targets.length; r++) sum += this.#targets[r]! + this.#tdErrors[r]!;
    return sum / this.#targets.length;
  }
}
