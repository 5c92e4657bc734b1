/**
 * Comparing a graph with the expected one.
 *
 * @module
 */

import type { Graph, Node } from "./_onnx_model.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** Every operator that a policy may use. */
const OPERATORS = [
  "Add",
  "Cast",
  "Concat",
  "Conv",
  "Div",
  "Flatten",
  "Gemm",
  "MatMul",
  "Mul",
  "ReduceMean",
  "Relu",
  "Reshape",
  "Softmax",
  "Split",
  "Sqrt",
  "Sub",
  "Transpose",
];

/** Refuses a graph with an operator that no policy has, which shows that the file is from another program. */
export function requireKnownOperators({ nodes }: Graph): void {
  for (const [i, { name, operator, domain }] of nodes.entries()) {
    if (domain === "" && OPERATORS.includes(operator)) continue;
    const got = domain === "" ? operator : `${domain}.${operator}`;
    throw unreadable(
      label(i, name),
      `must have one of the operators ${OPERATORS.join(", ")}, got ${got || "none"}`,
    );
  }
}

/** Refuses a graph that differs from the expected one, and names the first difference. */
export function requireEqualGraphs(graph: Graph, expected: Graph): void {
  require("graph.name", graph.name, expected.name);
  for (let i = 0; i < Math.max(graph.nodes.length, expected.nodes.length); i++) {
    const [node, other] = [graph.nodes[i], expected.nodes[i]];
    const where = label(i, node?.name ?? other?.name ?? "");
    if (node === undefined) throw unreadable(where, "must be there, got nothing");
    if (other === undefined) throw unreadable(where, "must be absent");
    requireEqualNodes(where, node, other);
  }
  require("graph.input", list(graph.inputs), list(expected.inputs));
  require("graph.output", list(graph.outputs), list(expected.outputs));
  require("graph.initializer", names(graph), names(expected));
  for (const [i, { name, dims, type, data }] of expected.initializers.entries()) {
    const own = graph.initializers[i]!;
    require(`the data_type of initializer ${name}`, own.type, type);
    require(`the dims of initializer ${name}`, list(own.dims), list(dims));
    const at = data.findIndex((byte, j) => byte !== own.data[j]);
    if (at !== -1) {
      throw unreadable(`initializer ${name}`, `must be what the architecture says, got other at byte ${at}`);
    }
  }
}

function requireEqualNodes(where: string, node: Node, expected: Node): void {
  require(`the op_type of ${where}`, node.operator, expected.operator);
  require(`the name of ${where}`, node.name, expected.name);
  require(`the inputs of ${where}`, list(node.inputs), list(expected.inputs));
  require(`the outputs of ${where}`, list(node.outputs), list(expected.outputs));
  require(
    `the attributes of ${where}`,
    list(node.attributes.map(nameAndValue)),
    list(expected.attributes.map(nameAndValue)),
  );
}

function require(what: string, got: string | number, expected: string | number): void {
  if (got !== expected) throw unreadable(what, `must be ${shorten(expected)}, got ${shorten(got)}`);
}

const label = (index: number, name: string): string => `node ${index} (${shorten(name)})`;
const names = ({ initializers }: Graph): string => list(initializers.map(({ name }) => name));
const nameAndValue = ({ name, value }: Node["attributes"][number]) => ({ [name]: value });

/** Lists are compared as JSON. */
function list(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

function shorten(value: string | number): string {
  const text = String(value);
  return text === "" ? "nothing" : text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
