/**
 * Metadata for ONNX models of other programs.
 *
 * @module
 */

import { openBytes, openFields, openText } from "./_open_fields.ts";
import { ProtobufWriter } from "./protobuf_writer.ts";

/** The field of `ModelProto` with the metadata. */
const METADATA = 14;

/**
 * Adds named texts to a model of any program; everything else stays as it is, byte for byte.
 *
 * @param bytes The bytes of a file.
 * @param metadata The texts; they replace those of the same name.
 * @returns The bytes of another file.
 * @throws {SyntaxError} If the bytes are no ONNX model.
 *
 * @example Usage
 * ```ts
 * import { addOnnxMetadata, buildWithKernels, encodeOnnx, Mlp, onnxOutline } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 2], kernels));
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
 * const bytes = encodeOnnx({ architecture, tensors: network.tensors(), metadata: {} });
 * const named = addOnnxMetadata(bytes, { env: "CartPole-v1" });
 * assertEquals(onnxOutline(named).metadata.env, "CartPole-v1");
 * ```
 */
export function addOnnxMetadata(
  bytes: Uint8Array,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const kept = openFields(bytes, "model").filter(({ field, value }) =>
    field !== METADATA || !Object.hasOwn(metadata, keyOf(value))
  );
  const writer = new ProtobufWriter();
  for (const [key, text] of Object.entries(metadata)) {
    writer.message(METADATA, new ProtobufWriter().text(1, key).text(2, text));
  }
  const added = writer.finish();
  const all = new Uint8Array(kept.reduce((sum, { raw }) => sum + raw.length, added.length));
  let at = 0;
  for (const { raw } of kept) {
    all.set(raw, at);
    at += raw.length;
  }
  all.set(added, at);
  return all;
}

function keyOf(entry: number | Uint8Array): string {
  const where = "model.metadata_props";
  const found = openFields(openBytes(entry, where), where).findLast(({ field }) => field === 1);
  return found === undefined ? "" : openText(found.value);
}
