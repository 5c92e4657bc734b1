import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { randomSeeded } from "@std/random";
import { LAYER_NORM_EPSILON } from "../../../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../../../nn/kernels/reference_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { createMatrix } from "../../../nn/matrix.ts";
import { assertSameBits, copyMatrix, draw, MOODS, pick, randomMatrix } from "./_random_arrays.ts";

const SIZES = [
  1,
  2,
  3,
  4,
  5,
  7,
  8,
  13,
  15,
  16,
  17,
  21,
  31,
  32,
  33,
  36,
  63,
  64,
  65,
  84,
  120,
  127,
  128,
  129,
  300,
];
const reference = new ReferenceKernels();

Deno.test("layerNorm() and its gradients have the reference's bits", () => {
  const prng = randomSeeded(21n);
  for (let k = 0; k < 300; k++) {
    const kernels = new SimdKernels(400_000);
    const rows = pick(SIZES, prng), columns = k < SIZES.length ? SIZES[k]! : pick(SIZES, prng);
    const moods = [pick(MOODS, prng), pick(MOODS, prng), pick(MOODS, prng), pick(MOODS, prng)] as const;
    const name = `case ${k}: ${rows} × ${columns}, ${moods.join(", ")}`;
    const input = randomMatrix(kernels, rows, columns, moods[0], prng);
    const gain = randomMatrix(kernels, 1, columns, moods[1], prng).data;
    const bias = randomMatrix(kernels, 1, columns, moods[2], prng).data;
    const outputGradient = randomMatrix(kernels, rows, columns, moods[3], prng);
    if (k % 20 === 7) input.data[0] = pick([NaN, Infinity, -Infinity], prng);
    if (k % 20 === 8) outputGradient.data[0] = NaN;

    const actual = randomMatrix(kernels, rows, columns, "plain", prng),
      expected = createMatrix(rows, columns);
    kernels.layerNorm(input, gain, bias, actual);
    reference.layerNorm(input, gain, bias, expected);
    assertSameBits(actual.data, expected.data, name);

    const inputGradient = randomMatrix(kernels, rows, columns, "plain", prng);
    const expectedGradient = createMatrix(rows, columns);
    const gradients = [0, 1].map(() => randomMatrix(kernels, 1, columns, "plain", prng).data);
    const expectedGradients = gradients.map((array) => new Float32Array(array.length).fill(7));
    kernels.layerNormBackward(input, gain, outputGradient, inputGradient, gradients[0]!, gradients[1]!);
    reference.layerNormBackward(
      input,
      gain,
      outputGradient,
      expectedGradient,
      expectedGradients[0]!,
      expectedGradients[1]!,
    );
    assertSameBits(inputGradient.data, expectedGradient.data, `${name}, input gradient`);
    assertSameBits(gradients[0]!, expectedGradients[0]!, `${name}, gain gradient`);
    assertSameBits(gradients[1]!, expectedGradients[1]!, `${name}, bias gradient`);

    const inPlace = copyMatrix(kernels, outputGradient);
    kernels.layerNormBackward(input, gain, inPlace, inPlace, gradients[0]!, gradients[1]!);
    assertSameBits(inPlace.data, expectedGradient.data, `${name}, in place`);
    const inPlaceToo = copyMatrix(reference, outputGradient);
    reference.layerNormBackward(input, gain, inPlaceToo, inPlaceToo, gradients[0]!, gradients[1]!);
    assertSameBits(inPlaceToo.data, expectedGradient.data, `${name}, in place by the reference`);
  }
});

Deno.test("a normalised row by hand", () => {
  const input = createMatrix(2, 2);
  input.data.set([1, 5, 0, 0, 8, 8]);
  const output = createMatrix(2, 2);
  reference.layerNorm(input, new Float32Array([2, 3, 0, 0]), new Float32Array([3, -1, 0, 0]), output);
  // The first row has mean 3 and variance 4: −1 and 1 before gain and bias. The second has no variance: the bias alone.
  const scale = 1 / Math.sqrt(4 + LAYER_NORM_EPSILON);
  assertAlmostEquals(output.data[0]!, -2 * scale * 2 + 3, 1e-6);
  assertAlmostEquals(output.data[1]!, 2 * scale * 3 - 1, 1e-6);
  assertEquals([...output.data.subarray(4, 6)], [3, 0]);
});

Deno.test("the gradients of layer normalisation agree with central differences in float64", () => {
  const prng = randomSeeded(22n);
  for (const [rows, columns] of [[1, 2], [3, 5], [4, 17], [2, 40]] as const) {
    const arrays = [rows * columns, columns, columns, rows * columns].map((length) =>
      Array.from({ length }, () => Math.fround(draw("plain", prng)))
    );
    const [x, gain, bias, slopes] = arrays as [number[], number[], number[], number[]];
    /** Σ slope · output before the ReLU, in float64. */
    const loss = (x: number[], gain: number[], bias: number[]): number => {
      let sum = 0;
      for (let r = 0; r < rows; r++) {
        const row = x.slice(r * columns, (r + 1) * columns);
        const mean = row.reduce((a, b) => a + b) / columns;
        const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / columns;
        row.forEach((value, j) => {
          const normalized = (value - mean) / Math.sqrt(variance + LAYER_NORM_EPSILON);
          sum += slopes[r * columns + j]! * (normalized * gain[j]! + bias[j]!);
        });
      }
      return sum;
    };
    const matrix = (values: number[]) => {
      const made = createMatrix(rows, columns);
      for (let r = 0; r < rows; r++) {
        made.data.set(values.slice(r * columns, (r + 1) * columns), r * made.stride);
      }
      return made;
    };
    const input = matrix(x);
    const padded = (values: number[]) =>
      Float32Array.from({ length: input.stride }, (_, j) => values[j] ?? 0);
    const inputGradient = createMatrix(rows, columns);
    const [gainGradient, biasGradient] = [padded([]), padded([])];
    reference.layerNormBackward(
      input,
      padded(gain),
      matrix(slopes),
      inputGradient,
      gainGradient,
      biasGradient,
    );
    const step = 1e-5;
    const check = (actual: number, lossAt: (shift: number) => number, what: string) => {
      const expected = (lossAt(step) - lossAt(-step)) / (2 * step);
      assert(
        Math.abs(actual - expected) <= 2e-5 * Math.max(1, Math.abs(expected)),
        `${what}: ${actual}, ${expected}`,
      );
    };
    x.forEach((value, k) => {
      const at = Math.floor(k / columns) * input.stride + k % columns;
      check(inputGradient.data[at]!, (shift) => loss(x.with(k, value + shift), gain, bias), `input ${k}`);
    });
    gain.forEach((value, j) => {
      check(gainGradient[j]!, (shift) => loss(x, gain.with(j, value + shift), bias), `gain ${j}`);
      check(biasGradient[j]!, (shift) => loss(x, gain, bias.with(j, bias[j]! + shift)), `bias ${j}`);
    });
  }
});
