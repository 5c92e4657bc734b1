/**
 * ONNX models of any program, as far as a reader of policies needs them.
 *
 * @module
 */

import { type Field, openBytes, openFields, openFloat, openIntegers, openText } from "./_open_fields.ts";
import { unreadable } from "./_protobuf_reader.ts";

/** `ModelProto`. */
export interface OpenModel {
  producerName: string;
  producerVersion: string;
  /** Version of the standard's operators. */
  opset: number;
  graph: OpenGraph;
  metadata: [key: string, value: string][];
  /** Names of the model's own functions. */
  functions: string[];
}

/** `GraphProto`, also of a subgraph. */
export interface OpenGraph {
  nodes: OpenNode[];
  initializers: OpenTensor[];
  inputs: OpenPort[];
  outputs: OpenPort[];
}

/** `NodeProto`. */
export interface OpenNode {
  name: string;
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, OpenAttribute>;
}

/** `AttributeProto`. */
export interface OpenAttribute {
  int?: number;
  float?: number;
  ints: number[];
  tensor?: OpenTensor;
  graphs: OpenGraph[];
}

/** `TensorProto`; its data only as bytes. */
export interface OpenTensor {
  name: string;
  dims: number[];
  type: number;
  /** `raw_data`, or `float_data` as little-endian float32; empty for the other kinds of data. */
  data: Uint8Array;
  /** Whether the data is in another file. */
  isExternal: boolean;
}

/** `ValueInfoProto` of a tensor; a dimension is a length, or a name (which may be empty). */
export interface OpenPort {
  name: string;
  /** `TensorProto.DataType`; 0 if it is no tensor, or unknown. */
  type: number;
  /** Undefined if the file does not tell. */
  shape: (number | string)[] | undefined;
}

/** Levels of graphs within graphs. */
const MAX_DEPTH = 8;

/**
 * Reads a model of any program.
 *
 * @param bytes The bytes of a file.
 * @throws {SyntaxError} If the bytes are no ONNX model.
 */
export function openModel(bytes: Uint8Array): OpenModel {
  const model: Omit<OpenModel, "graph"> = {
    producerName: "",
    producerVersion: "",
    opset: 0,
    metadata: [],
    functions: [],
  };
  let graph: Uint8Array | undefined;
  for (const { field, value } of openFields(bytes, "model")) {
    if (field === 2) model.producerName = openText(value);
    else if (field === 3) model.producerVersion = openText(value);
    else if (field === 7) graph = openBytes(value, "model.graph");
    else if (field === 8) {
      const [domain, version] = [textAt(value, 1, "opset_import"), integerAt(value, 2, "opset_import")];
      if (domain === "" || domain === "ai.onnx") model.opset = version;
    } else if (field === 14) {
      model.metadata.push([textAt(value, 1, "metadata_props"), textAt(value, 2, "metadata_props")]);
    } else if (field === 25) model.functions.push(textAt(value, 1, "functions"));
  }
  if (graph === undefined) throw unreadable("model.graph", "must be there, got nothing");
  return { ...model, graph: openGraph(graph, 0) };
}

function openGraph(bytes: Uint8Array, depth: number): OpenGraph {
  if (depth > MAX_DEPTH) throw unreadable("graph", `must be at most ${MAX_DEPTH} levels deep, got more`);
  const graph: OpenGraph = { nodes: [], initializers: [], inputs: [], outputs: [] };
  for (const { field, value } of openFields(bytes, "graph")) {
    if (field === 1) graph.nodes.push(openNode(openBytes(value, "graph.node"), depth));
    else if (field === 5) graph.initializers.push(openTensor(value, "graph.initializer"));
    else if (field === 11) graph.inputs.push(openPort(value, "graph.input"));
    else if (field === 12) graph.outputs.push(openPort(value, "graph.output"));
    else if (field === 15) {
      throw unreadable("graph.sparse_initializer", "must be absent: no policy needs one");
    }
  }
  return graph;
}

function openNode(bytes: Uint8Array, depth: number): OpenNode {
  const node: OpenNode = {
    name: "",
    operator: "",
    domain: "",
    inputs: [],
    outputs: [],
    attributes: new Map(),
  };
  for (const { field, value } of openFields(bytes, "graph.node")) {
    if (field === 1) node.inputs.push(openText(value));
    else if (field === 2) node.outputs.push(openText(value));
    else if (field === 3) node.name = openText(value);
    else if (field === 4) node.operator = openText(value);
    else if (field === 7) node.domain = openText(value);
    else if (field === 5) {
      const fields = openFields(openBytes(value, "node.attribute"), "node.attribute");
      const [name] = fields.filter((other) => other.field === 1).map((other) => openText(other.value));
      node.attributes.set(name ?? "", openAttribute(fields, depth));
    }
  }
  if (node.domain === "ai.onnx") node.domain = "";
  return node;
}

function openAttribute(fields: readonly Field[], depth: number): OpenAttribute {
  const attribute: OpenAttribute = { ints: [], graphs: [] };
  for (const { field, value } of fields) {
    if (field === 2) attribute.float = openFloat(value);
    else if (field === 3 && typeof value === "number") attribute.int = value;
    else if (field === 5 || field === 10) attribute.tensor = openTensor(value, "attribute.t");
    else if (field === 6 || field === 11) {
      attribute.graphs.push(openGraph(openBytes(value, "attribute.g"), depth + 1));
    } else if (field === 8) {
      for (const integer of openIntegers(value, "attribute.ints")) attribute.ints.push(integer);
    }
  }
  return attribute;
}

function openTensor(message: Field["value"], where: string): OpenTensor {
  const tensor: OpenTensor = { name: "", dims: [], type: 0, data: new Uint8Array(0), isExternal: false };
  const floats: Uint8Array[] = [];
  for (const { field, value } of openFields(openBytes(message, where), where)) {
    if (field === 1) {
      for (const dim of openIntegers(value, where)) tensor.dims.push(dim);
    } else if (field === 2 && typeof value === "number") tensor.type = value;
    else if (field === 4) floats.push(openBytes(value, where));
    else if (field === 8) tensor.name = openText(value);
    else if (field === 9) tensor.data = openBytes(value, where);
    else if (field === 13 || (field === 14 && value !== 0)) tensor.isExternal = true;
  }
  if (floats.length > 0) {
    tensor.data = new Uint8Array(floats.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of floats) {
      tensor.data.set(part, at);
      at += part.length;
    }
  }
  return tensor;
}

function openPort(message: Field["value"], where: string): OpenPort {
  const port: OpenPort = { name: "", type: 0, shape: undefined };
  for (const { field, value } of openFields(openBytes(message, where), where)) {
    if (field === 1) port.name = openText(value);
    if (field !== 2) continue;
    for (const type of openFields(openBytes(value, where), where)) {
      if (type.field !== 1) continue; // a sequence, a map, or optional
      for (const part of openFields(openBytes(type.value, where), where)) {
        if (part.field === 1 && typeof part.value === "number") port.type = part.value;
        if (part.field === 2) port.shape = openShape(openBytes(part.value, where), where);
      }
    }
  }
  return port;
}

function openShape(bytes: Uint8Array, where: string): (number | string)[] {
  return openFields(bytes, where).filter(({ field }) => field === 1).map(({ value }) => {
    const [dim] = openFields(openBytes(value, where), where);
    // Some programs write -1 for a length that is not known.
    if (dim?.field === 1 && typeof dim.value === "number") return dim.value < 0 ? "" : dim.value;
    return dim?.field === 2 ? openText(dim.value) : "";
  });
}

function textAt(message: Field["value"], number: number, where: string): string {
  const found = openFields(openBytes(message, where), where).findLast(({ field }) => field === number);
  return found === undefined ? "" : openText(found.value);
}

function integerAt(message: Field["value"], number: number, where: string): number {
  const found = openFields(openBytes(message, where), where).findLast(({ field }) => field === number);
  return typeof found?.value === "number" ? found.value : 0;
}

/** The name of a node's operator, with its domain if that is not the standard's. */
export function operatorName({ operator, domain }: OpenNode): string {
  return domain === "" ? operator : `${domain}.${operator}`;
}
