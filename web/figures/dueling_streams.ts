/**
 * The two streams of a dueling network, read separately.
 *
 * @module
 */

import type { Matrix, QNetwork } from "@bellman/dqn/nn";
import { meanOf } from "../../scripts/values/statistics.ts";
import { NetworkCopy } from "./network_copy.ts";

/** The value and the advantages of a state. */
export interface StateParts {
  /** V(s). */
  readonly value: number;
  /** A(s, a) of each action, less their mean: with V(s) they make Q(s, a). */
  readonly advantages: readonly number[];
}

/** Reads the streams of a dueling network. */
export class DuelingStreams {
  readonly #copy: NetworkCopy;
  readonly #states: number;

  /**
   * Makes room for a copy.
   *
   * @param network A dueling network.
   * @param observations The states to read it in.
   */
  constructor(network: QNetwork, observations: readonly Float32Array[]) {
    if (!network.architecture.dueling) {
      throw new TypeError("Cannot read streams: the network must be dueling");
    }
    this.#copy = new NetworkCopy(network, observations);
    this.#states = observations.length;
  }

  /** The value and the advantages of each state now. */
  read(): StateParts[] {
    const [, values, advantages] = this.#copy.forward().parts.map((part) => part.at(-1)!);
    return Array.from({ length: this.#states }, (_, row) => {
      const own = rowOf(advantages!, row);
      const mean = meanOf(own);
      return { value: rowOf(values!, row)[0]!, advantages: own.map((value) => value - mean) };
    });
  }
}

function rowOf({ data, stride, columns }: Matrix, row: number): number[] {
  return Array.from(data.subarray(row * stride, row * stride + columns));
}
