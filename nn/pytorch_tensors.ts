/**
 * Weights as PyTorch's `nn.Linear`, `nn.Conv2d` and `nn.LayerNorm` have them.
 *
 * @module
 */

import { filtersFirst, filtersLast } from "./filter_axes.ts";
import { planesOf, reordered, takesPlanes } from "./_flatten_order.ts";
import {
  type NetworkArchitecture,
  networkConvolutions,
  type NetworkPart,
  networkParts,
} from "./network_architecture.ts";
import type { Tensor } from "./tensor.ts";

/**
 * A network's parameters by PyTorch's names, with weights of shape (outputs, inputs), for `load_state_dict` of an
 * `nn.Sequential` of `nn.Linear`, after each hidden one `nn.LayerNorm` if there is layer normalisation, and `nn.ReLU`: `0.weight`,
 * `0.bias`, `2.weight` and so on. With dueling streams `torso.0.weight`, `value.0.weight`, `advantage.0.weight`, a Sequential
 * each, the torso with a ReLU at its end. Convolutions come first, an `nn.Conv2d` and an `nn.ReLU` each, then `nn.Flatten`: their
 * weights are of shape (filters, channels, rows, columns), for images with channels first. Of a noisy network, the means.
 *
 * @param architecture The network.
 * @param tensors Its parameters, by the names of `QNetwork.tensors()`.
 * @returns Copies.
 * @throws {TypeError} If a parameter is missing.
 *
 * @example Usage
 * ```ts
 * import { buildWithKernels, Mlp, pytorchTensors } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 8, 2], kernels));
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [8],
 *   actionCount: 2,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const tensors = pytorchTensors(architecture, network.tensors());
 * assertEquals(tensors.map(({ name, shape }) => `${name} ${shape}`), [
 *   "0.weight 8,4",
 *   "0.bias 8",
 *   "2.weight 2,8",
 *   "2.bias 2",
 * ]);
 * ```
 */
export function pytorchTensors(architecture: NetworkArchitecture, tensors: readonly Tensor[]): Tensor[] {
  const own = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const planes = planesOf(architecture);
  return namesOf(architecture).map(({ ours, theirs, kind }) => {
    const tensor = own.get(ours);
    if (tensor === undefined) {
      throw new TypeError(`Cannot write weights: tensor ${ours} must be there, got none`);
    }
    const isFlattened = kind === "flattened weight" && planes !== undefined;
    const turned = kind === "filters"
      ? filtersFirst(tensor)
      : kind === "vector"
      ? { shape: [...tensor.shape], data: tensor.data.slice() }
      : transposed(isFlattened ? reordered(tensor, planes, "pytorch") : tensor);
    return { ...turned, name: theirs };
  });
}

/**
 * A network's parameters from those of PyTorch, whatever their names are: each layer is a pair `….weight` and `….bias`, in the
 * order of the numbers in their names, or of their sizes where names have no such order. With dueling streams the names tell which
 * layers are of the `advantage` and of the `value`: `adv` or `val` within them, else the letters `a` or `v` by themselves, as in
 * `fc_a` and `V.0`.
 * Weights of four axes are those of convolutions of images with channels first, after which `nn.Flatten` is taken for granted.
 *
 * @param architecture The network.
 * @param tensors PyTorch's parameters.
 * @returns Copies by the names of `QNetwork.tensors()`, without sigmas.
 * @throws {TypeError} If they do not fit the architecture; the message names the tensor.
 *
 * @example Usage
 * ```ts
 * import { fromPytorchTensors } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const architecture = {
 *   observationLength: 2,
 *   hidden: [],
 *   actionCount: 1,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const tensors = fromPytorchTensors(architecture, [
 *   { name: "q_net.0.bias", shape: [1], data: Float32Array.of(3) },
 *   { name: "q_net.0.weight", shape: [1, 2], data: Float32Array.of(1, 2) },
 * ]);
 * assertEquals(tensors.map(({ name, shape }) => `${name} ${shape}`), ["layers.0.weight 2,1", "layers.0.bias 1"]);
 * ```
 */
export function fromPytorchTensors(architecture: NetworkArchitecture, tensors: readonly Tensor[]): Tensor[] {
  const left = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const weights = [...left.keys()].filter((name) => /(^|\.)weight$/.test(name)).sort(byNumbers);
  const isFilters = (name: string) => left.get(name)?.shape.length === 4;
  const [filters, layers] = [weights.filter(isFilters), weights.filter((name) => !isFilters(name))];
  const take = (name: string, ours: string, wanted: readonly number[]): Tensor => {
    const tensor = left.get(name);
    if (tensor !== undefined && tensor.shape.join() === wanted.join()) {
      left.delete(name);
      return tensor;
    }
    const got = tensor === undefined ? "nothing" : `(${tensor.shape.join(", ")})`;
    throw new TypeError(
      `Cannot read weights: ${name} must be of shape (${wanted.join(", ")}) for ${ours}, got ${got}`,
    );
  };
  const copied = ({ shape, data }: Tensor) => ({ shape: [...shape], data: data.slice() });
  const convolutions = networkConvolutions(architecture);
  if (filters.length !== convolutions.length) {
    throw new TypeError(
      `Cannot read weights: there must be ${convolutions.length} convolutions, got ${filters.length}`,
    );
  }
  const parts = networkParts(architecture);
  const planes = planesOf(architecture);
  const convolved = convolutions.flatMap(({ kernel, channels, filters: count }, i): Tensor[] => {
    const prefix = filters[i]!.slice(0, filters[i]!.length - "weight".length);
    const [weight, bias] = [`convolution.${i}.weight`, `convolution.${i}.bias`];
    return [
      { ...filtersLast(take(`${prefix}weight`, weight, [count, channels, kernel, kernel])), name: weight },
      { ...copied(take(`${prefix}bias`, bias, [count])), name: bias },
    ];
  });
  const partNames = partsByName(layers, parts);
  const read = parts.flatMap((part) => {
    const names = partNames.get(part.name) ?? [];
    const expected = part.sizes.length - 1 + part.normalized;
    if (names.length !== expected) {
      throw new TypeError(
        `Cannot read weights: ${part.name} must have ${expected} layers, got ${names.length}: ${
          names.map((name) => name.slice(0, -"weight".length)).join(" ")
        }`,
      );
    }
    const inOrder = inOrderOf(part, names.map((name) => left.get(name)!));
    return slotsOf(part).map(({ ours, suffix, shape, layer }): Tensor => {
      const isWeight = shape.length === 2;
      const prefix = inOrder[layer]!.slice(0, -"weight".length);
      const tensor = take(`${prefix}${suffix}`, ours, isWeight ? shape.toReversed() : shape);
      if (!isWeight) return { ...copied(tensor), name: ours };
      const weight = { ...transposed(tensor), name: ours };
      const isFirst = layer === 0 && takesPlanes(part, parts);
      return isFirst && planes !== undefined ? reordered(weight, planes, "ours") : weight;
    });
  });
  for (const name of left.keys()) throw new TypeError(`Cannot read weights: ${name} must be absent`);
  return [...convolved, ...read];
}

/** One parameter of a part. */
interface Slot {
  readonly ours: string;
  /** `weight` or `bias`. */
  readonly suffix: string;
  /** Our shape. */
  readonly shape: readonly number[];
  /** Which of the layers of PyTorch it is of, normalisations included. */
  readonly layer: number;
  /** The layer's index in an `nn.Sequential` with ReLU. */
  readonly index: number;
}

/** The parameters of a part, in order. */
function slotsOf({ name, sizes, normalized }: NetworkPart): Slot[] {
  let [layer, index] = [0, 0];
  return sizes.slice(1).flatMap((outputs, i): Slot[] => {
    const prefix = `${name}.${i}`;
    const linear = { layer: layer++, index: index++ };
    const slots: Slot[] = [
      { ours: `${prefix}.weight`, suffix: "weight", shape: [sizes[i]!, outputs], ...linear },
      { ours: `${prefix}.bias`, suffix: "bias", shape: [outputs], ...linear },
    ];
    if (i < normalized) {
      const norm = { layer: layer++, index: index++ };
      slots.push({ ours: `${prefix}.norm_gain`, suffix: "weight", shape: [outputs], ...norm });
      slots.push({ ours: `${prefix}.norm_bias`, suffix: "bias", shape: [outputs], ...norm });
    }
    index++; // the ReLU
    return slots;
  });
}

/** A parameter's names, and how its numbers are arranged. */
interface Name {
  readonly ours: string;
  readonly theirs: string;
  readonly kind: "filters" | "flattened weight" | "weight" | "vector";
}

function namesOf(architecture: NetworkArchitecture): Name[] {
  const parts = networkParts(architecture);
  const convolutions = networkConvolutions(architecture);
  const body = architecture.dueling ? "torso." : "";
  // An nn.Conv2d and an nn.ReLU each, and one nn.Flatten.
  const before = convolutions.length === 0 ? 0 : 2 * convolutions.length + 1;
  const convolved = convolutions.flatMap((_, i): Name[] => [
    { ours: `convolution.${i}.weight`, theirs: `${body}${2 * i}.weight`, kind: "filters" },
    { ours: `convolution.${i}.bias`, theirs: `${body}${2 * i}.bias`, kind: "vector" },
  ]);
  const dense = parts.flatMap((part) =>
    slotsOf(part).map(({ ours, suffix, shape, layer, index }): Name => {
      const isBody = part.name === "layers" || part.name === "torso";
      const isFirst = layer === 0 && takesPlanes(part, parts);
      return {
        ours,
        theirs: `${isBody ? body : `${part.name}.`}${index + (isBody ? before : 0)}.${suffix}`,
        kind: shape.length === 1 ? "vector" : isFirst ? "flattened weight" : "weight",
      };
    })
  );
  return [...convolved, ...dense];
}

/**
 * The names of a part's weights in the order of its layers: the order of the names, unless the shapes tell another one, as of
 * `input`, `hidden` and `output`.
 */
function inOrderOf(part: NetworkPart, weights: readonly Tensor[]): string[] {
  const slots = slotsOf(part).filter(({ suffix }) => suffix === "weight");
  const left = [...weights];
  const fitting: string[] = [];
  for (const { shape } of slots) {
    const wanted = shape.toReversed().join();
    const at = left.findIndex((tensor) => tensor.shape.join() === wanted);
    if (at === -1) return weights.map(({ name }) => name);
    fitting.push(...left.splice(at, 1).map(({ name }) => name));
  }
  return fitting;
}

/** What marks names of the streams; the first pattern that any name has counts, so that a letter alone is the last resort. */
const ADVANTAGE: readonly RegExp[] = [/adv/i, /(^|[._])a([._\d]|$)/i, /(^|\.)q\./i];
const VALUE: readonly RegExp[] = [/val/i, /(^|[._])v([._\d]|$)/i];

/** The names of weights by the part that they are of. */
function partsByName(
  names: readonly string[],
  parts: readonly NetworkPart[],
): Map<NetworkPart["name"], string[]> {
  if (parts.length === 1) return new Map([["layers", [...names]]]);
  const found = new Map<NetworkPart["name"], string[]>();
  const used = (patterns: readonly RegExp[]) =>
    patterns.find((pattern) => names.some((name) => pattern.test(name)));
  const [advantage, value] = [used(ADVANTAGE), used(VALUE)];
  for (const name of names) {
    const part = advantage?.test(name) ? "advantage" : value?.test(name) ? "value" : "torso";
    found.set(part, [...found.get(part) ?? [], name]);
  }
  return found;
}

/** Names in the order of the numbers in them: `2.weight` before `10.weight`. */
function byNumbers(a: string, b: string): number {
  const pad = (name: string) => name.replaceAll(/\d+/g, (digits) => digits.padStart(12, "0"));
  const [first, second] = [pad(a), pad(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
function transposed({ name, shape, data }: Tensor): Tensor {
  const [rows = 0, columns = 0] = shape;
  const turned = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) turned[c * rows + r] = data[r * columns + c]!;
  }
  return { name, shape: [columns, rows], data: turned };
}
