import { assert, assertEquals } from "@std/assert";
import type { Prng } from "@std/random";
import { randomSeeded } from "@std/random";
import { convolutionOutput, type ConvolutionShape } from "../../../nn/kernels/convolution_kernels.ts";
import { ReferenceKernels } from "../../../nn/kernels/reference_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { createMatrix, type Matrix } from "../../../nn/matrix.ts";
import { assertSameBits, copyMatrix, MOODS, pick, randomMatrix } from "./_random_arrays.ts";

const reference = new ReferenceKernels();

/** A whole number in a range, both ends included. */
const whole = (least: number, most: number, prng: Prng): number =>
  least + Math.floor(prng() * (most - least + 1));

function randomShape(prng: Prng): ConvolutionShape {
  const kernel = whole(1, 8, prng), stride = whole(1, 4, prng);
  return {
    rows: kernel + whole(0, 9, prng),
    columns: kernel + whole(0, 9, prng),
    channels: whole(1, 10, prng),
    filters: pick([1, 2, 3, 4, 5, 7, 8, 12, 16, 20, 32, 33, 36], prng),
    kernel,
    stride,
  };
}

const sizesOf = (shape: ConvolutionShape) => {
  const { rows, columns } = convolutionOutput(shape);
  return {
    image: shape.rows * shape.columns * shape.channels,
    output: rows * columns * shape.filters,
    terms: shape.kernel * shape.kernel * shape.channels,
  };
};

/** All three kernels against the reference, on random numbers; only a share of the images' is kept, zeros in place of the others. */
function compare(shape: ConvolutionShape, images: number, prng: Prng, name: string, kept = 1): void {
  const { image, output, terms } = sizesOf(shape);
  const kernels = new SimdKernels(8 * images * (image + output + 80) + 8 * terms * (shape.filters + 8));
  const input = randomMatrix(kernels, images, image, pick(MOODS, prng), prng);
  for (let i = 0; i < input.data.length; i++) if (prng() >= kept) input.data[i] = 0;
  const weight = randomMatrix(kernels, terms, shape.filters, pick(MOODS, prng), prng);
  const bias = randomMatrix(kernels, 1, shape.filters, pick(MOODS, prng), prng).data;
  const slopes = randomMatrix(kernels, images, output, pick(MOODS, prng), prng);
  const actual = createMatrix(images, output, (n) => kernels.allocate(n));
  const expected = createMatrix(images, output);
  kernels.convolution.forward(input, weight, bias, actual, shape);
  reference.convolution.forward(input, weight, bias, expected, shape);
  assertSameBits(actual.data, expected.data, `${name}, forward`);

  const [actualDx, expectedDx] = [copyMatrix(kernels, input), copyMatrix(reference, input)];
  kernels.convolution.inputGradient(slopes, weight, input, actualDx, shape);
  reference.convolution.inputGradient(slopes, weight, input, expectedDx, shape);
  assertSameBits(actualDx.data, expectedDx.data, `${name}, input gradient`);

  const [actualDw, expectedDw] = [copyMatrix(kernels, weight), copyMatrix(reference, weight)];
  const actualBias = kernels.allocate(bias.length), expectedBias = new Float32Array(bias.length);
  kernels.convolution.weightGradient(input, slopes, actualDw, actualBias, shape);
  reference.convolution.weightGradient(input, slopes, expectedDw, expectedBias, shape);
  assertSameBits(actualDw.data, expectedDw.data, `${name}, weight gradient`);
  assertSameBits(actualBias, expectedBias, `${name}, bias gradient`);
}

Deno.test("convolutions have the reference's bits: kernels 1 to 8, strides 1 to 4, channels 1 to 10, images 1 to 64", () => {
  const prng = randomSeeded(31n);
  for (let k = 0; k < 150; k++) {
    const shape = randomShape(prng);
    const images = k % 30 === 0 ? 64 : whole(1, 9, prng);
    compare(shape, images, prng, `case ${k}: ${images} × ${JSON.stringify(shape)}`);
  }
});

Deno.test("convolutions of images that are mostly zero have the reference's bits", () => {
  const prng = randomSeeded(34n);
  for (let k = 0; k < 150; k++) {
    const shape = { ...randomShape(prng), filters: pick([4, 8, 12, 16, 20, 24, 28, 32, 36, 6], prng) };
    const kept = pick([0, 0.01, 0.05, 0.1, 0.3], prng);
    compare(shape, whole(1, 9, prng), prng, `case ${k}: ${kept} of ${JSON.stringify(shape)}`, kept);
  }
});

Deno.test("convolutions that need several blocks, or more room than there is, have the reference's bits", () => {
  const prng = randomSeeded(32n);
  const shapes: ConvolutionShape[] = [
    { rows: 24, columns: 24, channels: 4, filters: 32, kernel: 8, stride: 1 }, // blocks of whole rows
    { rows: 9, columns: 140, channels: 10, filters: 6, kernel: 8, stride: 1 }, // blocks of parts of rows
    { rows: 20, columns: 20, channels: 1, filters: 130, kernel: 2, stride: 1 }, // filters that fill no vectors
    { rows: 9, columns: 10, channels: 1100, filters: 3, kernel: 8, stride: 1 }, // no room for one patch
  ];
  for (const shape of shapes) compare(shape, 2, prng, JSON.stringify(shape));
});

Deno.test("a convolution by hand: two filters over an image of 3 × 3", () => {
  const shape = { rows: 3, columns: 3, channels: 1, filters: 2, kernel: 2, stride: 1 };
  for (const kernels of [reference, new SimdKernels(1000)]) {
    const matrix = (rows: number[][]): Matrix => {
      const made = createMatrix(rows.length, rows[0]!.length, (n) => kernels.allocate(n));
      rows.forEach((row, r) => made.data.set(row, r * made.stride));
      return made;
    };
    const input = matrix([[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    const weight = matrix([[1, 0], [0, 0], [0, 0], [-1, 1]]); // top left − bottom right, and bottom right
    const bias = kernels.allocate(4);
    bias.set([5, -6]);
    const output = createMatrix(1, 8, (n) => kernels.allocate(n));
    kernels.convolution.forward(input, weight, bias, output, shape);
    assertEquals([...output.data.subarray(0, 8)], [1, 0, 1, 0, 1, 2, 1, 3]);

    const slopes = matrix([[1, 10, 2, 20, 3, 30, 4, 40]]);
    const inputGradient = createMatrix(1, 9, (n) => kernels.allocate(n));
    kernels.convolution.inputGradient(slopes, weight, input, inputGradient, shape);
    // Each place gives its first slope to its top left; its second less its first to its bottom right.
    assertEquals([...inputGradient.data.subarray(0, 9)], [1, 2, 0, 3, 4 + 9, 18, 0, 27, 36]);

    const weightGradient = createMatrix(4, 2, (n) => kernels.allocate(n));
    const biasGradient = kernels.allocate(4);
    kernels.convolution.weightGradient(input, slopes, weightGradient, biasGradient, shape);
    assertEquals([...biasGradient], [10, 100, 0, 0]);
    assertEquals([...weightGradient.data.subarray(0, 2)], [1 * 1 + 2 * 2 + 3 * 4 + 4 * 5, 370]);
  }
});

Deno.test("the gradients of a convolution agree with central differences in float64", () => {
  const prng = randomSeeded(33n);
  for (let k = 0; k < 6; k++) {
    const shape = {
      rows: whole(4, 6, prng),
      columns: whole(4, 6, prng),
      channels: whole(1, 3, prng),
      filters: whole(1, 5, prng),
      kernel: whole(1, 3, prng),
      stride: whole(1, 2, prng),
    };
    const images = 2;
    const { image, output, terms } = sizesOf(shape);
    const numbers = (count: number) => Array.from({ length: count }, () => Math.fround(2 * prng() - 1));
    const x = numbers(images * image).map(Math.abs), w = numbers(terms * shape.filters);
    const b = numbers(shape.filters), slopes = numbers(images * output);
    /** Σ slope · output, the outputs before ReLU, since the gradients are those of its argument. */
    const loss = (x: number[], w: number[], b: number[]): number => {
      const { rows, columns } = convolutionOutput(shape);
      let sum = 0, at = 0;
      for (let n = 0; n < images; n++) {
        for (let r = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++) {
            for (let f = 0; f < shape.filters; f++) {
              let value = b[f]!;
              for (let i = 0; i < shape.kernel; i++) {
                for (let j = 0; j < shape.kernel; j++) {
                  for (let d = 0; d < shape.channels; d++) {
                    const place = (r * shape.stride + i) * shape.columns + c * shape.stride + j;
                    value += x[n * image + place * shape.channels + d]! *
                      w[((i * shape.kernel + j) * shape.channels + d) * shape.filters + f]!;
                  }
                }
              }
              sum += slopes[at++]! * value;
            }
          }
        }
      }
      return sum;
    };
    const matrix = (rows: number, columns: number, values: number[]): Matrix => {
      const made = createMatrix(rows, columns);
      for (let r = 0; r < rows; r++) {
        made.data.set(values.slice(r * columns, (r + 1) * columns), r * made.stride);
      }
      return made;
    };
    const input = matrix(images, image, x), weight = matrix(terms, shape.filters, w);
    const outputGradient = matrix(images, output, slopes);
    const inputGradient = createMatrix(images, image), weightGradient = createMatrix(terms, shape.filters);
    const biasGradient = new Float32Array(weight.stride);
    reference.convolution.inputGradient(outputGradient, weight, input, inputGradient, shape);
    reference.convolution.weightGradient(input, outputGradient, weightGradient, biasGradient, shape);
    const step = 1e-4;
    const check = (actual: number, lossAt: (shift: number) => number, what: string) => {
      const expected = (lossAt(step) - lossAt(-step)) / (2 * step);
      assert(
        Math.abs(actual - expected) <= 1e-5 * Math.max(1, Math.abs(expected)),
        `${what}: ${actual}, ${expected}`,
      );
    };
    x.forEach((value, i) => {
      const at = Math.floor(i / image) * input.stride + i % image;
      check(inputGradient.data[at]!, (shift) => loss(x.with(i, value + shift), w, b), `input ${i}`);
    });
    w.forEach((value, i) => {
      const at = Math.floor(i / shape.filters) * weight.stride + i % shape.filters;
      check(weightGradient.data[at]!, (shift) => loss(x, w.with(i, value + shift), b), `weight ${i}`);
    });
    b.forEach((value, f) => {
      check(biasGradient[f]!, (shift) => loss(x, w, b.with(f, value + shift)), `bias ${f}`);
    });
  }
});
