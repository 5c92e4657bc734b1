/**
 * Choosing an implementation of the kernels.
 *
 * @module
 */

import { simdModule } from "./_simd_module.ts";
import type { KernelName, Kernels } from "./kernels.ts";
import { ReferenceKernels } from "./reference_kernels.ts";
import { SimdKernels } from "./simd_kernels.ts";

/** Every {@linkcode KernelName}. */
export const KERNEL_NAMES: readonly KernelName[] = ["simd", "reference"];

/**
 * Creates kernels with room for `length` elements.
 *
 * @param length The largest number of float32 and int32 elements to allocate, each array rounded up to 16.
 * @param name The implementation; by default `simd` if WebAssembly SIMD is available, else `reference`.
 * @returns Fresh kernels with their own memory.
 * @throws {RangeError} If `length` is not a whole number from 0, or if `name` is not a {@linkcode KernelName}.
 * @throws {TypeError} If `name` is `simd` and WebAssembly SIMD is not available.
 *
 * @example Usage
 * ```ts
 * import { createKernels } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(createKernels(1024).name, "simd"); // in Deno
 * assertEquals(createKernels(1024, "reference").name, "reference");
 * ```
 */
export function createKernels(length: number, name?: KernelName): Kernels {
  switch (name ?? (simdModule() === null ? "reference" : "simd")) {
    case "simd":
      return new SimdKernels(length);
    case "reference":
      return new ReferenceKernels();
    default:
      throw new RangeError(`Cannot create kernels: name must be ${KERNEL_NAMES.join(" or ")}, got ${name}`);
  }
}
