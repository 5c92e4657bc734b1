/**
 * The fingerprint of a network.
 *
 * @module
 */

import type { Tensor } from "../nn/tensor.ts";
import { tensorsHash } from "../nn/tensors_hash.ts";

/**
 * SHA-256 of all parameters as little-endian float32, in the order of the network's tensors, without padding: layer by layer,
 * weight (inputs, outputs) before bias.
 *
 * @param network An `Mlp` or a `QNetwork`.
 * @returns 64 hexadecimal digits.
 *
 * @example Usage
 * ```ts
 * import { weightsHash } from "@bellman/dqn/agents";
 * import { buildWithKernels, Mlp } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 8, 2], kernels));
 * assertEquals(weightsHash(network).length, 64);
 * ```
 */
export function weightsHash(network: { tensors(): Tensor[] }): string {
  return tensorsHash(network.tensors());
}
