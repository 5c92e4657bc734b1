/**
 * The fingerprint of a network.
 *
 * @module
 */

import type { Tensor } from "../nn/tensor.ts";
import { Sha256 } from "./sha256.ts";

/** Parameters that are turned into bytes at a time: no second copy of a large network. */
const PIECE = 16_384;

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
  const hash = new Sha256();
  const bytes = new Uint8Array(4 * PIECE);
  const view = new DataView(bytes.buffer);
  for (const { data } of network.tensors()) {
    for (let first = 0; first < data.length; first += PIECE) {
      const count = Math.min(PIECE, data.length - first);
      for (let i = 0; i < count; i++) view.setFloat32(4 * i, data[first + i]!, true);
      hash.update(bytes.subarray(0, 4 * count));
    }
  }
  return hash.digest();
}
