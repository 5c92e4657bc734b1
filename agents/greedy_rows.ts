import type { Kernels } from "../nn/kernels/kernels.ts";
import type { QNetwork, QNetworkActivations } from "../nn/q_network.ts";
import { QValueReader } from "../nn/q_values.ts";
import { allFinite } from "./all_finite.ts";

/** The best actions of many observations, from one forward pass. */
export class GreedyRows {
  readonly #network: QNetwork;
  readonly #kernels: Kernels;
  readonly #activations: QNetworkActivations;
  readonly #reader: QValueReader;
  readonly #maxima: Float32Array;
  readonly #positions: Int32Array;
  readonly #rows: number;

  /** Allocates room for a fixed number of rows. */
  constructor(network: QNetwork, kernels: Kernels, rows: number) {
    this.#network = network;
    this.#kernels = kernels;
    this.#rows = rows;
    this.#activations = network.createActivations(rows);
    this.#reader = new QValueReader(network.architecture, rows, kernels);
    this.#maxima = kernels.allocate(rows);
    this.#positions = kernels.allocateInt32(rows);
  }

  /** The index of the highest Q-value of each row, the first of equal ones; a view that the next call overwrites. */
  choose(observations: Float32Array, noise: boolean): Int32Array {
    const { data, columns, stride } = this.#activations.observations;
    if (observations.length !== this.#rows * columns) {
      throw new TypeError(
        `Cannot act: ${this.#rows} observations must have ${
          this.#rows * columns
        } elements, got ${observations.length}`,
      );
    }
    if (!allFinite(observations)) {
      const at = observations.findIndex((value) => !Number.isFinite(value));
      throw new RangeError(`Cannot act: observations must be finite, got ${observations[at]} at index ${at}`);
    }
    for (let r = 0; r < this.#rows; r++) {
      for (let c = 0; c < columns; c++) data[r * stride + c] = observations[r * columns + c]!;
    }
    const values = this.#reader.read(this.#network.forward(this.#activations, noise));
    this.#kernels.rowMax(values, this.#maxima, this.#positions);
    return this.#positions;
  }
}
