import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { Kernels } from "../nn/kernels/kernels.ts";
import type { Matrix } from "../nn/matrix.ts";
import type { QNetwork, QNetworkActivations } from "../nn/q_network.ts";
import { QValueReader } from "../nn/q_values.ts";
import { maskActions } from "./action_mask.ts";
import { bestOfParts } from "./best_of_parts.ts";
import { meanOfParts } from "./mean_of_parts.ts";
import { checkObservations, writeObservations } from "./observation_rows.ts";

/** The best actions of many observations, from one forward pass. */
export class GreedyRows {
  /** The index of the highest Q-value of each row, or of each of its parts, the first of equal ones; overwritten by each look. */
  readonly best: Int32Array;
  /** The highest Q-value of each row, or the mean over its parts of theirs; overwritten by each look. */
  readonly values: Float32Array;
  readonly #network: QNetwork;
  readonly #kernels: Kernels;
  readonly #activations: QNetworkActivations;
  readonly #reader: QValueReader;
  readonly #parts: readonly number[];
  /** The values as a matrix of one column. */
  readonly #means: Matrix;

  /** Allocates room for a fixed number of rows. */
  constructor(network: QNetwork, kernels: Kernels, rows: number) {
    this.#network = network;
    this.#kernels = kernels;
    this.#activations = network.createActivations(rows);
    this.#reader = new QValueReader(network.architecture, rows, kernels);
    this.values = kernels.allocate(rows);
    this.#means = { data: this.values, rows, columns: 1, stride: 1 };
    this.#parts = network.architecture.actionParts ?? [network.architecture.actionCount];
    this.best = kernels.allocateInt32(rows * this.#parts.length);
  }

  /** The observations of the last look. */
  get observations(): Matrix {
    return this.#activations.observations;
  }

  /** Checks the observations and looks at them, with a mask for each row if there are any; returns {@linkcode GreedyRows.best}. */
  choose(observations: BoxArray, noise: boolean, masks?: Uint8Array): Int32Array {
    const { rows, columns } = this.observations;
    if (observations.length !== rows * columns) {
      throw new TypeError(
        `Cannot act: ${rows} observations must have ${rows * columns} elements, got ${observations.length}`,
      );
    }
    checkObservations(observations, this.#network.architecture, "observations");
    this.look(observations, noise, masks);
    return this.best;
  }

  /** Finds the best action of each row of finite observations. */
  look(observations: BoxArray, noise = false, masks?: Uint8Array): void {
    writeObservations(observations, this.#network.architecture, this.observations, this.#kernels);
    const values = this.#reader.read(this.#network.forward(this.#activations, noise));
    if (masks !== undefined) maskActions(values, masks, this.#parts);
    if (this.#parts.length === 1) this.#kernels.rowMax(values, this.values, this.best);
    else {
      bestOfParts(values, this.#parts, this.best);
      meanOfParts(values, this.best, this.#parts.length, this.#means);
    }
  }
}
