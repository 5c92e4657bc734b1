/**
 * Sizing the memory of kernels by what is built on them.
 *
 * @module
 */

import { createKernels } from "./create_kernels.ts";
import type { KernelName, Kernels } from "./kernels.ts";
import { ReferenceKernels } from "./reference_kernels.ts";

/** Kernels that count how much they hand out. */
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
 * Builds something on fresh kernels whose memory is just as large as it needs: once to measure, once for good.
 *
 * @typeParam T What is built.
 * @param build Allocates everything it will ever need from the kernels, and has no other effect.
 * @param name Which kernels; the fastest that run here when absent.
 * @returns What `build` returned the second time.
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
