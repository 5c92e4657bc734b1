import { Sha256 } from "../../agents/mod.ts";
import { encodeOnnx } from "../../nn/mod.ts";
import { ARCHITECTURES, randomPolicy } from "../nn/onnx/_policies.ts";

/** Where the pinned values lie. */
export const GOLDEN_ONNX_FILE: URL = new URL("onnx.json", import.meta.url);

/** SHA-256 of the file of each kind of policy, normalised. */
export function onnxHashes(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ARCHITECTURES).map(([name, architecture]) => {
      const policy = randomPolicy(architecture, { normalized: true });
      const producer = { name: "golden", version: "0" };
      const hash = new Sha256();
      hash.update(encodeOnnx({ ...policy, producer, metadata: { env: "CartPole-v1", config: "{}" } }));
      return [name, hash.digest()];
    }),
  );
}
