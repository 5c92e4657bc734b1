import type { Tensor } from "./tensor.ts";

/** A tensor with the axes of ONNX and of PyTorch: (filters, channels, rows, columns) for the weight of a convolution. */
export function filtersFirst({ name, shape, data }: Tensor): Tensor {
  const [rows, columns, channels, filters] = shape;
  if (filters === undefined) return { name, shape, data };
  const turned = new Float32Array(data.length);
  eachWeight(rows!, columns!, channels!, filters, (own, theirs) => turned[theirs] = data[own]!);
  return { name, shape: [filters, channels!, rows!, columns!], data: turned };
}

/** A tensor with our order of axes, from {@linkcode filtersFirst}. */
export function filtersLast({ name, shape, data }: Tensor): Tensor {
  const [filters, channels, rows, columns] = shape;
  if (columns === undefined) return { name, shape, data };
  const turned = new Float32Array(data.length);
  eachWeight(rows!, columns, channels!, filters!, (own, theirs) => turned[own] = data[theirs]!);
  return { name, shape: [rows!, columns, channels!, filters!], data: turned };
}

/** Calls back with the index of each weight in our order, and in theirs. */
function eachWeight(
  rows: number,
  columns: number,
  channels: number,
  filters: number,
  callback: (own: number, theirs: number) => void,
): void {
  let own = 0;
  for (let place = 0; place < rows * columns; place++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        callback(own++, (filter * channels + channel) * rows * columns + place);
      }
    }
  }
}
