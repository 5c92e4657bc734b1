/**
 * The fingerprint of tensors.
 *
 * @module
 */

import { Sha256 } from "./sha256.ts";
import type { Tensor } from "./tensor.ts";

/** Elements converted to bytes at a time, which avoids a second copy of a large network. */
const PIECE = 16_384;

/** SHA-256 of all elements as little-endian float32, tensor by tensor, without padding. */
export function tensorsHash(tensors: readonly Tensor[]): string {
  const hash = new Sha256();
  const bytes = new Uint8Array(4 * PIECE);
  const view = new DataView(bytes.buffer);
  for (const { data } of tensors) {
    for (let first = 0; first < data.length; first += PIECE) {
      const count = Math.min(PIECE, data.length - first);
      for (let i = 0; i < count; i++) view.setFloat32(4 * i, data[first + i]!, true);
      hash.update(bytes.subarray(0, 4 * count));
    }
  }
  return hash.digest();
}
