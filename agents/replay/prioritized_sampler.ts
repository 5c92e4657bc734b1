/**
 * Prioritized experience replay.
 *
 * @module
 */

import { pow } from "../../nn/math/pow.ts";
import type { Pcg32 } from "../pcg32.ts";
import { SumTree } from "./sum_tree.ts";

/** Options of {@linkcode PrioritizedSampler}. */
export interface PrioritizedSamplerOptions {
  /** Number of slots, the capacity of the replay buffer. */
  capacity: number;
  /** α: the power to which priorities are raised, from 0. */
  alpha: number;
  /** Added to every surprise, from 0. */
  epsilon: number;
}

/** The state of a {@linkcode PrioritizedSampler}. */
export interface PrioritizedSamplerSnapshot {
  /** The priority of each slot in use, to the power of α. */
  priorities: Float64Array;
  /** The largest priority so far, before the power. */
  largest: number;
}

/**
 * Chooses which slots of a replay buffer to learn from (Schaul et al. 2016, the proportional variant, algorithm 1): slot i with
 * probability P(i) = p_iᵅ / Σ p_kᵅ, where p_i = |δ_i| + ε. New transitions get the largest priority so far, initially 1.
 *
 * With α = 1, ε = 0 and β = 0 this is the lecture's rule, P(i) = |δ_i| / Σ |δ_k|, without weights.
 *
 * @example Usage
 * ```ts
 * import { Pcg32, PrioritizedSampler } from "@bellman/dqn/agents";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const sampler = new PrioritizedSampler({ capacity: 100, alpha: 1, epsilon: 0 });
 * for (let slot = 0; slot < 10; slot++) sampler.add(slot);
 * sampler.update(new Int32Array([0, 1]), new Float32Array([90, 0])); // a large error in slot 0, none in slot 1
 * const slots = new Int32Array(1_000), weights = new Float32Array(1_000);
 * sampler.sample(10, slots, weights, 0, Pcg32.seeded(0n));
 * assertEquals(slots.includes(1), false);
 * assert(slots.filter((slot) => slot === 0).length > 900); // 90 of 98
 * ```
 */
export class PrioritizedSampler {
  readonly #tree: SumTree;
  readonly #alpha: number;
  readonly #epsilon: number;
  #largest = 1;
  #masses = new Float64Array(0);

  /**
   * Allocates a sampler whose slots are all empty.
   *
   * @param options The number of slots and the exponents.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: PrioritizedSamplerOptions) {
    const { capacity, alpha, epsilon } = options;
    for (const [name, value] of [["alpha", alpha], ["epsilon", epsilon]] as const) {
      if (value >= 0 && value < Infinity) continue;
      throw new RangeError(
        `Cannot create a PrioritizedSampler: ${name} must be finite and from 0, got ${value}`,
      );
    }
    this.#tree = new SumTree(capacity);
    this.#alpha = alpha;
    this.#epsilon = epsilon;
  }

  /**
   * The probability of a slot.
   *
   * @param slot A slot in use.
   * @returns P(slot); 0 while all priorities are 0.
   * @throws {RangeError} If the slot does not exist.
   */
  probability(slot: number): number {
    const { total } = this.#tree;
    const priority = this.#tree.get(slot);
    return total === 0 ? 0 : priority / total;
  }

  /**
   * Registers a new transition in a slot, with the largest priority so far.
   *
   * @param slot The slot.
   * @throws {RangeError} If the slot does not exist.
   */
  add(slot: number): void {
    this.#tree.set(slot, pow(this.#largest, this.#alpha));
  }

  /**
   * Draws slots by stratified sampling, one from each of equal segments of the total priority, with the importance weight of each,
   * (size · P(i))^−β divided by the largest weight drawn.
   *
   * @param size Number of slots in use, the first ones.
   * @param slots Receives the slots.
   * @param weights Receives the weights, in (0, 1].
   * @param beta β, in [0, 1].
   * @param random The stream to draw from, once per slot.
   * @throws {RangeError} If `size` is not from 1 to the capacity, or β is out of range.
   * @throws {TypeError} If there are not as many weights as slots.
   */
  sample(size: number, slots: Int32Array, weights: Float32Array, beta: number, random: Pcg32): void {
    if (size === 0) throw new RangeError("Cannot sample by priority: a slot must be in use, got none");
    if (!(Number.isInteger(size) && size > 0 && size <= this.#tree.capacity)) {
      throw new RangeError(
        `Cannot sample by priority: size must be a whole number from 1 to ${this.#tree.capacity}, got ${size}`,
      );
    }
    if (weights.length !== slots.length) {
      throw new TypeError(
        `Cannot sample by priority: there must be ${slots.length} weights, one per slot, got ${weights.length}`,
      );
    }
    if (!(beta >= 0 && beta <= 1)) {
      throw new RangeError(`Cannot sample by priority: beta must be in [0, 1], got ${beta}`);
    }
    const tree = this.#tree;
    const { total } = tree;
    const count = slots.length;
    if (this.#masses.length !== count) this.#masses = new Float64Array(count);
    // If all priorities are 0, slots are drawn uniformly.
    const extent = total === 0 ? size : total;
    for (let i = 0; i < count; i++) this.#masses[i] = (i + random.next()) / count * extent;
    if (total === 0) slots.set(this.#masses);
    else tree.findAll(this.#masses, slots);
    let least = Infinity;
    for (let i = 0; i < count; i++) least = Math.min(least, tree.get(slots[i]!));
    // (size · P)^−β over its maximum: size and total cancel out.
    for (let i = 0; i < count; i++) {
      weights[i] = total === 0 || beta === 0 ? 1 : pow(least / tree.get(slots[i]!), beta);
    }
  }

  /**
   * Updates the priorities of slots.
   *
   * @param slots Slots in use; of duplicates, the last counts.
   * @param surprises |δ| of each, from 0, finite.
   * @throws {RangeError} If a slot does not exist, or a surprise, or a priority raised to the power of α, is negative or not
   * finite; nothing is changed then.
   * @throws {TypeError} If there are not as many surprises as slots.
   */
  update(slots: Int32Array, surprises: Float32Array): void {
    this.#checkUpdate(slots, surprises);
    for (let i = 0; i < slots.length; i++) {
      const priority = surprises[i]! + this.#epsilon;
      this.#tree.set(slots[i]!, pow(priority, this.#alpha));
      this.#largest = Math.max(this.#largest, priority);
    }
  }

  #checkUpdate(slots: Int32Array, surprises: Float32Array): void {
    const tree = this.#tree;
    if (surprises.length !== slots.length) {
      throw new TypeError(
        `Cannot update priorities: there must be ${slots.length} surprises, one per slot, got ${surprises.length}`,
      );
    }
    let largest = 0;
    for (let i = 0; i < slots.length; i++) {
      const surprise = surprises[i]!;
      if (!(surprise >= 0 && surprise < Infinity)) {
        throw new RangeError(
          `Cannot update priorities: surprises must be finite and from 0, got ${surprise} at index ${i}`,
        );
      }
      tree.check(slots[i]!);
      if (surprise > largest) largest = surprise;
    }
    // Only powers above 1 can overflow float64.
    if (this.#alpha > 1) tree.check(0, slots.length * pow(largest + this.#epsilon, this.#alpha));
  }

  /**
   * The whole state except the options.
   *
   * @param size Number of slots in use.
   * @returns Copies.
   * @throws {RangeError} If the sampler has fewer slots.
   */
  snapshot(size: number): PrioritizedSamplerSnapshot {
    return { priorities: this.#tree.first(size), largest: this.#largest };
  }

  /**
   * Restores a sampler from a snapshot.
   *
   * @param options The options of the sampler that gave the snapshot.
   * @param snapshot From {@linkcode PrioritizedSampler.snapshot}.
   * @returns A new sampler.
   * @throws {RangeError} If there are more priorities than slots, or one is negative or not finite.
   */
  static from(options: PrioritizedSamplerOptions, snapshot: PrioritizedSamplerSnapshot): PrioritizedSampler {
    const sampler = new PrioritizedSampler(options);
    const { priorities, largest } = snapshot;
    if (priorities.length > options.capacity) {
      throw new RangeError(
        `Cannot restore a PrioritizedSampler: it must have at most ${options.capacity} priorities, got ${priorities.length}`,
      );
    }
    if (!(largest >= 1 && largest < Infinity)) {
      throw new RangeError(
        `Cannot restore a PrioritizedSampler: largest must be finite and from 1, got ${largest}`,
      );
    }
    priorities.forEach((priority, slot) => sampler.#tree.set(slot, priority));
    sampler.#largest = largest;
    return sampler;
  }
}
