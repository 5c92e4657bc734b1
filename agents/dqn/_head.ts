import type { Matrix } from "../../nn/matrix.ts";

/** The policy in the next states: one action in each, or a probability for every action. */
export interface NextPolicy {
  /** The column of the best action of each row, or of the best value of each part of it; ignored with `soft`. */
  readonly actions: Int32Array;
  /** π and τ ln π, shape (rows, actions); undefined for a greedy policy. */
  readonly soft: { readonly policy: Matrix; readonly logPolicy: Matrix } | undefined;
}

/** The meaning of a network's output: its Q-values, its targets and its loss. */
export interface Head {
  /** Q-values of an output, shape (rows, actions); the head keeps what {@linkcode Head.setTargets} uses. */
  read(output: Matrix): Matrix;

  /**
   * Sets the targets from the output read last, which is the target network's at the next states.
   *
   * @param rewards One per row.
   * @param discounts One per row, 0 where the task ended.
   * @param next The policy in the next states.
   */
  setTargets(rewards: Float32Array, discounts: Float32Array, next: NextPolicy): void;

  /**
   * The weighted mean loss of an output against the targets.
   *
   * @param output The output of the online network.
   * @param actions The column of the action taken in each row, or of the value of each part of it.
   * @param weights One per row.
   * @param gradient Receives dLoss/doutput.
   * @returns The loss.
   */
  loss(output: Matrix, actions: Int32Array, weights: Float32Array, gradient: Matrix): number;

  /** The size of each row's error, after {@linkcode Head.loss}; priorities follow from it. */
  readonly surprises: Float32Array;

  /** The mean Q-value of the actions taken, after {@linkcode Head.loss}. */
  meanQ(actions: Int32Array): number;
}

/** Σ weight · loss / rows, in the order of the rows, each operation rounded to float32. */
export function weightedMean(losses: Float32Array, weights: Float32Array): number {
  let sum = 0;
  for (let r = 0; r < losses.length; r++) sum = Math.fround(sum + Math.fround(weights[r]! * losses[r]!));
  return Math.fround(sum / losses.length);
}

/** The mean over rows of the value in one column of each, in float64. */
export function meanOfColumns(values: Matrix, columns: Int32Array): number {
  let sum = 0;
  for (let r = 0; r < values.rows; r++) sum += values.data[r * values.stride + columns[r]!]!;
  return sum / values.rows;
}
