/**
 * What an ONNX model of any program takes and gives.
 *
 * @module
 */

import { type OpenGraph, openModel, type OpenPort, operatorName } from "./_open_model.ts";
import { NO_EXTERNAL } from "./_constants.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** An input or output of a model. */
export interface OnnxPort {
  /** Its name. */
  readonly name: string;
  /** The type of its elements, such as `float32`; `other` if it is not a tensor of numbers. */
  readonly type: OnnxType;
  /** A length or a name for each dimension; undefined if the model does not tell. */
  readonly shape: readonly (number | string)[] | undefined;
}

/** A type of elements. */
export type OnnxType = "float32" | "float16" | "float64" | "uint8" | "int32" | "int64" | "other";

/** The outside of a model. */
export interface OnnxOutline {
  /** The inputs that a caller must give. */
  readonly inputs: readonly OnnxPort[];
  /** The outputs. */
  readonly outputs: readonly OnnxPort[];
  /** The names of the operators, each once, in alphabetical order; `domain.Name` if they are not the standard's. */
  readonly operators: readonly string[];
  /** Version of the standard's operators; 0 if the model has none. */
  readonly opset: number;
  /** Named texts. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The program that wrote the file, such as `pytorch 1.13.0`. */
  readonly producer: string;
}

/** By `TensorProto.DataType`. */
const TYPES: Readonly<Record<number, OnnxType>> = {
  1: "float32",
  2: "uint8",
  6: "int32",
  7: "int64",
  10: "float16",
  11: "float64",
};

/** The domains whose operators ONNX Runtime knows; that of the standard is empty. */
const DOMAINS = ["", "ai.onnx.ml", "com.microsoft"];

/** Operators of which a small file can take any amount of time. */
const LOOPS = ["Loop", "Scan", "SequenceMap"];

/** Operators that give other actions for the same observation. */
const RANDOM = [
  "Bernoulli",
  "Multinomial",
  "RandomNormal",
  "RandomNormalLike",
  "RandomUniform",
  "RandomUniformLike",
];

/**
 * Reads what a model takes and gives, without running it. Models that need other files, that loop, that draw random
 * numbers, or that have operators or functions of their own are refused: no policy needs them, and a runtime should not see them.
 *
 * @param bytes The bytes of a file of any program.
 * @returns Its inputs, outputs, operators and metadata.
 * @throws {SyntaxError} If the bytes are no ONNX model, or one that is refused; the message names the operator.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, encodeOnnx, Mlp, onnxOutline } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 64, 2], kernels));
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [64],
 *   actionCount: 2,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const { inputs, outputs, operators } = onnxOutline(
 *   encodeOnnx({ architecture, tensors: network.tensors(), metadata: {} }),
 * );
 * assertEquals(inputs, [{ name: "observation", type: "float32", shape: ["batch", 4] }]);
 * assertEquals(outputs, [{ name: "q_values", type: "float32", shape: ["batch", 2] }]);
 * assertEquals(operators, ["Gemm", "Relu"]);
 * ```
 */
export function onnxOutline(bytes: Uint8Array): OnnxOutline {
  const { graph, metadata, functions, opset, producerName, producerVersion } = openModel(bytes);
  if (functions[0] !== undefined) {
    throw unreadable(
      "model.functions",
      `must be absent (export without functions of its own), got ${functions[0]}`,
    );
  }
  const operators = new Set<string>();
  collectOperators(graph, operators);
  const initialized = new Set(graph.initializers.map(({ name }) => name));
  return {
    inputs: graph.inputs.filter(({ name }) => !initialized.has(name)).map(outside),
    outputs: graph.outputs.map(outside),
    operators: [...operators].sort(),
    opset,
    metadata: Object.fromEntries(metadata),
    producer: `${producerName} ${producerVersion}`.trim(),
  };
}

function outside({ name, type, shape }: OpenPort): OnnxPort {
  return { name, type: TYPES[type] ?? "other", shape };
}

function collectOperators(graph: OpenGraph, operators: Set<string>): void {
  const tensors = [...graph.initializers];
  for (const node of graph.nodes) {
    const name = operatorName(node);
    if (!DOMAINS.includes(node.domain)) {
      throw unreadable("graph", `must have operators that ONNX Runtime knows, got ${name}`);
    }
    if (LOOPS.includes(name)) {
      throw unreadable("graph", `must have no loops, got the operator ${name}`);
    }
    if (RANDOM.includes(name)) {
      throw unreadable("graph", `must compute the same each time, got the operator ${name}`);
    }
    operators.add(name);
    for (const { tensor, graphs } of node.attributes.values()) {
      if (tensor !== undefined) tensors.push(tensor);
      for (const inner of graphs) collectOperators(inner, operators);
    }
  }
  const external = tensors.find(({ isExternal }) => isExternal);
  if (external !== undefined) {
    throw unreadable(`initializer ${external.name}`, NO_EXTERNAL);
  }
}
