/**
 * Weights for a network, from files of any program.
 *
 * @module
 */

import type { NetworkArchitecture } from "../network_architecture.ts";
import { fromPytorchTensors } from "../pytorch_tensors.ts";
import { decodeSafetensors, float32Tensors } from "../safetensors.ts";
import type { Tensor } from "../tensor.ts";
import { decodeOnnx } from "./decode_onnx.ts";
import { decodeOnnxMlp } from "./decode_onnx_mlp.ts";
import { isOwnOnnx } from "./is_own_onnx.ts";
import { onnxOutline } from "./onnx_outline.ts";
import { tensorShapes } from "./_architecture.ts";
import { convolutionWeights } from "./_convolution_weights.ts";

/**
 * Reads the parameters of a network from a file: a `policy.onnx` or `policy.safetensors` of this library; or a multilayer
 * perceptron, or convolutions before one, that `torch.onnx` wrote; or the safetensors of a PyTorch module, whose layers may have any names
 * ({@linkcode fromPytorchTensors}). Parameters named as this library's, in a file without its `sha256`, are PyTorch's.
 *
 * @param bytes The bytes of the file.
 * @param architecture The network that they are for.
 * @returns Copies by the names of `QNetwork.tensors()`, without sigmas.
 * @throws {SyntaxError} If the bytes are neither, or damaged.
 * @throws {TypeError} If the parameters do not fit the architecture.
 * @throws {RangeError} If a parameter is not finite.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, encodeOnnx, Mlp, networkWeights } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 2], kernels));
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [],
 *   actionCount: 2,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const bytes = encodeOnnx({ architecture, tensors: network.tensors(), metadata: {} });
 * assertEquals(networkWeights(bytes, architecture), network.tensors());
 * ```
 */
export function networkWeights(bytes: Uint8Array, architecture: NetworkArchitecture): Tensor[] {
  if (!isSafetensors(bytes)) return fitting(fromOnnx(bytes, architecture), architecture);
  const content = decodeSafetensors(bytes);
  const tensors = float32Tensors(content);
  if (!("sha256" in content.metadata)) {
    const read = naming(tensors, () => fromPytorchTensors(architecture, tensors));
    return fitting(read, architecture);
  }
  return fitting(tensors.filter(({ name }) => !name.endsWith("_sigma")), architecture);
}

/** The tensors of an architecture, in its order. */
function fitting(tensors: readonly Tensor[], architecture: NetworkArchitecture): Tensor[] {
  return naming(tensors, () => requireFit(tensors, architecture));
}

function requireFit(tensors: readonly Tensor[], architecture: NetworkArchitecture): Tensor[] {
  const own = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const expected = tensorShapes(architecture);
  if (own.size !== expected.length) {
    throw new TypeError(`Cannot read weights: there must be ${expected.length} tensors, got ${own.size}`);
  }
  return expected.map(({ name, shape }) => {
    const tensor = own.get(name);
    if (tensor === undefined || tensor.shape.join() !== shape.join()) {
      const got = tensor === undefined ? "nothing" : `(${tensor.shape.join(", ")})`;
      throw new TypeError(`Cannot read weights: ${name} must be of shape (${shape.join(", ")}), got ${got}`);
    }
    const spoiled = tensor.data.find((value) => !Number.isFinite(value));
    if (spoiled === undefined) return tensor;
    throw new RangeError(`Cannot read weights: ${name} must be finite, got ${spoiled}`);
  });
}

/** Eight bytes with the header's length, then a brace; no ONNX file has a brace there. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[8] === 0x7b && bytes[7] === 0;
}

/** Runs an action; if the tensors do not fit, the error also has the shapes of the file's weights. */
function naming(tensors: readonly Tensor[], action: () => Tensor[]): Tensor[] {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError(`${error.message}; the file has ${shapesText(tensors)}`);
  }
}

/** The shapes of the weights, such as `0.weight (64, 4), 2.weight (2, 64)`; of many tensors, the first. */
function shapesText(tensors: readonly Tensor[]): string {
  const weights = tensors.filter(({ shape }) => shape.length > 1);
  const texts = weights.slice(0, MOST_SHOWN).map(({ name, shape }) =>
    `${name.slice(0, MOST_LETTERS)} (${shape.join(", ")})`
  );
  const rest = weights.length - texts.length;
  return [...texts, ...(rest > 0 ? [`${rest} more`] : [])].join(", ") || "no weights";
}

/** The most weights in a message. */
const MOST_SHOWN = 8;

/** The most letters of a name in a message. */
const MOST_LETTERS = 60;

function fromOnnx(bytes: Uint8Array, architecture: NetworkArchitecture): Tensor[] {
  if (isOwnOnnx(onnxOutline(bytes).metadata)) return decodeOnnx(bytes).tensors;
  if (architecture.convolution === undefined) return decodeOnnxMlp(bytes).tensors;
  const tensors = convolutionWeights(bytes, architecture);
  return naming(tensors, () => fromPytorchTensors(architecture, tensors));
}
