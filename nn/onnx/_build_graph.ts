/**
 * The graph of a policy: from observations to Q-values.
 *
 * @module
 */

import { atomSupport, networkConvolutions, networkParts } from "../network_architecture.ts";
import type { ConvolutionShape } from "../kernels/convolution_kernels.ts";
import { LAYER_NORM_EPSILON } from "../kernels/kernels.ts";
import { filtersFirst } from "../filter_axes.ts";
import { type Attribute, FLOAT, type Graph, INT64, UINT8 } from "./_onnx_model.ts";
import type { OnnxPolicyFile } from "./onnx_policy_file.ts";

const BATCH = "batch";
const OBSERVATION = "observation";
const Q_VALUES = "q_values";

/** Names of the initializers of a normalisation. */
export const MEAN = "normalization.mean";
/** See {@linkcode MEAN}. */
export const STD = "normalization.std";

/** The initializer that layer normalisations share. */
const EPSILON = "norm_epsilon";

/** The parts of a graph; tensors in any order. */
export interface Policy extends Pick<OnnxPolicyFile, "architecture" | "tensors"> {
  normalization: { mean: Float32Array; std: Float32Array } | undefined;
}

/** Builds the graph of a policy, which must have every tensor. */
export function buildGraph(policy: Policy): Graph {
  const { architecture, normalization } = policy;
  const { observationLength, image, byteScale, actionCount, distribution, atoms } = architecture;
  const builder = new GraphBuilder(policy);
  let features = OBSERVATION;
  if (byteScale !== undefined) {
    features = builder.node("observation.float", "Cast", [features], [{ name: "to", value: FLOAT }]);
    const scale = builder.vector("byte_scale", Float32Array.of(byteScale));
    features = builder.node("observation.scaled", "Div", [features, scale]);
  }
  if (normalization !== undefined) {
    const { mean, std } = normalization;
    features = builder.node("normalization.centred", "Sub", [features, builder.vector(MEAN, mean)]);
    features = builder.node("normalization.scaled", "Div", [features, builder.vector(STD, std)]);
  }
  if (image !== undefined) features = builder.convolutions(networkConvolutions(architecture), features);
  const outputs = new Map<string, string>();
  const parts = networkParts(architecture);
  if (parts.some(({ normalized }) => normalized > 0)) {
    builder.vector(EPSILON, Float32Array.of(LAYER_NORM_EPSILON));
  }
  for (const { name, sizes, normalized } of parts) {
    const isTorso = name === "torso";
    const output = builder.layers(name, sizes.length - 1, features, { reluOutput: isTorso, normalized });
    if (isTorso) features = output;
    else {
      const rows = name === "value" ? 1 : actionCount;
      outputs.set(
        name,
        distribution === "none" ? output : builder.reshape(`${name}.atoms`, output, [-1, rows, atoms]),
      );
    }
  }
  let head = outputs.get("layers") ??
    builder.dueling(outputs.get("value")!, outputs.get("advantage")!, architecture.actionParts ?? []);
  if (distribution === "c51") {
    const probabilities = builder.node("probabilities", "Softmax", [head], [{ name: "axis", value: 2 }]);
    const support = builder.vector("support", atomSupport(architecture));
    head = builder.node("expectation", "MatMul", [probabilities, support]);
  } else if (distribution === "qr") head = builder.mean("expectation", head, 2, 0);

  const { nodes, initializers } = builder;
  nodes.at(-1)!.outputs = [Q_VALUES];
  const port = (name: string, lengths: readonly number[], type: number) => ({
    name,
    type,
    shape: [BATCH, ...lengths],
  });
  return {
    name: "policy",
    nodes,
    initializers,
    inputs: [
      port(OBSERVATION, image ?? [observationLength], byteScale === undefined ? FLOAT : UINT8),
    ],
    outputs: [port(Q_VALUES, [actionCount], FLOAT)],
  };
}

/** Collects nodes, each named after its output, and their constants. */
class GraphBuilder {
  readonly nodes: Graph["nodes"] = [];
  readonly initializers: Graph["initializers"] = [];
  readonly #tensors: ReadonlyMap<string, Policy["tensors"][number]>;

  constructor({ tensors }: Policy) {
    this.#tensors = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  node(name: string, operator: string, inputs: string[], attributes: Attribute[] = []): string {
    this.nodes.push({ name, operator, domain: "", inputs, outputs: [name], attributes });
    return name;
  }

  vector(name: string, data: Float32Array): string {
    this.initializers.push({ name, dims: [data.length], type: FLOAT, data: float32Bytes(data) });
    return name;
  }

  /** Convolutions with ReLU over images of rows, columns and channels, the last as a row; ONNX has the channels first. */
  convolutions(shapes: readonly ConvolutionShape[], input: string): string {
    let output = this.node("convolution.input", "Transpose", [input], [{
      name: "perm",
      value: [0, 3, 1, 2],
    }]);
    for (const [i, { kernel, stride }] of shapes.entries()) {
      const name = `convolution.${i}`;
      const parameters = [this.#parameter(`${name}.weight`), this.#parameter(`${name}.bias`)];
      const convolved = this.node(name, "Conv", [output, ...parameters], [
        { name: "kernel_shape", value: [kernel, kernel] },
        { name: "strides", value: [stride, stride] },
      ]);
      output = this.node(`${name}.relu`, "Relu", [convolved]);
    }
    const places = this.node("convolution.output", "Transpose", [output], [
      { name: "perm", value: [0, 2, 3, 1] },
    ]);
    return this.node("convolution.row", "Flatten", [places], [{ name: "axis", value: 1 }]);
  }

  /** Linear layers with ReLU between them, optionally after the last; the first ones are normalised before it. */
  layers(
    part: string,
    count: number,
    input: string,
    { reluOutput, normalized }: { reluOutput: boolean; normalized: number },
  ): string {
    let output = input;
    for (let i = 0; i < count; i++) {
      const name = `${part}.${i}`;
      const parameters = [this.#parameter(`${name}.weight`), this.#parameter(`${name}.bias`)];
      output = this.node(name, "Gemm", [output, ...parameters]);
      if (i < normalized) output = this.#layerNorm(name, output);
      if (i < count - 1 || reluOutput) output = this.node(`${name}.relu`, "Relu", [output]);
    }
    return output;
  }

  /** (x − mean) / √(variance + ε) · gain + bias over each row, by operators of opset 13. */
  #layerNorm(layer: string, input: string): string {
    const [gain, bias] = [this.#parameter(`${layer}.norm_gain`), this.#parameter(`${layer}.norm_bias`)];
    const name = (part: string) => `${layer}.norm.${part}`;
    const centred = this.node(name("centred"), "Sub", [input, this.mean(name("mean"), input, 1, 1)]);
    const square = this.node(name("square"), "Mul", [centred, centred]);
    const variance = this.mean(name("variance"), square, 1, 1);
    const deviation = this.node(name("deviation"), "Sqrt", [
      this.node(name("shifted"), "Add", [variance, EPSILON]),
    ]);
    const normalized = this.node(name("normalized"), "Div", [centred, deviation]);
    const scaled = this.node(name("scaled"), "Mul", [normalized, gain]);
    return this.node(`${layer}.norm`, "Add", [scaled, bias]);
  }

  #parameter(name: string): string {
    const { shape, data } = filtersFirst(this.#tensors.get(name)!);
    this.initializers.push({ name, dims: shape, type: FLOAT, data: float32Bytes(data) });
    return name;
  }

  reshape(name: string, input: string, shape: readonly number[]): string {
    return this.node(name, "Reshape", [input, this.integers(`${name}.shape`, shape)]);
  }

  integers(name: string, values: readonly number[]): string {
    this.initializers.push({ name, dims: [values.length], type: INT64, data: int64Bytes(values) });
    return name;
  }

  mean(name: string, input: string, axis: number, keepdims: 0 | 1): string {
    return this.node(name, "ReduceMean", [input], [
      { name: "axes", value: [axis] },
      { name: "keepdims", value: keepdims },
    ]);
  }

  /**
   * V + (A − mean over actions of A), for each atom (Wang et al. 2016, eq. 9); with several parts of the action, the mean is over
   * each part's (Tavakoli et al. 2018, eq. 1).
   */
  dueling(value: string, advantage: string, actionParts: readonly number[]): string {
    return this.node("dueling", "Add", [value, this.#centred("advantage", advantage, actionParts)]);
  }

  #centred(name: string, input: string, actionParts: readonly number[]): string {
    if (actionParts.length < 2) {
      const mean = this.mean(`${name}.mean`, input, 1, 1);
      return this.node(`${name}.centred`, "Sub", [input, mean]);
    }
    const lengths = this.integers(`${name}.lengths`, actionParts);
    const parts = actionParts.map((_, i) => `${name}.part.${i}`);
    const axis = [{ name: "axis", value: 1 }];
    this.node(`${name}.parts`, "Split", [input, lengths], axis);
    this.nodes.at(-1)!.outputs = parts;
    return this.node(`${name}.centred`, "Concat", parts.map((part) => this.#centred(part, part, [])), axis);
  }
}

function float32Bytes(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

function int64Bytes(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
  return new Uint8Array(view.buffer);
}
