/**
 * Acting from a network alone.
 *
 * @module
 */

import type { Kernels } from "../nn/kernels/kernels.ts";
import type { Matrix } from "../nn/matrix.ts";
import type { Mlp } from "../nn/mlp.ts";

/**
 * Takes the action of the highest Q-value; of equal ones, the first. All that a trained policy needs to play.
 *
 * @example Usage
 * ```ts
 * import { GreedyPolicy } from "@bellman/dqn/agents";
 * import { buildWithKernels, Mlp } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const policy = buildWithKernels((kernels) => new GreedyPolicy(new Mlp([4, 8, 2], kernels), kernels));
 * policy.network.layers[1]!.bias[1] = 1; // action 1 looks better, wherever
 * assertEquals(policy.act(new Float32Array(4)), 1);
 * ```
 */
export class GreedyPolicy {
  /** Gives the Q-values. */
  readonly network: Mlp;
  readonly #kernels: Kernels;
  readonly #firstAction: number;
  readonly #activations: readonly Matrix[];
  readonly #maximum: Float32Array;
  readonly #position: Int32Array;

  /**
   * Allocates room for one observation.
   *
   * @param network Gives the Q-values.
   * @param kernels Those of the network.
   * @param firstAction The action of the first Q-value: the start of the Discrete action space.
   */
  constructor(network: Mlp, kernels: Kernels, firstAction = 0) {
    this.network = network;
    this.#kernels = kernels;
    this.#firstAction = firstAction;
    this.#activations = network.createActivations(1);
    this.#maximum = kernels.allocate(1);
    this.#position = kernels.allocateInt32(1);
  }

  /**
   * Chooses an action.
   *
   * @param observation As long as the network's input.
   * @returns The action.
   * @throws {TypeError} If the observation has another length.
   * @throws {RangeError} If an element of it is not finite.
   */
  act(observation: Float32Array): number {
    this.#kernels.rowMax(this.#forward(observation), this.#maximum, this.#position);
    return this.#firstAction + this.#position[0]!;
  }

  /**
   * The Q-value of each action.
   *
   * @param observation As long as the network's input.
   * @returns One value per action; the caller's to keep.
   * @throws {TypeError} If the observation has another length.
   * @throws {RangeError} If an element of it is not finite.
   */
  qValues(observation: Float32Array): Float32Array {
    const { data, columns } = this.#forward(observation);
    return data.slice(0, columns);
  }

  #forward(observation: Float32Array): Matrix {
    const input = this.#activations[0]!;
    if (observation.length !== input.columns) {
      throw new TypeError(
        `Cannot act: the observation must have ${input.columns} elements, got ${observation.length}`,
      );
    }
    for (let i = 0; i < observation.length; i++) {
      if (Number.isFinite(observation[i])) continue;
      throw new RangeError(
        `Cannot act: the observation must be finite, got ${observation[i]} at index ${i}`,
      );
    }
    input.data.set(observation);
    return this.network.forward(this.#activations);
  }
}
