/**
 * Creating kernels with exactly the memory that is needed.
 *
 * @module
 */

import { createKernels } from "./create_kernels.ts";
import type { KernelName, Kernels } from "./kernels.ts";
import { ReferenceKernels } from "./reference_kernels.ts";

/** Kernels that count allocations. */
class CountingKernels extends ReferenceKernels {
  length = 0;

  #count(length: number): void {
    this.length += Math.ceil(length / 16) * 16;
  }

  override allocate(length: number): Float32Array {
    this.#count(length);
    return super.allocate(length);
  }

  override allocateInt32(length: number): Int32Array {
    this.#count(length);
    return super.allocateInt32(length);
  }
}

/**
 * Builds something on fresh kernels with exactly the memory that it needs: first to measure, then for use.
 *
 * @typeParam T The type of the result.
 * @param build Allocates everything that it needs from the kernels, without any other effect.
 * @param name The implementation; by default the fastest that runs here.
 * @returns The result of the second call of `build`.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, Mlp } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 64, 2], kernels));
 * assertEquals(network.layers.length, 2);
 * ```
 */
export function buildWithKernels<T>(build: (kernels: Kernels) => T, name?: KernelName): T {
  const counter = new CountingKernels();
  build(counter);
  return build(createKernels(counter.length, name));
}
