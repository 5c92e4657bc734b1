import { type Constant, Constants, transposed } from "./_constants.ts";
import { duelingStreams } from "./_dueling_streams.ts";
import { FLOAT } from "./_onnx_model.ts";
import { type OpenGraph, type OpenNode, type OpenPort, operatorName } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** One linear layer. */
export interface Layer {
  /** The node that multiplies by its weight. */
  readonly node: OpenNode;
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

/** The nodes that an observation passes, in order, from the input to an output. */
export interface LayerPath {
  readonly input: OpenPort;
  readonly path: readonly OpenNode[];
}

/** What an output is made of: the path to it, or those to the streams of a dueling network; and the constants. */
export type LayerPaths =
  & { readonly constants: Constants }
  & ({ readonly whole: LayerPath } | { readonly value: LayerPath; readonly advantage: LayerPath });

/**
 * The paths to an output.
 *
 * @param graph The graph.
 * @param output The name of the output.
 * @param operators Those that a path may have.
 * @throws {SyntaxError} If a path has another node, or one with two inputs that are no constants.
 */
export function layerPaths(graph: OpenGraph, output: string, operators: readonly string[]): LayerPaths {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const constants = new Constants(graph, makers);
  const pathTo = (name: string) => layerPath({ graph, makers, constants, operators }, name);
  const streams = duelingStreams(makers, output, constants);
  if (streams === undefined) return { constants, whole: pathTo(output) };
  return { constants, value: pathTo(streams.value), advantage: pathTo(streams.advantage) };
}

interface Search {
  readonly graph: OpenGraph;
  /** The nodes by the values that they make. */
  readonly makers: ReadonlyMap<string, OpenNode>;
  readonly constants: Constants;
  readonly operators: readonly string[];
}

/** The nodes from the input to an output, found from behind. */
function layerPath({ graph, makers, constants, operators }: Search, output: string): LayerPath {
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
  return { input, path: path.reverse() };
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
  if (operator === "Cast") {
    if (integer("to", 0) !== FLOAT) refuse("must be to float32");
  } else if (operator === "Flatten") {
    if (last !== undefined || integer("axis", 1) !== 1) refuse("must come first, with axis 1");
  } else if (operator === "Relu") {
    if (last === undefined || last.isRelu) return refuse("must come after a linear layer");
    last.isRelu = true;
  } else if (operator === "Add") {
    const bias = constants.get(inputs.find((name) => constants.has(name)) ?? "");
    if (last === undefined || last.isRelu || last.bias !== undefined) {
      return refuse("must come after MatMul");
    }
    if (!isRow(bias, last.weight.shape[1]!)) {
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
    if (bias !== undefined && !isRow(bias, columns!)) {
      return refuse(`must have a bias of ${columns} elements, got (${bias.shape.join(", ")})`);
    }
    layers.push({ node, weight, bias: bias?.data, isRelu: false });
  }
}

/** Whether a bias is one row of as many numbers as columns: (columns) or (1, columns). */
function isRow({ shape, data }: Constant, columns: number): boolean {
  return data.length === columns && shape.length <= 2 && shape.at(-1) === columns;
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
