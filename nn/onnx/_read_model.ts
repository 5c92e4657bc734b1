/**
 * ONNX models from bytes. Every list has a limit, so that a file cannot use more memory than a few times its size.
 *
 * @module
 */

import {
  FLOAT,
  type Graph,
  type Initializer,
  INT,
  INT64,
  INTS,
  type Model,
  type Node,
  type ValueInfo,
} from "./_onnx_model.ts";
import {
  bytesField,
  ignoredField,
  integerField,
  integersField,
  readMessage,
  repeated,
  textField,
  unreadable,
} from "./_protobuf_reader.ts";

/** The largest number of nodes, and of initializers, that is read. */
export const MAX_NODES = 4096;
const MAX_METADATA = 256;
const MAX_DIMS = 8;
const MAX_PORTS = 8;

/**
 * Reads a model. Fields that do not affect the results (descriptions, shapes of inner values) are ignored.
 *
 * @throws {SyntaxError} If the bytes are not a model of tensors, nodes and attributes of the kinds in `_onnx_model.ts`.
 */
export function readModel(bytes: Uint8Array): Model {
  const metadata: [string, string][] = [];
  const opsets: Model["opsets"] = [];
  let graph: Graph | undefined;
  let [irVersion, producerName, producerVersion] = [0, "", ""];
  readMessage(bytes, "model", {
    1: integerField("ir_version", (value) => irVersion = value),
    2: textField("producer_name", (text) => producerName = text),
    3: textField("producer_version", (text) => producerVersion = text),
    4: ignoredField("domain"),
    5: ignoredField("model_version"),
    6: ignoredField("doc_string"),
    7: bytesField("graph", (bytes) => graph = readGraph(bytes)),
    8: repeated(
      MAX_PORTS,
      bytesField("opset_import", (bytes, where) => opsets.push(readOpset(bytes, where))),
    ),
    14: repeated(
      MAX_METADATA,
      bytesField("metadata_props", (bytes, where) => metadata.push(readEntry(bytes, where))),
    ),
  });
  if (graph === undefined) throw unreadable("model.graph", "must be there, got nothing");
  return { irVersion, producerName, producerVersion, opsets, graph, metadata };
}

function readOpset(bytes: Uint8Array, where: string): Model["opsets"][number] {
  const opset = { domain: "", version: 0 };
  readMessage(bytes, where, {
    1: textField("domain", (text) => opset.domain = text),
    2: integerField("version", (value) => opset.version = value),
  });
  return opset;
}

function readEntry(bytes: Uint8Array, where: string): [string, string] {
  const entry: [string, string] = ["", ""];
  readMessage(bytes, where, {
    1: textField("key", (text) => entry[0] = text),
    2: textField("value", (text) => entry[1] = text),
  });
  return entry;
}

function readGraph(bytes: Uint8Array): Graph {
  const graph: Graph = { name: "", nodes: [], initializers: [], inputs: [], outputs: [] };
  readMessage(bytes, "graph", {
    1: repeated(MAX_NODES, bytesField("node", (bytes, where) => graph.nodes.push(readNode(bytes, where)))),
    2: textField("name", (text) => graph.name = text),
    5: repeated(
      MAX_NODES,
      bytesField("initializer", (bytes, where) => graph.initializers.push(readInitializer(bytes, where))),
    ),
    10: ignoredField("doc_string"),
    11: repeated(
      MAX_PORTS,
      bytesField("input", (bytes, where) => graph.inputs.push(readValueInfo(bytes, where))),
    ),
    12: repeated(
      MAX_PORTS,
      bytesField("output", (bytes, where) => graph.outputs.push(readValueInfo(bytes, where))),
    ),
    13: repeated(MAX_NODES, ignoredField("value_info")),
  });
  return graph;
}

function readNode(bytes: Uint8Array, where: string): Node {
  const node: Node = { name: "", operator: "", domain: "", inputs: [], outputs: [], attributes: [] };
  readMessage(bytes, where, {
    1: repeated(MAX_PORTS, textField("input", (text) => node.inputs.push(text))),
    2: repeated(MAX_PORTS, textField("output", (text) => node.outputs.push(text))),
    3: textField("name", (text) => node.name = text),
    4: textField("op_type", (text) => node.operator = text),
    5: repeated(
      MAX_PORTS,
      bytesField("attribute", (bytes, where) => node.attributes.push(readAttribute(bytes, where))),
    ),
    6: ignoredField("doc_string"),
    7: textField("domain", (text) => node.domain = text),
  });
  return node;
}

function readAttribute(bytes: Uint8Array, where: string): Node["attributes"][number] {
  let name = "";
  let type = 0;
  let value: number | number[] | undefined;
  readMessage(bytes, where, {
    1: textField("name", (text) => name = text),
    3: integerField("i", (integer) => value = integer),
    8: integersField("ints", MAX_DIMS, (integers) => value = integers),
    13: ignoredField("doc_string"),
    20: integerField("type", (integer) => type = integer),
  });
  if (value === undefined) throw unreadable(where, "must have i or ints, got neither");
  const expected = typeof value === "number" ? INT : INTS;
  if (type !== expected) throw unreadable(`${where}.type`, `must be ${expected}, got ${type}`);
  return { name, value };
}

function readInitializer(bytes: Uint8Array, where: string): Initializer {
  const tensor: Initializer = { name: "", dims: [], type: 0, data: new Uint8Array(0) };
  readMessage(bytes, where, {
    1: integersField("dims", MAX_DIMS, (dims) => tensor.dims = dims),
    2: integerField("data_type", (type) => tensor.type = type),
    8: textField("name", (text) => tensor.name = text),
    9: bytesField("raw_data", (data) => tensor.data = data),
    12: ignoredField("doc_string"),
  });
  if (tensor.type !== FLOAT && tensor.type !== INT64) {
    throw unreadable(`${where}.data_type`, `must be ${FLOAT} or ${INT64}, got ${tensor.type}`);
  }
  const width = tensor.type === FLOAT ? 4 : 8;
  const size = tensor.dims.reduce((product, dim) => product * dim, width);
  if (tensor.data.length !== size) {
    throw unreadable(
      `${where}.raw_data`,
      `must be ${size} bytes for dims (${tensor.dims.join(", ")}), got ${tensor.data.length}`,
    );
  }
  return tensor;
}

function readValueInfo(bytes: Uint8Array, where: string): ValueInfo {
  const info: ValueInfo = { name: "", type: 0, shape: [] };
  const readDim = (bytes: Uint8Array, where: string) => {
    let dim: number | string = "";
    readMessage(bytes, where, {
      1: integerField("dim_value", (value) => dim = value),
      2: textField("dim_param", (text) => dim = text),
    });
    info.shape.push(dim);
  };
  const readTensorType = (bytes: Uint8Array, where: string) =>
    readMessage(bytes, where, {
      1: integerField("elem_type", (type) => info.type = type),
      2: bytesField(
        "shape",
        (bytes, where) => readMessage(bytes, where, { 1: repeated(MAX_DIMS, bytesField("dim", readDim)) }),
      ),
    });
  readMessage(bytes, where, {
    1: textField("name", (text) => info.name = text),
    2: bytesField(
      "type",
      (bytes, where) => readMessage(bytes, where, { 1: bytesField("tensor_type", readTensorType) }),
    ),
    3: ignoredField("doc_string"),
  });
  return info;
}
