import { type Constant, Constants, transposed } from "./_constants.ts";
import { FLOAT } from "./_onnx_model.ts";
import { type OpenGraph, type OpenNode, type OpenPort, operatorName } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** One linear layer. */
export interface Layer {
  /** Inputs × outputs. */
  readonly weight: Constant;
  bias: Float32Array | undefined;
  isRelu: boolean;
}

/** The output of a name, or the only one. */
export function outputOf({ outputs }: OpenGraph, asked: string | undefined): OpenPort {
  if (asked === undefined && outputs.length !== 1) {
    throw unreadable("graph.output", `must be one, got ${outputs.map(({ name }) => name).join(", ")}`);
  }
  const found = outputs.find(({ name }) => asked === undefined || name === asked);
  if (found !== undefined) return found;
  throw unreadable("graph.output", `must have ${asked}, got ${outputs.map(({ name }) => name).join(", ")}`);
}

/** The nodes that an observation passes, in order, and the constants that they use. */
export interface LayerPath {
  readonly input: OpenPort;
  readonly path: readonly OpenNode[];
  readonly constants: Constants;
}

/**
 * The nodes from the input to an output, found from behind.
 *
 * @param graph The graph.
 * @param output The name of the output.
 * @param operators Those that they may have.
 * @throws {SyntaxError} If there is another node, or one with two inputs that are no constants.
 */
export function layerPath(graph: OpenGraph, output: string, operators: readonly string[]): LayerPath {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const constants = new Constants(graph, makers);
  const input = inputOf(graph);
  const path: OpenNode[] = [];
  for (let value = output; value !== input.name;) {
    const node = makers.get(value);
    if (node === undefined) {
      throw unreadable("graph", `must lead from ${input.name} to ${output}, got ${value}`);
    }
    requireOperator(node, operators);
    if (path.length > graph.nodes.length) throw unreadable("graph", "must have no cycle");
    path.push(node);
    const sources = node.inputs.filter((name) => !constants.has(name));
    if (sources.length !== 1) {
      throw unreadable(label(node), `must have one input that is no constant, got ${sources.length}`);
    }
    value = sources[0]!;
  }
  return { input, path: path.reverse(), constants };
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

/** Adds what a node of {@linkcode layerPath} computes to the linear layers before it. */
export function addNode(layers: Layer[], node: OpenNode, constants: Constants): void {
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

function requireOperator(node: OpenNode, operators: readonly string[]): void {
  if (node.domain === "" && operators.includes(node.operator)) return;
  throw unreadable(
    label(node),
    `must have one of the operators ${operators.join(", ")}, got ${operatorName(node) || "none"}`,
  );
}

/** Refuses linear layers unless there is a Relu after each but the last. */
export function requireRelus(layers: readonly Layer[]): void {
  layers.forEach(({ isRelu }, i) => {
    const isLast = i === layers.length - 1;
    if (isRelu !== isLast) return;
    throw unreadable("graph", isLast ? "must have no Relu at its end" : `must have a Relu after layer ${i}`);
  });
}

/** A node's operator and name, for messages. */
export function label({ operator, name }: OpenNode): string {
  const text = `${operator} ${name}`.trim();
  return `node ${text.length > 100 ? `${text.slice(0, 100)}…` : text}`;
}
