/**
 * Policies as ONNX files.
 *
 * @module
 */

import { tensorsHash } from "../tensors_hash.ts";
import {
  ARCHITECTURE,
  canNormalize,
  plainArchitecture,
  requireArchitecture,
  tensorShapes,
} from "./_architecture.ts";
import { buildGraph, type Policy } from "./_build_graph.ts";
import { IR_VERSION, OPSET_VERSION } from "./_onnx_model.ts";
import { SEAL, WEIGHTS_HASH, writeSealedModel } from "./_seals.ts";
import type { ObservationNormalization, OnnxPolicyFile } from "./onnx_policy_file.ts";

/**
 * Writes a policy as an ONNX model (IR 8, opset 13) that any ONNX runtime runs: input `observation`, shape (batch,
 * observation length), output `q_values`, shape (batch, actions), both float32, the batch of any size. An image is an input of shape
 * (batch, rows, columns, channels), and bytes are uint8. Their division, convolutions, normalisation, dueling
 * streams and distributions are part of the graph. For a noisy network, the means are written, which are the policy. The metadata ends
 * with the SHA-256 of the weights, `weights_sha256`, and that of the whole file with zeros in its place, `sha256`.
 *
 * @param policy The network, the normalisation before it, and texts to store with it.
 * @returns The bytes of the file; equal policies give equal bytes.
 * @throws {TypeError} If the tensors or the normalisation do not fit the architecture.
 * @throws {RangeError} If a number of the architecture is out of range, a weight is not finite, a deviation is not above 0, or
 * the metadata uses the key `architecture`, `weights_sha256` or `sha256`, which are reserved.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, decodeOnnx, encodeOnnx, Mlp } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 64, 2], kernels));
 * const bytes = encodeOnnx({
 *   architecture: {
 *     observationLength: 4,
 *     hidden: [64],
 *     actionCount: 2,
 *     dueling: false,
 *     noisy: false,
 *     distribution: "none",
 *     atoms: 1,
 *     vMin: 0,
 *     vMax: 0,
 *   },
 *   tensors: network.tensors(),
 *   metadata: { env: "CartPole-v1" },
 * });
 * assertEquals(decodeOnnx(bytes).tensors, network.tensors());
 * ```
 */
export function encodeOnnx(policy: OnnxPolicyFile): Uint8Array<ArrayBuffer> {
  requireArchitecture(policy.architecture, (rule) => {
    throw new RangeError(`Cannot write ONNX: ${rule}`);
  });
  const architecture = plainArchitecture(policy.architecture);
  const { metadata, producer } = policy;
  const tensors = policy.architecture.noisy
    ? policy.tensors.filter(({ name }) => !name.endsWith("_sigma"))
    : policy.tensors;
  requireTensors(tensors, tensorShapes(architecture));
  if (policy.normalization !== undefined && !canNormalize(architecture)) {
    throw new TypeError("Cannot write ONNX: normalization must be absent for images and bytes");
  }
  const normalization = roundNormalization(policy.normalization, architecture.observationLength);
  for (const key of [ARCHITECTURE, WEIGHTS_HASH, SEAL]) {
    if (!Object.hasOwn(metadata, key)) continue;
    throw new RangeError(`Cannot write ONNX: the metadata must not contain the reserved key ${key}`);
  }
  const own = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const inOrder = tensorShapes(architecture).map(({ name }) => own.get(name)!);
  return writeSealedModel({
    irVersion: IR_VERSION,
    producerName: producer?.name ?? "",
    producerVersion: producer?.version ?? "",
    opsets: [{ domain: "", version: OPSET_VERSION }],
    graph: buildGraph({ architecture, tensors, normalization }),
    metadata: [
      [ARCHITECTURE, JSON.stringify(architecture)],
      ...Object.entries(metadata),
      [WEIGHTS_HASH, tensorsHash(inOrder)],
    ],
  });
}

function requireTensors(tensors: OnnxPolicyFile["tensors"], expected: ReturnType<typeof tensorShapes>): void {
  const rest = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape } of expected) {
    const tensor = rest.get(name);
    const wanted = `(${shape.join(", ")})`;
    const got = tensor === undefined ? "nothing" : `(${tensor.shape.join(", ")})`;
    if (tensor === undefined || got !== wanted) {
      throw new TypeError(`Cannot write ONNX: tensor ${name} must be of shape ${wanted}, got ${got}`);
    }
    const elements = shape.reduce((product, size) => product * size, 1);
    if (tensor.data.length !== elements) {
      throw new TypeError(
        `Cannot write ONNX: tensor ${name} must have ${elements} elements, got ${tensor.data.length}`,
      );
    }
    const spoiled = tensor.data.find((value) => !Number.isFinite(value));
    if (spoiled !== undefined) {
      throw new RangeError(`Cannot write ONNX: tensor ${name} must be finite, got ${spoiled}`);
    }
    rest.delete(name);
  }
  for (const name of rest.keys()) {
    throw new TypeError(`Cannot write ONNX: tensor ${name} must be part of the architecture`);
  }
  if (tensors.length !== expected.length) {
    throw new TypeError("Cannot write ONNX: names of tensors must differ, got one twice");
  }
}

function roundNormalization(
  normalization: ObservationNormalization | undefined,
  length: number,
): Policy["normalization"] {
  if (normalization === undefined) return undefined;
  const round = (name: "mean" | "std", rule: string, holds: (value: number) => boolean) => {
    const values = Float32Array.from(normalization[name]);
    if (values.length !== length) {
      throw new TypeError(
        `Cannot write ONNX: normalization.${name} must have ${length} elements, got ${values.length}`,
      );
    }
    const spoiled = values.find((value) => !Number.isFinite(value) || !holds(value));
    if (spoiled === undefined) return values;
    throw new RangeError(`Cannot write ONNX: normalization.${name} must be ${rule}, got ${spoiled}`);
  };
  const mean = round("mean", "finite", () => true);
  return { mean, std: round("std", "finite and above 0", (value) => value > 0) };
}
