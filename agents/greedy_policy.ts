/**
 * Acting with a network alone.
 *
 * @module
 */

import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { Kernels } from "../nn/kernels/kernels.ts";
import type { Matrix } from "../nn/matrix.ts";
import type { QNetwork, QNetworkActivations } from "../nn/q_network.ts";
import { QValueReader } from "../nn/q_values.ts";
import { bestOfParts } from "./best_of_parts.ts";
import { checkMask } from "./check_mask.ts";
import { maskActions } from "./action_mask.ts";
import { checkObservations, writeObservations } from "./observation_rows.ts";

/**
 * Takes the action with the highest Q-value, the first of equal ones. This is all that a trained policy needs to play.
 *
 * @example Usage
 * ```ts
 * import { GreedyPolicy } from "@bellman/dqn/agents";
 * import { buildWithKernels, QNetwork } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [],
 *   actionCount: 2,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const policy = buildWithKernels((kernels) => new GreedyPolicy(new QNetwork(architecture, kernels), kernels));
 * policy.network.setTensors([
 *   { name: "layers.0.weight", shape: [4, 2], data: new Float32Array(8) },
 *   { name: "layers.0.bias", shape: [2], data: new Float32Array([0, 1]) }, // action 1 always has the higher value
 * ]);
 * assertEquals(policy.act(new Float32Array(4)), 1);
 * assertEquals(policy.act(new Float32Array(4), new Uint8Array([1, 0])), 0); // unless it is not allowed
 * ```
 */
export class GreedyPolicy {
  /** The network that gives the Q-values. */
  readonly network: QNetwork;
  readonly #kernels: Kernels;
  readonly #firstAction: number;
  readonly #noise: boolean;
  readonly #activations: QNetworkActivations;
  readonly #reader: QValueReader;
  readonly #parts: readonly number[];
  readonly #maximum: Float32Array;
  readonly #positions: Int32Array;

  /**
   * Allocates room for one observation.
   *
   * @param network The network that gives the Q-values.
   * @param kernels Those of the network.
   * @param firstAction The action of the first Q-value: the start of the Discrete action space.
   * @param noise Whether to act with the noise that a noisy network drew last.
   * @throws {RangeError} If the first action is not a whole number.
   */
  constructor(network: QNetwork, kernels: Kernels, firstAction = 0, noise = false) {
    if (!Number.isSafeInteger(firstAction)) {
      throw new RangeError(
        `Cannot create a GreedyPolicy: firstAction must be a whole number, got ${firstAction}`,
      );
    }
    this.network = network;
    this.#kernels = kernels;
    this.#firstAction = firstAction;
    this.#noise = noise;
    this.#activations = network.createActivations(1);
    this.#reader = new QValueReader(network.architecture, 1, kernels);
    this.#parts = network.architecture.actionParts ?? [network.architecture.actionCount];
    this.#maximum = kernels.allocate(1);
    this.#positions = kernels.allocateInt32(this.#parts.length);
  }

  /**
   * Chooses an action.
   *
   * @param observation One element per input of the network; a Uint8Array if the network's architecture has a `byteScale`.
   * @param actionMask Which actions are allowed, 1 or 0 each; an absent or all-zero mask allows every action.
   * @returns The action.
   * @throws {TypeError} If the observation has the wrong type or length, or the mask the wrong length.
   * @throws {RangeError} If an element of the observation is not finite.
   */
  act(observation: BoxArray, actionMask?: Uint8Array): number {
    const { length } = this.#parts;
    if (length > 1) {
      throw new TypeError(
        `Cannot act: the network must be for actions of one part, got ${length} (use bestColumns)`,
      );
    }
    return this.#firstAction + this.bestColumns(observation, actionMask)[0]!;
  }

  /**
   * The best value of each part of an action.
   *
   * @param observation As for {@linkcode GreedyPolicy.act}.
   * @param actionMask 1 for each value that is allowed, else 0, part after part; a part that allows none allows all.
   * @returns Its index among the Q-values, of equal ones the first; one per part. A view that the next call overwrites.
   * @throws {TypeError | RangeError} As {@linkcode GreedyPolicy.act}.
   */
  bestColumns(observation: BoxArray, actionMask?: Uint8Array): Int32Array {
    const values = this.#forward(observation);
    if (actionMask !== undefined) {
      checkMask(actionMask, values.columns);
      maskActions(values, actionMask, this.#parts);
    }
    if (this.#parts.length === 1) this.#kernels.rowMax(values, this.#maximum, this.#positions);
    else bestOfParts(values, this.#parts, this.#positions);
    return this.#positions;
  }

  /**
   * The Q-value of each action.
   *
   * @param observation One element per input of the network; a Uint8Array if the network's architecture has a `byteScale`.
   * @returns One value per action, in a fresh array.
   * @throws {TypeError} If the observation has the wrong type or length.
   * @throws {RangeError} If an element of it is not finite.
   */
  qValues(observation: BoxArray): Float32Array {
    const { data, columns } = this.#forward(observation);
    return data.slice(0, columns);
  }

  #forward(observation: BoxArray): Matrix {
    const input = this.#activations.observations;
    if (observation.length !== input.columns) {
      throw new TypeError(
        `Cannot act: the observation must have ${input.columns} elements, got ${observation.length}`,
      );
    }
    const { architecture } = this.network;
    checkObservations(observation, architecture, "the observation");
    if (observation instanceof Uint8Array) writeObservations(observation, architecture, input, this.#kernels);
    else input.data.set(observation);
    return this.#reader.read(this.network.forward(this.#activations, this.#noise));
  }
}
