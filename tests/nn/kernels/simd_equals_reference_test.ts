import { assertEquals } from "@std/assert";
import { randomSeeded } from "@std/random";
import type { Loss } from "../../../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../../../nn/kernels/reference_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { createMatrix } from "../../../nn/matrix.ts";
import { assertSameBits, copyArray, copyMatrix, draw, MOODS, pick, randomMatrix } from "./_random_arrays.ts";

const SIZES = [1, 2, 3, 4, 5, 7, 8, 13, 16, 21, 31, 32, 33, 36, 64, 84, 120, 127, 128, 129];
const LONG = [255, 256, 257, 300, 515];
const reference = new ReferenceKernels();

/** Mostly short dimensions, sometimes one that needs more than one panel of terms. */
function shapes(
  seed: bigint,
  count: number,
): { rows: number; inputs: number; outputs: number; name: string }[] {
  const prng = randomSeeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const dimensions = [pick(SIZES, prng), pick(SIZES, prng), pick(SIZES, prng)];
    if (i % 8 === 0) dimensions[Math.floor(prng() * 3)] = pick(LONG, prng);
    const [rows, inputs, outputs] = dimensions as [number, number, number];
    return { rows, inputs, outputs, name: `case ${i}: ${rows} rows, ${inputs} → ${outputs}` };
  });
}

Deno.test("linearForward() has the reference's bits", () => {
  const prng = randomSeeded(1n);
  for (const { rows, inputs, outputs, name } of shapes(11n, 250)) {
    const kernels = new SimdKernels(400_000);
    const input = randomMatrix(kernels, rows, inputs, pick(MOODS, prng), prng);
    const weight = randomMatrix(kernels, inputs, outputs, pick(MOODS, prng), prng);
    const bias = randomMatrix(kernels, 1, outputs, pick(MOODS, prng), prng).data;
    for (const relu of [false, true]) {
      const actual = randomMatrix(kernels, rows, outputs, "plain", prng);
      const expected = createMatrix(rows, outputs);
      kernels.linearForward(input, weight, bias, actual, relu);
      reference.linearForward(input, weight, bias, expected, relu);
      assertSameBits(actual.data, expected.data, `${name}, relu ${relu}`);
    }
  }
});

Deno.test("inputGradient() has the reference's bits", () => {
  const prng = randomSeeded(2n);
  for (const { rows, inputs, outputs, name } of shapes(12n, 250)) {
    const kernels = new SimdKernels(400_000);
    const outputGradient = randomMatrix(kernels, rows, outputs, pick(MOODS, prng), prng);
    const weight = randomMatrix(kernels, inputs, outputs, pick(MOODS, prng), prng);
    const activation = randomMatrix(kernels, rows, inputs, pick(MOODS, prng), prng);
    const actual = randomMatrix(kernels, rows, inputs, "plain", prng);
    const expected = createMatrix(rows, inputs);
    kernels.inputGradient(outputGradient, weight, activation, actual);
    reference.inputGradient(outputGradient, weight, activation, expected);
    assertSameBits(actual.data, expected.data, name);
  }
});

Deno.test("weightGradient() has the reference's bits", () => {
  const prng = randomSeeded(3n);
  for (const { rows, inputs, outputs, name } of shapes(13n, 250)) {
    const kernels = new SimdKernels(400_000);
    const input = randomMatrix(kernels, rows, inputs, pick(MOODS, prng), prng);
    const outputGradient = randomMatrix(kernels, rows, outputs, pick(MOODS, prng), prng);
    const actual = randomMatrix(kernels, inputs, outputs, "plain", prng);
    const expected = createMatrix(inputs, outputs);
    const actualBias = randomMatrix(kernels, 1, outputs, "plain", prng).data;
    const expectedBias = new Float32Array(actualBias.length);
    kernels.weightGradient(input, outputGradient, actual, actualBias);
    reference.weightGradient(input, outputGradient, expected, expectedBias);
    assertSameBits(actual.data, expected.data, name);
    assertSameBits(actualBias, expectedBias, `${name}, bias`);
  }
});

Deno.test("products of 1,024 rows have the reference's bits", () => {
  const prng = randomSeeded(4n);
  const [rows, inputs, outputs] = [1024, 65, 37];
  const kernels = new SimdKernels(400_000);
  const input = randomMatrix(kernels, rows, inputs, "half zero", prng);
  const weight = randomMatrix(kernels, inputs, outputs, "plain", prng);
  const outputGradient = randomMatrix(kernels, rows, outputs, "half zero", prng);
  const bias = kernels.allocate(weight.stride);
  const [actual, expected] = [
    createMatrix(rows, outputs, (n) => kernels.allocate(n)),
    createMatrix(rows, outputs),
  ];
  kernels.linearForward(input, weight, bias, actual, true);
  reference.linearForward(input, weight, bias, expected, true);
  assertSameBits(actual.data, expected.data, "forward");
  const [actualDx, expectedDx] = [
    createMatrix(rows, inputs, (n) => kernels.allocate(n)),
    createMatrix(rows, inputs),
  ];
  kernels.inputGradient(outputGradient, weight, input, actualDx);
  reference.inputGradient(outputGradient, weight, input, expectedDx);
  assertSameBits(actualDx.data, expectedDx.data, "input gradient");
  const [actualDw, expectedDw] = [copyMatrix(kernels, weight), copyMatrix(reference, weight)];
  const expectedBias = new Float32Array(weight.stride);
  kernels.weightGradient(input, outputGradient, actualDw, bias);
  reference.weightGradient(input, outputGradient, expectedDw, expectedBias);
  assertSameBits(actualDw.data, expectedDw.data, "weight gradient");
  assertSameBits(bias, expectedBias, "bias gradient");
});

Deno.test("tdLoss() has the reference's bits", () => {
  const prng = randomSeeded(5n);
  for (let i = 0; i < 100; i++) {
    const rows = pick(SIZES, prng), actions = pick([1, 2, 3, 4, 6, 18], prng);
    const kernels = new SimdKernels(20_000);
    const values = randomMatrix(kernels, rows, actions, pick(MOODS, prng), prng);
    const chosen = kernels.allocateInt32(rows).map(() => Math.floor(prng() * actions));
    const targets = randomMatrix(kernels, 1, rows, pick(MOODS, prng), prng).data;
    const weights = kernels.allocate(rows).map(() => prng());
    const loss: Loss = pick(["mse", "huber"], prng);
    const actual = randomMatrix(kernels, rows, actions, "plain", prng),
      expected = createMatrix(rows, actions);
    const actualErrors = kernels.allocate(rows), expectedErrors = new Float32Array(rows);
    const actualLoss = kernels.tdLoss(loss, values, chosen, targets, weights, actual, actualErrors);
    const expectedLoss = reference.tdLoss(loss, values, chosen, targets, weights, expected, expectedErrors);
    assertEquals(actualLoss, expectedLoss);
    assertSameBits(actual.data, expected.data, `case ${i}`);
    assertSameBits(actualErrors, expectedErrors, `case ${i}`);
  }
});

Deno.test("adam() has the reference's bits, step after step", () => {
  const prng = randomSeeded(6n);
  for (let i = 0; i < 60; i++) {
    const length = pick([1, 2, 3, 4, 5, 63, 64, 100, 1001], prng);
    const kernels = new SimdKernels(20_000);
    const arrays = Array.from({ length: 3 }, () => {
      const mood = pick(MOODS, prng);
      return kernels.allocate(length).map(() => draw(mood, prng));
    });
    const [parameters, firstMoments, secondMoments] = arrays.map((values) => copyArray(kernels, values));
    const [expected, expectedFirst, expectedSecond] = arrays.map((values) => copyArray(reference, values));
    for (const array of [secondMoments!, expectedSecond!]) array.forEach((v, k) => array[k] = Math.abs(v));
    const step = {
      beta1: Math.fround(0.9),
      oneMinusBeta1: Math.fround(0.1),
      beta2: Math.fround(0.999),
      oneMinusBeta2: Math.fround(0.001),
      stepSize: Math.fround(prng()),
      inverseRootCorrection: Math.fround(1 + prng()),
      epsilon: Math.fround(1e-8),
    };
    for (let k = 0; k < 5; k++) {
      const mood = pick(MOODS, prng);
      const gradients = randomMatrix(kernels, 1, length, mood, prng).data;
      kernels.adam(parameters!, gradients, firstMoments!, secondMoments!, step);
      reference.adam(expected!, gradients, expectedFirst!, expectedSecond!, step);
      assertSameBits(parameters!, expected!, `case ${i}, ${mood}, parameters`);
      assertSameBits(firstMoments!, expectedFirst!, `case ${i}, ${mood}, first moments`);
      assertSameBits(secondMoments!, expectedSecond!, `case ${i}, ${mood}, second moments`);
    }
  }
});

Deno.test("the passes over arrays have the reference's bits", () => {
  const prng = randomSeeded(7n);
  for (let i = 0; i < 200; i++) {
    const length = pick([1, 2, 3, 4, 5, 15, 16, 20, 24, 28, 63, 64, 100, 1001], prng);
    const kernels = new SimdKernels(10_000);
    const mood = pick(MOODS, prng), name = `case ${i}: ${length}, ${mood}`;
    const values = kernels.allocate(length).map(() => draw(mood, prng));
    const other = copyArray(kernels, values.map(() => draw(pick(MOODS, prng), prng)));

    const scaled = copyArray(kernels, values), expectedScaled = values.slice();
    const factor = draw(pick(MOODS, prng), prng);
    kernels.scale(scaled, factor);
    reference.scale(expectedScaled, factor);
    assertSameBits(scaled, expectedScaled, `${name}, scale`);

    const target = copyArray(kernels, values), expectedTarget = values.slice();
    const tau = prng();
    kernels.softUpdate(target, other, tau);
    reference.softUpdate(expectedTarget, other, tau);
    assertSameBits(target, expectedTarget, `${name}, softUpdate`);

    const multiple = copyArray(kernels, values.subarray(0, length & ~3));
    const squares = Float32Array.of(kernels.sumOfSquares(multiple));
    assertSameBits(squares, Float32Array.of(reference.sumOfSquares(multiple)), `${name}, sumOfSquares`);

    const checked = copyArray(kernels, values);
    assertEquals(kernels.allFinite(checked), true);
    checked[Math.floor(prng() * length)] = pick([NaN, Infinity, -Infinity], prng);
    assertEquals(kernels.allFinite(checked), false, name);
  }
});

Deno.test("rowMax() and gatherRows() have the reference's bits", () => {
  const prng = randomSeeded(8n);
  for (let i = 0; i < 100; i++) {
    const rows = pick(SIZES, prng), columns = pick([1, 2, 3, 4, 6, 18], prng);
    const kernels = new SimdKernels(20_000);
    const values = randomMatrix(kernels, rows, columns, pick(MOODS, prng), prng);
    const maxima = kernels.allocate(rows), positions = kernels.allocateInt32(rows);
    const expectedMaxima = new Float32Array(rows), expectedPositions = new Int32Array(rows);
    kernels.rowMax(values, maxima, positions);
    reference.rowMax(values, expectedMaxima, expectedPositions);
    assertSameBits(maxima, expectedMaxima, `case ${i}`);
    assertEquals([...positions], [...expectedPositions]);

    const indices = Int32Array.from({ length: 7 }, () => Math.floor(prng() * rows));
    const gathered = createMatrix(7, columns, (n) => kernels.allocate(n)),
      expected = createMatrix(7, columns);
    kernels.gatherRows(values, indices, gathered);
    reference.gatherRows(values, indices, expected);
    assertSameBits(gathered.data, expected.data, `case ${i}`);
  }
});
