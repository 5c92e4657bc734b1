import { type NetworkArchitecture, networkConvolutions } from "../network_architecture.ts";
import type { Tensor } from "../tensor.ts";
import { addNode, label, type Layer, layerPath, outputOf, requireRelus } from "./_layer_path.ts";
import { openModel, type OpenNode } from "./_open_model.ts";
import { unreadable } from "./_protobuf_reader.ts";
import { MAX_NODES } from "./_read_model.ts";
import { transposed } from "./_constants.ts";

const OPERATORS = ["Add", "Conv", "Div", "Flatten", "Gemm", "Identity", "MatMul", "Relu", "Transpose"];

/**
 * The weights of a network with convolutions that another program wrote, such as `torch.onnx.export` of `nn.Conv2d`, `nn.ReLU`,
 * `nn.Flatten` and `nn.Linear`.
 *
 * @param bytes The bytes of an ONNX file.
 * @param architecture The network that they are for.
 * @returns The weights as PyTorch has them, numbered: `0.weight`, `0.bias`, `1.weight` and so on.
 * @throws {SyntaxError} If the bytes are not such a file.
 */
export function convolutionWeights(bytes: Uint8Array, architecture: NetworkArchitecture): Tensor[] {
  const { graph } = openModel(bytes);
  if (graph.nodes.length > MAX_NODES) {
    throw unreadable("graph", `must have at most ${MAX_NODES} nodes, got ${graph.nodes.length}`);
  }
  const convolutions = networkConvolutions(architecture);
  const { path, constants } = layerPath(graph, outputOf(graph, undefined).name, OPERATORS);
  const mostLayers = convolutions.length + architecture.hidden.length + 1;
  const tensors: Tensor[] = [];
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
      const layer = convolutions[tensors.length / 2];
      if (layer === undefined || wantsRelu) {
        return refuse(`must be one of ${convolutions.length}, with a Relu each`);
      }
      requirePlain(node, layer);
      const weight = constants.get(inputs[1] ?? "");
      const bias = inputs[2] === undefined || inputs[2] === "" ? undefined : constants.get(inputs[2]);
      const number = tensors.length / 2;
      tensors.push({ name: `${number}.weight`, shape: [...weight.shape], data: weight.data });
      const { shape = [weight.shape[0] ?? 0], data = new Float32Array(weight.shape[0] ?? 0) } = bias ?? {};
      tensors.push({ name: `${number}.bias`, shape: [...shape], data });
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
      if (tensors.length > 0 || order !== "0, 3, 1, 2") {
        refuse(`must bring channels to the front, got ${order}`);
      }
    } else if (operator === "Div") {
      const divisor = constants.get(inputs[1] ?? "").data;
      const { byteScale = 1 } = architecture;
      if (tensors.length > 0 || divisor.length !== 1 || divisor[0] !== Math.fround(byteScale)) {
        refuse(`must divide the observation by ${byteScale}, got ${[...divisor.subarray(0, 3)].join(", ")}`);
      }
    } else if (operator !== "Identity") refuse("must come after Flatten");
    if (tensors.length / 2 + dense.length > mostLayers) refuse(`must be one of ${mostLayers} layers`);
  }
  requireRelus(dense);
  const first = tensors.length / 2;
  return [
    ...tensors,
    ...dense.flatMap(({ weight, bias }, i): Tensor[] => {
      const { shape, data } = transposed(weight);
      const outputs = weight.shape[1] ?? 0;
      return [
        { name: `${first + i}.weight`, shape: [...shape], data },
        { name: `${first + i}.bias`, shape: [outputs], data: bias ?? new Float32Array(outputs) },
      ];
    }),
  ];
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
