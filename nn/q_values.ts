/**
 * Q-values from the output of a network.
 *
 * @module
 */

import type { Kernels } from "./kernels/kernels.ts";
import { createMatrix, type Matrix } from "./matrix.ts";
import { atomSupport, type NetworkArchitecture } from "./network_architecture.ts";

/**
 * Computes Q-values from the output of a {@linkcode QNetwork}: the output itself, the mean return under C51's probabilities,
 * or the mean of QR-DQN's quantiles.
 *
 * @example Usage
 * ```ts
 * import { createMatrix, QValueReader, ReferenceKernels } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [8],
 *   actionCount: 1,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "c51" as const,
 *   atoms: 3,
 *   vMin: 0,
 *   vMax: 6,
 * };
 * const reader = new QValueReader(architecture, 1, new ReferenceKernels());
 * const output = createMatrix(1, 3); // three equal logits
 * assertEquals(Math.round(reader.read(output).data[0]!), 3); // the mean of 0, 3 and 6
 * ```
 */
export class QValueReader {
  /** C51's probabilities after {@linkcode QValueReader.read}, shape (rows, actions · pitch); undefined for others. */
  readonly probabilities: Matrix | undefined;
  /** Columns of `probabilities` from one action to the next, a multiple of four. */
  readonly pitch: number;
  /** The largest logit of each action, row by row, after {@linkcode QValueReader.read} of C51's logits. */
  readonly largest: Float32Array;
  /** Each sum of exponentials, row by row, after {@linkcode QValueReader.read} of C51's logits. */
  readonly sums: Float32Array;
  readonly #kernels: Kernels;
  readonly #atoms: number;
  /** The weight of each atom in the mean: its return, or its share. */
  readonly #weights: Float32Array;
  readonly #values: Matrix | undefined;

  /**
   * Allocates room for outputs of `rows` rows.
   *
   * @param architecture The network's architecture.
   * @param rows Number of rows.
   * @param kernels The network's kernels.
   */
  constructor(architecture: NetworkArchitecture, rows: number, kernels: Kernels) {
    const { distribution, atoms, actionCount } = architecture;
    const allocate = (length: number) => kernels.allocate(length);
    const groups = distribution === "c51" ? rows * actionCount : 0;
    this.#kernels = kernels;
    this.#atoms = atoms;
    this.pitch = distribution === "c51" ? (atoms + 3) & ~3 : atoms;
    this.probabilities = groups > 0 ? createMatrix(rows, actionCount * this.pitch, allocate) : undefined;
    this.largest = kernels.allocate(groups);
    this.sums = kernels.allocate(groups);
    this.#values = distribution === "none" ? undefined : createMatrix(rows, actionCount, allocate);
    this.#weights = kernels.allocate(distribution === "none" ? 0 : atoms);
    if (distribution === "c51") this.#weights.set(atomSupport(architecture));
    else this.#weights.fill(1 / atoms);
  }

  /**
   * The Q-values of an output.
   *
   * @param output Shape (rows, actions · atoms).
   * @returns Shape (rows, actions): the output itself without a distribution, else a view that the next call overwrites.
   */
  read(output: Matrix): Matrix {
    if (this.#values === undefined) return output;
    if (this.probabilities !== undefined) {
      this.#kernels.heads.softmax(output, this.#atoms, this.probabilities, this.largest, this.sums);
    }
    this.#kernels.heads.atomMeans(this.probabilities ?? output, this.pitch, this.#weights, this.#values);
    return this.#values;
  }
}
