/**
 * ONNX models as bytes; field numbers are from onnx.proto.
 *
 * @module
 */

import {
  type Attribute,
  type Graph,
  type Initializer,
  INT,
  INTS,
  type Model,
  type Node,
  type ValueInfo,
} from "./_onnx_model.ts";
import { ProtobufWriter } from "./protobuf_writer.ts";

/** Writes a model; the same model gives the same bytes. */
export function writeModel(model: Model): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter()
    .integer(1, model.irVersion)
    .text(2, model.producerName)
    .text(3, model.producerVersion)
    .message(7, writeGraph(model.graph));
  for (const { domain, version } of model.opsets) {
    writer.message(8, new ProtobufWriter().text(1, domain).integer(2, version));
  }
  for (const [key, value] of model.metadata) {
    writer.message(14, new ProtobufWriter().text(1, key).text(2, value));
  }
  return writer.finish();
}

function writeGraph({ name, nodes, initializers, inputs, outputs }: Graph): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const node of nodes) writer.message(1, writeNode(node));
  writer.text(2, name);
  for (const initializer of initializers) writer.message(5, writeInitializer(initializer));
  for (const input of inputs) writer.message(11, writeValueInfo(input));
  for (const output of outputs) writer.message(12, writeValueInfo(output));
  return writer;
}

function writeNode({ name, operator, inputs, outputs, attributes }: Node): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const input of inputs) writer.text(1, input);
  for (const output of outputs) writer.text(2, output);
  writer.text(3, name).text(4, operator);
  for (const attribute of attributes) writer.message(5, writeAttribute(attribute));
  return writer;
}

function writeAttribute({ name, value }: Attribute): ProtobufWriter {
  const writer = new ProtobufWriter().text(1, name);
  if (typeof value === "number") return writer.integer(3, value).integer(20, INT);
  for (const element of value) writer.integer(8, element);
  return writer.integer(20, INTS);
}

function writeInitializer({ name, dims, type, data }: Initializer): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const dim of dims) writer.integer(1, dim);
  return writer.integer(2, type).text(8, name).bytes(9, data);
}

function writeValueInfo({ name, type, shape }: ValueInfo): ProtobufWriter {
  const dims = new ProtobufWriter();
  for (const dim of shape) {
    const dimension = new ProtobufWriter();
    dims.message(1, typeof dim === "number" ? dimension.integer(1, dim) : dimension.text(2, dim));
  }
  const tensorType = new ProtobufWriter().integer(1, type).message(2, dims);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}
