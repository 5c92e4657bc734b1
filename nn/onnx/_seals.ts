/**
 * The hashes in an ONNX file, which detect damage.
 *
 * @module
 */

import { Sha256 } from "../sha256.ts";
import type { Model } from "./_onnx_model.ts";
import { writeModel } from "./_write_model.ts";

/** The metadata key of the hash of the weights. */
export const WEIGHTS_HASH = "weights_sha256";
/** The metadata key of the hash of the whole file; it comes last. */
export const SEAL = "sha256";

/** The placeholder of a seal while it is computed. */
const NO_SEAL = "0".repeat(64);

/** Writes a model with its seal: SHA-256 of the file with 64 zeros in its place, which are the file's last bytes. */
export function writeSealedModel(model: Model): Uint8Array<ArrayBuffer> {
  const bytes = writeModel({ ...model, metadata: [...model.metadata, [SEAL, NO_SEAL]] });
  bytes.set(new TextEncoder().encode(sealOf(bytes)), bytes.length - NO_SEAL.length);
  return bytes;
}

/** The expected seal of a model: that of the file as written here, whatever the order of its parts when it was read. */
export function expectedSeal(model: Model): string {
  return sealOf(writeModel({
    ...model,
    metadata: model.metadata.map(([key, value]) => [key, key === SEAL ? NO_SEAL : value]),
  }));
}

function sealOf(bytes: Uint8Array): string {
  const hash = new Sha256();
  hash.update(bytes);
  return hash.digest();
}
