/**
 * Multilayer perceptrons from ONNX files of other programs.
 *
 * @module
 */

import type { Tensor } from "../tensor.ts";
import { type Constant, Constants, transposed } from "./_constants.ts";
import { FLOAT } from "./_onnx_model.ts";
import { type OpenGraph, openModel, type OpenNode, type OpenPort, operatorName } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";
import { MAX_NODES } from "./_read_model.ts";
import type { OnnxPolicyFile } from "./onnx_policy_file.ts";

/** The first operator set that is read, of December 2018; later sets changed none of the operators below. */
const MIN_OPSET = 9;

/** Number of weights that may always be allocated; a weight that many layers share could take any amount of memory. */
const FEW = 1_000_000;

/** Operators that the observation may pass. */
const OPERATORS = ["Add", "Flatten", "Gemm", "Identity", "MatMul", "Relu"];

/** One linear layer. */
interface Layer {
  /** Inputs × outputs. */
  readonly weight: Constant;
  bias: Float32Array | undefined;
  isRelu: boolean;
}

/**
 * Reads a multilayer perceptron with ReLU between its layers that another program wrote, such as `torch.onnx.export` of an
 * `nn.Sequential` of `nn.Linear` and `nn.ReLU`: operators Gemm, MatMul and Add, Relu and Flatten, weights of float32 or
 * float16, operator sets from 9. Such a network needs no ONNX runtime, and can be trained further.
 *
 * @param bytes The bytes of a file.
 * @param options Which output to take; by default the only one.
 * @returns The network and the file's metadata; copies.
 * @throws {SyntaxError} If the bytes are not such a file; the message names the operator that this library does not compute.
 *
 * @example Usage
 * ```ts
 * import { decodeOnnxMlp } from "@bellman/dqn/nn";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => decodeOnnxMlp(new Uint8Array(3)), SyntaxError, "Cannot read ONNX");
 * ```
 */
export function decodeOnnxMlp(bytes: Uint8Array, options: { output?: string } = {}): OnnxPolicyFile {
  const { graph, opset, metadata, producerName: name, producerVersion: version } = openModel(bytes);
  if (opset < MIN_OPSET) throw unreadable("model.opset_import", `must be from ${MIN_OPSET}, got ${opset}`);
  if (graph.nodes.length > MAX_NODES) {
    throw unreadable("graph", `must have at most ${MAX_NODES} nodes, got ${graph.nodes.length}`);
  }
  const mostElements = FEW + bytes.length;
  const output = outputOf(graph, options.output);
  const layers = layersOf(graph, output.name, mostElements);
  requireShape("output", output, layers.at(-1)!.weight.shape[1]!, false);
  const sizes = [layers[0]!.weight.shape[0]!, ...layers.map(({ weight }) => weight.shape[1]!)];
  return {
    architecture: {
      observationLength: sizes[0]!,
      hidden: sizes.slice(1, -1),
      actionCount: sizes.at(-1)!,
      dueling: false,
      noisy: false,
      distribution: "none",
      atoms: 1,
      vMin: 0,
      vMax: 0,
    },
    tensors: layers.flatMap(({ weight, bias }, i): Tensor[] => [
      { name: `layers.${i}.weight`, shape: [...weight.shape], data: weight.data },
      {
        name: `layers.${i}.bias`,
        shape: [weight.shape[1]!],
        data: bias ?? new Float32Array(weight.shape[1]!),
      },
    ]),
    metadata: Object.fromEntries(metadata),
    ...(name === "" && version === "" ? {} : { producer: { name, version } }),
  };
}

function outputOf({ outputs }: OpenGraph, asked: string | undefined): OpenPort {
  if (asked === undefined && outputs.length !== 1) {
    throw unreadable("graph.output", `must be one, got ${outputs.map(({ name }) => name).join(", ")}`);
  }
  const found = outputs.find(({ name }) => asked === undefined || name === asked);
  if (found !== undefined) return found;
  throw unreadable("graph.output", `must have ${asked}, got ${outputs.map(({ name }) => name).join(", ")}`);
}

/** The linear layers from the input to an output, found from behind. */
function layersOf(graph: OpenGraph, output: string, mostElements: number): Layer[] {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const constants = new Constants(graph, makers);
  const input = inputOf(graph);
  const path: OpenNode[] = [];
  for (let value = output; value !== input.name;) {
    const node = makers.get(value);
    if (node === undefined) {
      throw unreadable("graph", `must lead from ${input.name} to ${output}, got ${value}`);
    }
    requireOperator(node);
    if (path.length > graph.nodes.length) throw unreadable("graph", "must have no cycle");
    path.push(node);
    const sources = node.inputs.filter((name) => !constants.has(name));
    if (sources.length !== 1) {
      throw unreadable(label(node), `must have one input that is no constant, got ${sources.length}`);
    }
    value = sources[0]!;
  }
  const layers: Layer[] = [];
  let elements = 0;
  for (const node of path.reverse()) {
    const count = layers.length;
    addNode(layers, node, constants);
    if (layers.length > count) elements += layers.at(-1)!.weight.data.length;
    if (elements > mostElements) throw unreadable("graph", `must have at most ${mostElements} weights`);
  }
  const [first] = layers;
  if (first === undefined) throw unreadable("graph", "must have a linear layer, got none");
  requireShape("input", input, first.weight.shape[0]!, path[0]?.operator === "Flatten");
  layers.forEach(({ isRelu }, i) => {
    const isLast = i === layers.length - 1;
    if (isRelu !== isLast) return;
    throw unreadable("graph", isLast ? "must have no Relu at its end" : `must have a Relu after layer ${i}`);
  });
  return layers;
}

/** The only input, of float32. */
function inputOf(graph: OpenGraph): OpenPort {
  const initialized = new Set(graph.initializers.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => !initialized.has(name));
  const [input] = inputs;
  if (inputs.length !== 1 || input === undefined) {
    throw unreadable(
      "graph.input",
      `must be one, got ${inputs.map(({ name }) => name).join(", ") || "none"}`,
    );
  }
  if (input.type !== FLOAT) throw unreadable(`input ${input.name}`, "must be float32");
  return input;
}

/** Refuses an input or output that is not (batch, length), or flattened to that. */
function requireShape(kind: string, { name, shape }: OpenPort, length: number, isFlattened: boolean): void {
  if (shape === undefined) return;
  const [, ...rest] = shape;
  const product = rest.reduce<number>((product, dim) => product * (typeof dim === "number" ? dim : NaN), 1);
  const fits = isFlattened ? shape.length > 0 : shape.length === 2;
  if (fits && (Number.isNaN(product) || product === length)) return;
  throw unreadable(`${kind} ${name}`, `must be of shape (batch, ${length}), got (${shape.join(", ")})`);
}

function addNode(layers: Layer[], node: OpenNode, constants: Constants): void {
  const { operator, inputs, attributes } = node;
  const last = layers.at(-1);
  const refuse = (rule: string): never => {
    throw unreadable(label(node), rule);
  };
  const integer = (name: string, fallback: number) => attributes.get(name)?.int ?? fallback;
  if (operator === "Identity") return;
  if (operator === "Flatten") {
    if (last !== undefined || integer("axis", 1) !== 1) refuse("must come first, with axis 1");
  } else if (operator === "Relu") {
    if (last === undefined || last.isRelu) return refuse("must come after a linear layer");
    last.isRelu = true;
  } else if (operator === "Add") {
    const bias = constants.get(inputs.find((name) => constants.has(name)) ?? "");
    if (last === undefined || last.isRelu || last.bias !== undefined) {
      return refuse("must come after MatMul");
    }
    if (bias.shape.length !== 1 || bias.shape[0] !== last.weight.shape[1]) {
      return refuse(`must have a bias of ${last.weight.shape[1]} elements, got (${bias.shape.join(", ")})`);
    }
    last.bias = bias.data;
  } else {
    if (constants.has(inputs[0] ?? "") || !constants.has(inputs[1] ?? "")) {
      return refuse("must multiply by a constant from the right");
    }
    const isGemm = operator === "Gemm";
    const scales = ["alpha", "beta"].map((name) => attributes.get(name)?.float ?? 1);
    if (isGemm && (scales.some((scale) => scale !== 1) || integer("transA", 0) !== 0)) {
      return refuse("must have alpha 1, beta 1 and transA 0");
    }
    const matrix = constants.get(inputs[1]!);
    if (matrix.shape.length !== 2 || matrix.data.length === 0) {
      return refuse(`must have a weight of two dimensions, got (${matrix.shape.join(", ")})`);
    }
    const weight = isGemm && integer("transB", 0) !== 0 ? transposed(matrix) : matrix;
    const [rows, columns] = weight.shape;
    const expected = last?.weight.shape[1] ?? rows;
    if (rows !== expected) return refuse(`must have a weight of ${expected} rows, got ${rows}`);
    const bias = isGemm && inputs[2] !== undefined && inputs[2] !== "" ? constants.get(inputs[2]) : undefined;
    if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== columns)) {
      return refuse(`must have a bias of ${columns} elements, got (${bias.shape.join(", ")})`);
    }
    layers.push({ weight, bias: bias?.data, isRelu: false });
  }
}

function requireOperator(node: OpenNode): void {
  if (node.domain === "" && OPERATORS.includes(node.operator)) return;
  throw unreadable(
    label(node),
    `must have one of the operators ${OPERATORS.join(", ")}, got ${operatorName(node) || "none"}`,
  );
}

function label({ operator, name }: OpenNode): string {
  const text = `${operator} ${name}`.trim();
  return `node ${text.length > 100 ? `${text.slice(0, 100)}…` : text}`;
}
