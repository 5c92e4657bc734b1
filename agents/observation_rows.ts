import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { Kernels } from "../nn/kernels/kernels.ts";
import type { Matrix } from "../nn/matrix.ts";
import type { NetworkArchitecture } from "../nn/network_architecture.ts";
import { allFinite } from "./all_finite.ts";

/** Throws a TypeError or a RangeError unless observations are of a network's type, and finite. The message begins with "Cannot `action`". */
export function checkObservations(
  observations: BoxArray,
  { byteScale }: Pick<NetworkArchitecture, "byteScale">,
  what: string,
  action = "act",
): void {
  const isBytes = observations instanceof Uint8Array;
  if (isBytes !== (byteScale !== undefined)) {
    throw new TypeError(
      `Cannot ${action}: ${what} must be of ${
        isBytes ? "float32, got one of uint8" : "uint8, got one of float32"
      }`,
    );
  }
  if (isBytes || allFinite(observations)) return;
  const at = observations.findIndex((value) => !Number.isFinite(value));
  throw new RangeError(`Cannot ${action}: ${what} must be finite, got ${observations[at]} at index ${at}`);
}

/** Copies observations, row after row, into the input of a network; bytes are divided. */
export function writeObservations(
  observations: BoxArray,
  { byteScale }: Pick<NetworkArchitecture, "byteScale">,
  target: Matrix,
  kernels: Kernels,
): void {
  const { data, rows, columns, stride } = target;
  if (observations instanceof Uint8Array) {
    const scale = Math.fround(byteScale ?? 1);
    for (let r = 0; r < rows; r++) {
      kernels.scaleBytes(observations, r * columns, columns, scale, data, r * stride, 1);
    }
    return;
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) data[r * stride + c] = observations[r * columns + c]!;
  }
}
