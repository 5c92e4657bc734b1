import { Pcg32 } from "../../agents/pcg32.ts";
import { createMatrix, type Matrix } from "../matrix.ts";
import { ReferenceKernels } from "./reference_kernels.ts";
import { SimdKernels } from "./simd_kernels.ts";

/** A hidden layer of 128 units, 32 rows, half of the inputs zero. */
const ROWS = 32;
const UNITS = 128;

for (const kernels of [new ReferenceKernels(), new SimdKernels(400_000)]) {
  const prng = Pcg32.seeded(1n);
  const random = (rows: number, zeros: number): Matrix => {
    const matrix = createMatrix(rows, UNITS, (length) => kernels.allocate(length));
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < UNITS; c++) {
        matrix.data[r * matrix.stride + c] = prng.next() < zeros ? 0 : prng.next();
      }
    }
    return matrix;
  };
  const input = random(ROWS, 0.5), outputGradient = random(ROWS, 0.5), weight = random(UNITS, 0);
  const output = random(ROWS, 0), inputGradient = random(ROWS, 0), weightGradient = random(UNITS, 0);
  const bias = kernels.allocate(weight.stride);
  const baseline = kernels.name === "simd";

  Deno.bench(`forward, ${kernels.name}`, { group: "forward", baseline }, () => {
    kernels.linearForward(input, weight, bias, output, true);
  });
  Deno.bench(`input gradient, ${kernels.name}`, { group: "input gradient", baseline }, () => {
    kernels.inputGradient(outputGradient, weight, input, inputGradient);
  });
  Deno.bench(`weight gradient, ${kernels.name}`, { group: "weight gradient", baseline }, () => {
    kernels.weightGradient(input, outputGradient, weightGradient, bias);
  });
  const gain = kernels.allocate(weight.stride).fill(1, 0, UNITS),
    gainGradient = kernels.allocate(weight.stride);
  Deno.bench(`layer normalisation, ${kernels.name}`, { group: "layer normalisation", baseline }, () => {
    kernels.layerNorm(output, gain, bias, input);
  });
  Deno.bench(
    `its gradients, ${kernels.name}`,
    { group: "gradients of layer normalisation", baseline },
    () => {
      kernels.layerNormBackward(output, gain, outputGradient, inputGradient, gainGradient, bias);
    },
  );
  const shape = { rows: 10, columns: 10, channels: 4, filters: 16, kernel: 3, stride: 1 };
  const matrix = (rows: number, columns: number) => createMatrix(rows, columns, (n) => kernels.allocate(n));
  const images = matrix(ROWS, 400), places = matrix(ROWS, 1024), filters = matrix(36, 16);
  images.data.forEach((_, i) => images.data[i] = prng.next() < 0.9 ? 0 : 1);
  filters.data.forEach((_, i) => filters.data[i] = prng.next() - 0.5);
  Deno.bench(`convolution, ${kernels.name}`, { group: "convolution", baseline }, () => {
    kernels.convolution.forward(images, filters, bias, places, shape);
  });
  Deno.bench(`its gradients, ${kernels.name}`, { group: "gradients of the convolution", baseline }, () => {
    kernels.convolution.weightGradient(images, places, filters, bias, shape);
  });
  Deno.bench(`sum of squares, ${kernels.name}`, { group: "sum of squares", baseline }, () => {
    kernels.sumOfSquares(weight.data);
  });
}
