/**
 * The part of the ONNX format that policies use (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 *
 * @module
 */

/** The version of the format itself. */
export const IR_VERSION = 8;
/** The version of the operators' definitions. */
export const OPSET_VERSION = 13;
/** `TensorProto.DataType.FLOAT`. */
export const FLOAT = 1;
/** `TensorProto.DataType.UINT8`. */
export const UINT8 = 2;
/** `TensorProto.DataType.INT64`. */
export const INT64 = 7;
/** `AttributeProto.AttributeType.INT`. */
export const INT = 2;
/** `AttributeProto.AttributeType.INTS`. */
export const INTS = 7;

/** `ModelProto`. */
export interface Model {
  irVersion: number;
  producerName: string;
  producerVersion: string;
  opsets: OperatorSet[];
  graph: Graph;
  metadata: [key: string, value: string][];
}

/** `OperatorSetIdProto`; the domain of the standard's own operators is empty. */
export interface OperatorSet {
  domain: string;
  version: number;
}

/** `GraphProto`. */
export interface Graph {
  name: string;
  nodes: Node[];
  initializers: Initializer[];
  inputs: ValueInfo[];
  outputs: ValueInfo[];
}

/** `NodeProto`. */
export interface Node {
  name: string;
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Attribute[];
}

/** `AttributeProto` of one or several whole numbers. */
export interface Attribute {
  name: string;
  value: number | number[];
}

/** `TensorProto` with raw data, little-endian. */
export interface Initializer {
  name: string;
  dims: number[];
  type: number;
  data: Uint8Array;
}

/** `ValueInfoProto` of a tensor; a dimension is a length or a name. */
export interface ValueInfo {
  name: string;
  type: number;
  shape: (number | string)[];
}
