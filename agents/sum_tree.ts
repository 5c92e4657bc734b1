/**
 * Drawing by priority.
 *
 * @module
 */

import { requireWhole } from "./_require_whole.ts";

/**
 * A binary tree whose leaves hold priorities and whose nodes hold the sums of what is below them (Schaul et al. 2016, B.2.1).
 * A node is always the sum of its two children in float64, whatever came before: no error builds up, and equal leaves give
 * equal trees.
 *
 * | operation | cost |
 * |---|---|
 * | `set`, `find` | O(log capacity), allocates nothing |
 * | `total`, `get` | O(1) |
 * | memory | 16 bytes per leaf, capacity rounded up to a power of two |
 *
 * @example Usage
 * ```ts
 * import { SumTree } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const tree = new SumTree(3);
 * tree.set(0, 1);
 * tree.set(2, 3);
 * assertEquals(tree.total, 4);
 * assertEquals([0, 0.9, 1, 3.9].map((mass) => tree.find(mass)), [0, 0, 2, 2]);
 * ```
 */
export class SumTree {
  /** Number of leaves. */
  readonly capacity: number;
  readonly #nodes: Float64Array;
  /** Where the leaves begin; the children of node i are 2i and 2i + 1, and the root is 1. */
  readonly #leaves: number;

  /**
   * Allocates a tree of zeros.
   *
   * @param capacity Number of leaves, a whole number from 1.
   * @throws {RangeError} If it is not, or the tree does not fit into memory.
   */
  constructor(capacity: number) {
    requireWhole("create a SumTree", "capacity", capacity, 1);
    let leaves = 1;
    while (leaves < capacity) leaves *= 2;
    try {
      this.#nodes = new Float64Array(2 * leaves);
    } catch {
      throw new RangeError(`Cannot create a SumTree: capacity must fit into memory, got ${capacity}`);
    }
    this.capacity = capacity;
    this.#leaves = leaves;
  }

  /** The sum of all priorities. */
  get total(): number {
    return this.#nodes[1]!;
  }

  /**
   * The priority of a leaf.
   *
   * @param leaf A whole number from 0 below `capacity`.
   * @returns The priority.
   */
  get(leaf: number): number {
    return this.#nodes[this.#leaves + leaf]!;
  }

  /**
   * Sets the priority of a leaf.
   *
   * @param leaf A whole number from 0 below `capacity`.
   * @param priority From 0, finite.
   * @throws {RangeError} If the leaf does not exist, or the priority is negative or not finite.
   */
  set(leaf: number, priority: number): void {
    if (!(leaf >= 0 && leaf < this.capacity)) {
      throw new RangeError(`Cannot set a priority: leaf must be from 0 to ${this.capacity - 1}, got ${leaf}`);
    }
    if (!(priority >= 0 && priority < Infinity)) {
      throw new RangeError(`Cannot set a priority: priority must be finite and from 0, got ${priority}`);
    }
    const nodes = this.#nodes;
    let node = this.#leaves + leaf;
    nodes[node] = priority;
    for (node >>>= 1; node >= 1; node >>>= 1) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
  }

  /**
   * The leaf that a mass falls into, when the priorities lie one after the other. Never a leaf of priority 0, unless all are.
   *
   * @param mass From 0 up to `total`.
   * @returns The leaf; the last with a priority for masses from `total` on.
   */
  find(mass: number): number {
    const nodes = this.#nodes;
    const leaves = this.#leaves;
    let rest = mass;
    let node = 1;
    while (node < leaves) {
      node *= 2;
      const left = nodes[node]!;
      if (rest < left || nodes[node + 1] === 0) continue;
      rest -= left;
      node++;
    }
    return node - leaves;
  }
}
