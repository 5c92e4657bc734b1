/**
 * The two streams of a dueling network, read separately.
 *
 * @module
 */

import { buildWithKernels, QNetwork } from "@bellman/dqn/nn";

/** The value and the advantages of a state. */
export interface StateParts {
  /** V(s). */
  readonly value: number;
  /** A(s, a) of each action, less their mean: with V(s) they make Q(s, a). */
  readonly advantages: readonly number[];
}

/** Reads the streams of copies of a dueling network. */
export class DuelingStreams {
  readonly #observations: readonly Float32Array[];
  readonly #copy: ReturnType<typeof copyOf>;

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
    this.#observations = observations;
    this.#copy = copyOf(network, observations.length);
  }

  /** The value and the advantages of each state, by a network of the same architecture. */
  read({ parameters }: QNetwork): StateParts[] {
    const { network, activations } = this.#copy;
    network.parameters.set(parameters);
    const { data, stride } = activations.observations;
    this.#observations.forEach((observation, row) => data.set(observation, row * stride));
    network.forward(activations);
    const [, values, advantages] = activations.parts.map((part) => part.at(-1)!);
    return this.#observations.map((_, row) => {
      const own = Array.from(
        { length: advantages!.columns },
        (_, a) => advantages!.data[row * advantages!.stride + a]!,
      );
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      return {
        value: values!.data[row * values!.stride]!,
        advantages: own.map((value) => value - mean),
      };
    });
  }
}

function copyOf({ architecture }: QNetwork, rows: number) {
  return buildWithKernels((kernels) => {
    const network = new QNetwork(architecture, kernels);
    return { network, activations: network.createActivations(rows) };
  });
}
