import { convolutionOutput } from "./kernels/convolution_kernels.ts";
import { type NetworkArchitecture, networkConvolutions, type NetworkPart } from "./network_architecture.ts";
import type { Tensor } from "./tensor.ts";

/** The output of the last convolution: its places, rows times columns, and its filters; undefined without convolutions. */
export interface Planes {
  readonly places: number;
  readonly filters: number;
}

/** The output of an architecture's convolutions. */
export function planesOf(architecture: NetworkArchitecture): Planes | undefined {
  const last = networkConvolutions(architecture).at(-1);
  if (last === undefined) return undefined;
  const { rows, columns } = convolutionOutput(last);
  return { places: rows * columns, filters: last.filters };
}

/** Whether the first layer of a part takes what the convolutions give, flattened. */
export function takesPlanes({ name }: NetworkPart, parts: readonly NetworkPart[]): boolean {
  return name === "layers" || name === "torso" || !parts.some((part) => part.name === "torso");
}

/**
 * A weight of shape (inputs, outputs) whose inputs are in another order: here the filters of a place are neighbours, in PyTorch's
 * `nn.Flatten` the places of a filter.
 *
 * @param weight Ours, or PyTorch's with our order of axes.
 * @param planes The output of the convolutions.
 * @param to Whose order the result has.
 * @returns A copy.
 */
export function reordered(weight: Tensor, { places, filters }: Planes, to: "ours" | "pytorch"): Tensor {
  const [, outputs = 0] = weight.shape;
  const data = new Float32Array(weight.data.length);
  for (let place = 0; place < places; place++) {
    for (let filter = 0; filter < filters; filter++) {
      const [own, theirs] = [place * filters + filter, filter * places + place];
      const [source, target] = to === "ours" ? [theirs, own] : [own, theirs];
      data.set(weight.data.subarray(source * outputs, (source + 1) * outputs), target * outputs);
    }
  }
  return { ...weight, data };
}
