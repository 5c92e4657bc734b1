/**
 * Policies from ONNX files.
 *
 * @module
 */

import { parseBoundedJson } from "../bounded_json.ts";
import type { Tensor } from "../tensor.ts";
import { tensorsHash } from "../tensors_hash.ts";
import type { NetworkArchitecture } from "../network_architecture.ts";
import { ARCHITECTURE, canNormalize, requireArchitecture, tensorShapes } from "./_architecture.ts";
import { buildGraph, MEAN, type Policy, STD } from "./_build_graph.ts";
import { requireEqualGraphs, requireKnownOperators } from "./_compare_graphs.ts";
import { filtersLast } from "../filter_axes.ts";
import { onnxShape } from "./_convolution.ts";
import { FLOAT, type Graph, IR_VERSION, type Model, OPSET_VERSION } from "./_onnx_model.ts";
import { unreadable } from "./_protobuf_reader.ts";
import { readModel } from "./_read_model.ts";
import { expectedSeal, SEAL, WEIGHTS_HASH } from "./_seals.ts";
import type { OnnxPolicyFile } from "./onnx_policy_file.ts";

/** The longest architecture as JSON, with the largest number of layers. */
const ARCHITECTURE_BOUNDS = { depth: 3, length: 100_000 };

/**
 * Reads a policy that {@linkcode encodeOnnx} wrote. Everything is checked, down to each node of the graph: the policy
 * computes the same as the file, and is as it was written, if the file has its hash. Files of other programs are refused.
 *
 * @param bytes The bytes of a file.
 * @returns The policy; copies. Its architecture is never noisy, since the file holds only the means.
 * @throws {SyntaxError} If the bytes are not such a file; the message names the node, the operator or the field.
 *
 * @example Usage
 * ```ts
 * import { decodeOnnx } from "@bellman/dqn/nn";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => decodeOnnx(new Uint8Array(3)), SyntaxError, "Cannot read ONNX");
 * ```
 */
export function decodeOnnx(bytes: Uint8Array): OnnxPolicyFile {
  const model = readModel(bytes);
  requireVersions(model);
  const { graph } = model;
  requireKnownOperators(graph);
  const entries = new Map(model.metadata);
  if (entries.size !== model.metadata.length) {
    throw unreadable("model.metadata_props", "must have distinct keys");
  }
  const architecture = readArchitecture(entries.get(ARCHITECTURE));
  const [weightsHash, seal] = [entries.get(WEIGHTS_HASH), entries.get(SEAL)];
  for (const own of [ARCHITECTURE, WEIGHTS_HASH, SEAL]) entries.delete(own);

  const floats = readFloats(graph);
  const tensors = tensorShapes(architecture).map(({ name, shape }): Tensor => {
    const tensor = floats.get(name);
    const got = tensor === undefined ? "nothing" : `(${tensor.shape.join(", ")})`;
    const wanted = `(${onnxShape(shape).join(", ")})`;
    if (tensor === undefined || got !== wanted) {
      throw unreadable(`initializer ${name}`, `must be of dims ${wanted}, got ${got}`);
    }
    return filtersLast(tensor);
  });
  const normalization = readNormalization(floats, architecture.observationLength);
  if (normalization !== undefined && !canNormalize(architecture)) {
    throw unreadable(`initializer ${MEAN}`, "must be absent for images and bytes");
  }
  const support = floats.get("support")?.data.length ?? 1;
  if (architecture.distribution === "c51" && support !== architecture.atoms) {
    throw unreadable("initializer support", `must have ${architecture.atoms} elements, got ${support}`);
  }
  const expected = buildGraph({ architecture, tensors, normalization });
  requireEqualGraphs(graph, expected);
  requireHash("its weights are", weightsHash, () => tensorsHash(tensors));
  requireHash("it is", seal, () => expectedSeal({ ...model, graph: expected }));
  const { producerName: name, producerVersion: version } = model;
  return {
    architecture,
    tensors,
    ...(normalization === undefined ? {} : { normalization }),
    metadata: Object.fromEntries(entries),
    ...(name === "" && version === "" ? {} : { producer: { name, version } }),
  };
}

/**
 * The hash of a file that the file itself contains. Files of other programs and of earlier versions have none; they can be read, but
 * damage is not detected.
 *
 * @param bytes The bytes of a file.
 * @returns 64 hexadecimal digits, which {@linkcode decodeOnnx} compares; undefined if the file has none.
 * @throws {SyntaxError} If the bytes are not an ONNX file, or have parts that no policy has.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, encodeOnnx, Mlp, onnxSeal } from "@bellman/dqn/nn";
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
 * assertEquals(onnxSeal(bytes), new TextDecoder().decode(bytes.subarray(-64)));
 * ```
 */
export function onnxSeal(bytes: Uint8Array): string | undefined {
  return new Map(readModel(bytes).metadata).get(SEAL);
}

/** Compares a hash with the one in the file, if it has one. */
function requireHash(subject: string, recorded: string | undefined, compute: () => string): void {
  if (recorded === undefined) return;
  const got = compute();
  if (got !== recorded) {
    throw new SyntaxError(
      `Cannot read ONNX: ${subject} damaged: the SHA-256 must be ${recorded.slice(0, 64)}, got ${got}`,
    );
  }
}

function requireVersions({ irVersion, opsets }: Model): void {
  if (irVersion !== IR_VERSION) {
    throw unreadable("model.ir_version", `must be ${IR_VERSION}, got ${irVersion}`);
  }
  const got = opsets.map(({ domain, version }) => domain === "" ? `${version}` : `${domain} ${version}`);
  if (got.length !== 1 || got[0] !== `${OPSET_VERSION}`) {
    throw unreadable(
      "model.opset_import",
      `must be ${OPSET_VERSION} alone, got ${got.join(", ") || "nothing"}`,
    );
  }
}

function readArchitecture(json: string | undefined): NetworkArchitecture {
  const where = "model.metadata_props";
  if (json === undefined) {
    throw unreadable(where, `must have ${ARCHITECTURE}, got none: no policy of this library`);
  }
  let value: unknown;
  try {
    value = parseBoundedJson(json, ARCHITECTURE_BOUNDS);
  } catch {
    throw unreadable(where, `must have ${ARCHITECTURE} as JSON`);
  }
  requireArchitecture(value, (rule) => {
    throw unreadable(where, rule);
  });
  if (value.noisy) throw unreadable(where, "architecture.noisy must be false, got true");
  return value;
}

/** The float32 initializers by name; names must be distinct, and values finite. */
function readFloats(graph: Graph): Map<string, Tensor> {
  const floats = new Map<string, Tensor>();
  for (const { name, dims, type, data } of graph.initializers) {
    if (floats.has(name)) throw unreadable(`initializer ${name}`, "must be there once, got it twice");
    if (type !== FLOAT) continue;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const values = new Float32Array(data.length / 4);
    for (let i = 0; i < values.length; i++) {
      values[i] = view.getFloat32(4 * i, true);
      if (!Number.isFinite(values[i])) {
        throw unreadable(`initializer ${name}`, `must be finite, got ${values[i]} at index ${i}`);
      }
    }
    floats.set(name, { name, shape: dims, data: values });
  }
  return floats;
}

function readNormalization(
  floats: ReadonlyMap<string, Tensor>,
  length: number,
): Policy["normalization"] {
  const [mean, std] = [floats.get(MEAN)?.data, floats.get(STD)?.data];
  if (mean === undefined && std === undefined) return undefined;
  if (mean === undefined || mean.length !== length || std === undefined || std.length !== length) {
    throw unreadable(`initializers ${MEAN} and ${STD}`, `must both have ${length} elements`);
  }
  const flat = std.find((value) => value <= 0);
  if (flat !== undefined) throw unreadable(`initializer ${STD}`, `must be above 0, got ${flat}`);
  return { mean, std };
}
