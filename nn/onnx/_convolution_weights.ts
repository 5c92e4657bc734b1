import { type NetworkArchitecture, networkConvolutions } from "../network_architecture.ts";
import type { Tensor } from "../tensor.ts";
import { type Constant, type Constants, transposed } from "./_constants.ts";
import {
  addNode,
  label,
  type Layer,
  type LayerPath,
  layerPaths,
  outputOf,
  requireRelus,
} from "./_layer_path.ts";
import { FLOAT } from "./_onnx_model.ts";
import { openModel, type OpenNode } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";
import { MAX_NODES } from "./_read_model.ts";
import { streamLayers } from "./_stream_layers.ts";

const OPERATORS = [
  "Add",
  "Cast",
  "Conv",
  "Div",
  "Flatten",
  "Gemm",
  "Identity",
  "MatMul",
  "Relu",
  "Transpose",
];

/**
 * The weights of a network with convolutions that another program wrote, such as `torch.onnx.export` of `nn.Conv2d`, `nn.ReLU`,
 * `nn.Flatten` and `nn.Linear`.
 *
 * @param bytes The bytes of an ONNX file.
 * @param architecture The network that they are for.
 * @returns The weights as PyTorch has them, numbered: `0.weight`, `0.bias`, `1.weight` and so on; of dueling streams with `torso.`,
 * `value.` or `advantage.` before the number.
 * @throws {SyntaxError} If the bytes are not such a file.
 */
export function convolutionWeights(bytes: Uint8Array, architecture: NetworkArchitecture): Tensor[] {
  const { graph } = openModel(bytes);
  if (graph.nodes.length > MAX_NODES) {
    throw unreadable("graph", `must have at most ${MAX_NODES} nodes, got ${graph.nodes.length}`);
  }
  const paths = layerPaths(graph, outputOf(graph, undefined).name, OPERATORS);
  const read = ({ path }: LayerPath) => readPath(path, paths.constants, architecture);
  if ("whole" in paths) {
    const { filters, dense } = read(paths.whole);
    return numbered("", filters, dense);
  }
  const [value, advantage] = [read(paths.value), read(paths.advantage)];
  if (value.nodes.some((node, i) => node !== advantage.nodes[i])) {
    throw unreadable("graph", "must have the same convolutions before both dueling streams");
  }
  const layers = streamLayers(value.dense, advantage.dense);
  return [
    ...numbered("torso.", value.filters, layers.torso),
    ...numbered("value.", [], layers.value),
    ...numbered("advantage.", [], layers.advantage),
  ];
}

/** The layers on a path. */
interface PathLayers {
  /** The nodes of the convolutions. */
  readonly nodes: readonly OpenNode[];
  /** The weights and biases of each, as PyTorch has them. */
  readonly filters: readonly (readonly [weight: Constant, bias: Constant])[];
  /** What comes after Flatten. */
  readonly dense: readonly Layer[];
}

function readPath(
  path: readonly OpenNode[],
  constants: Constants,
  architecture: NetworkArchitecture,
): PathLayers {
  const convolutions = networkConvolutions(architecture);
  const mostLayers = convolutions.length + architecture.hidden.length + 1;
  const nodes: OpenNode[] = [];
  const filters: [Constant, Constant][] = [];
  const dense: Layer[] = [];
  let isFlat = false;
  let wantsRelu = false;
  for (const node of path) {
    const { operator, inputs, attributes } = node;
    const refuse = (rule: string): never => {
      throw unreadable(label(node), rule);
    };
    if (isFlat) {
      addNode(dense, node, constants);
    } else if (operator === "Conv") {
      const layer = convolutions[nodes.length];
      if (layer === undefined || wantsRelu) {
        return refuse(`must be one of ${convolutions.length}, with a Relu each`);
      }
      requirePlain(node, layer);
      const weight = constants.get(inputs[1] ?? "");
      const count = weight.shape[0] ?? 0;
      const isBiased = inputs[2] !== undefined && inputs[2] !== "";
      const bias = isBiased ? constants.get(inputs[2]!) : { shape: [count], data: new Float32Array(count) };
      filters.push([weight, bias]);
      nodes.push(node);
      wantsRelu = true;
    } else if (operator === "Relu") {
      if (!wantsRelu) refuse("must come after a Conv");
      wantsRelu = false;
    } else if (operator === "Flatten") {
      if (wantsRelu || (attributes.get("axis")?.int ?? 1) !== 1) {
        refuse("must come after a Relu, with axis 1");
      }
      isFlat = true;
    } else if (operator === "Transpose") {
      const order = attributes.get("perm")?.ints.join(", ");
      if (nodes.length > 0 || order !== "0, 3, 1, 2") {
        refuse(`must bring channels to the front, got ${order}`);
      }
    } else if (operator === "Div") {
      const divisor = constants.get(inputs[1] ?? "").data;
      const { byteScale = 1 } = architecture;
      if (nodes.length > 0 || divisor.length !== 1 || divisor[0] !== Math.fround(byteScale)) {
        refuse(`must divide the observation by ${byteScale}, got ${[...divisor.subarray(0, 3)].join(", ")}`);
      }
    } else if (operator === "Cast") {
      if (attributes.get("to")?.int !== FLOAT) refuse("must be to float32");
    } else if (operator !== "Identity") refuse("must come after Flatten");
    if (nodes.length + dense.length > mostLayers) refuse(`must be one of ${mostLayers} layers`);
  }
  requireRelus(dense);
  return { nodes, filters, dense };
}

/** The weights of convolutions and of what follows as PyTorch has them. */
function numbered(prefix: string, filters: PathLayers["filters"], dense: readonly Layer[]): Tensor[] {
  const linear = dense.map(({ weight, bias }): [Constant, Constant] => {
    const outputs = weight.shape[1] ?? 0;
    return [transposed(weight), { shape: [outputs], data: bias ?? new Float32Array(outputs) }];
  });
  return [...filters, ...linear].flatMap(([weight, bias], i): Tensor[] => [
    { name: `${prefix}${i}.weight`, shape: [...weight.shape], data: weight.data },
    { name: `${prefix}${i}.bias`, shape: [...bias.shape], data: bias.data },
  ]);
}

/** Refuses a Conv with padding, dilation, groups, or other strides than a layer's. */
function requirePlain(node: OpenNode, { stride }: { stride: number }): void {
  const { attributes } = node;
  const expected: Readonly<Record<string, number>> = { strides: stride, pads: 0, dilations: 1, group: 1 };
  for (const [name, value] of Object.entries(expected)) {
    const attribute = attributes.get(name);
    const fallback = name === "pads" ? 0 : 1;
    const got = name === "group" ? [attribute?.int ?? fallback] : attribute?.ints ?? [fallback];
    if (got.every((number) => number === value)) continue;
    throw unreadable(label(node), `must have ${name} of ${value}, got ${got.join(", ")}`);
  }
  if (attributes.has("auto_pad")) throw unreadable(label(node), "must have no auto_pad");
}
