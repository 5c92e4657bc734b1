/**
 * Multilayer perceptrons from ONNX files of other programs.
 *
 * @module
 */

import type { Tensor } from "../tensor.ts";
import { addNode, type Layer, layerPath, outputOf, requireRelus } from "./_layer_path.ts";
import { type OpenGraph, openModel, type OpenPort } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";
import { MAX_NODES } from "./_read_model.ts";
import type { OnnxPolicyFile } from "./onnx_policy_file.ts";

/** The first operator set that is read, of December 2018; later sets changed none of the operators below. */
const MIN_OPSET = 9;

/** Operators that the observation may pass. */
const OPERATORS = ["Add", "Flatten", "Gemm", "Identity", "MatMul", "Relu"];

/** Number of weights that may always be allocated; a weight that many layers share could take any amount of memory. */
const FEW = 1_000_000;

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

/** The linear layers from the input to an output, found from behind. */
function layersOf(graph: OpenGraph, output: string, mostElements: number): Layer[] {
  const { input, path, constants } = layerPath(graph, output, OPERATORS);
  const layers: Layer[] = [];
  let elements = 0;
  for (const node of path) {
    const count = layers.length;
    addNode(layers, node, constants);
    if (layers.length > count) elements += layers.at(-1)!.weight.data.length;
    if (elements > mostElements) throw unreadable("graph", `must have at most ${mostElements} weights`);
  }
  const [first] = layers;
  if (first === undefined) throw unreadable("graph", "must have a linear layer, got none");
  requireShape("input", input, first.weight.shape[0]!, path[0]?.operator === "Flatten");
  requireRelus(layers);
  return layers;
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
