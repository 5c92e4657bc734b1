/**
 * Multilayer perceptrons from ONNX files of other programs.
 *
 * @module
 */

import type { Tensor } from "../tensor.ts";
import type { NetworkPart } from "../network_architecture.ts";
import type { Constants } from "./_constants.ts";
import { addNode, type Layer, type LayerPath, layerPaths, outputOf, requireRelus } from "./_layer_path.ts";
import { type OpenGraph, openModel, type OpenPort } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";
import { MAX_NODES } from "./_read_model.ts";
import { streamLayers } from "./_stream_layers.ts";
import type { OnnxPolicyFile } from "./onnx_policy_file.ts";

/** The first operator set that is read, of December 2018; later sets changed none of the operators below. */
const MIN_OPSET = 9;

/** Operators that the observation may pass. */
const OPERATORS = ["Add", "Cast", "Flatten", "Gemm", "Identity", "MatMul", "Relu"];

/** Number of weights that may always be allocated; a weight that many layers share could take any amount of memory. */
const FEW = 1_000_000;

/**
 * Reads a multilayer perceptron with ReLU between its layers that another program wrote, such as `torch.onnx.export` of an
 * `nn.Sequential` of `nn.Linear` and `nn.ReLU`: operators Gemm, MatMul and Add, Relu and Flatten, weights of float32 or
 * float16, operator sets from 9. Dueling streams with a hidden layer each, V + A − mean A, are read, too. Such a network needs no
 * ONNX runtime, and can be trained further.
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
  const parts = partsOf(graph, output.name, mostElements);
  const [first] = parts;
  const [inputs, actionCount] = [first.layers[0]!.weight.shape[0]!, columnsOf(parts.at(-1)!.layers.at(-1)!)];
  requireShape("output", output, actionCount, false);
  // The last part has the last hidden layer, and only a torso has others before.
  const last = parts.at(-1)!.layers.slice(0, -1).map(columnsOf);
  return {
    architecture: {
      observationLength: inputs,
      hidden: first.name === "torso" ? [...first.layers.map(columnsOf), ...last] : last,
      actionCount,
      dueling: parts.length > 1,
      noisy: false,
      distribution: "none",
      atoms: 1,
      vMin: 0,
      vMax: 0,
    },
    tensors: parts.flatMap(({ name, layers }) =>
      layers.flatMap(({ weight, bias }, i): Tensor[] => [
        { name: `${name}.${i}.weight`, shape: [...weight.shape], data: weight.data },
        {
          name: `${name}.${i}.bias`,
          shape: [weight.shape[1]!],
          data: bias ?? new Float32Array(weight.shape[1]!),
        },
      ])
    ),
    metadata: Object.fromEntries(metadata),
    ...(name === "" && version === "" ? {} : { producer: { name, version } }),
  };
}

/** A perceptron of the network, named as its tensors are. */
interface Part {
  readonly name: NetworkPart["name"];
  readonly layers: readonly Layer[];
}

const columnsOf = ({ weight }: Layer): number => weight.shape[1]!;

/** The perceptrons of the network: one, or those of a dueling network. */
function partsOf(graph: OpenGraph, output: string, mostElements: number): [Part, ...Part[]] {
  const paths = layerPaths(graph, output, OPERATORS);
  const layersOf = (path: LayerPath) => linearLayers(path, paths.constants, mostElements);
  if ("whole" in paths) return [{ name: "layers", layers: layersOf(paths.whole) }];
  const { torso, value, advantage } = streamLayers(layersOf(paths.value), layersOf(paths.advantage));
  const streams: [Part, Part] = [{ name: "value", layers: value }, { name: "advantage", layers: advantage }];
  return torso.length === 0 ? streams : [{ name: "torso", layers: torso }, ...streams];
}

/** The linear layers on a path. */
function linearLayers({ input, path }: LayerPath, constants: Constants, mostElements: number): Layer[] {
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
  const isFlattened = path.slice(0, path.indexOf(first.node)).some(({ operator }) => operator === "Flatten");
  requireShape("input", input, first.weight.shape[0]!, isFlattened);
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
