import { assertEquals } from "@std/assert";
import { type Prng, randomSeeded } from "@std/random";
import type { Kernels } from "../../../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../../../nn/kernels/reference_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { createMatrix, type Matrix } from "../../../nn/matrix.ts";
import { assertSameBits, copyArray, draw, MOODS, pick, randomMatrix } from "./_random_arrays.ts";

const ROWS = [1, 2, 3, 5, 8, 32];
const ATOMS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 21, 31, 32, 33, 50, 51, 200];
const ACTIONS = [1, 2, 3, 4, 5, 18];
const SIDES = [1, 2, 3, 4, 5, 8, 13, 31, 32, 51, 64, 129];
const ROOM = 400_000;
const reference = new ReferenceKernels();

/** Stands around every array that a kernel writes: a change of it is a write outside of the array. */
const GUARD = 12_345;

/** An array between two guards, full of what must be overwritten, or of zeros where rows are padded. */
function guarded(
  kernels: Kernels,
  length: number,
): { data: Float32Array; assertUntouched(what: string): void } {
  const before = kernels.allocate(16).fill(GUARD);
  const data = kernels.allocate(length);
  // Behind the array, in its own line of the cache, and in the next.
  const end = data.byteOffset + data.byteLength;
  const behind = kernels.allocate(16).fill(GUARD);
  const gap = new Float32Array(data.buffer, end, (behind.byteOffset - end) / 4).fill(GUARD);
  return {
    data,
    assertUntouched(what) {
      for (const guard of [before, gap, behind]) {
        assertEquals(guard.every((value) => value === GUARD), true, `${what}: written outside of the array`);
      }
    },
  };
}

/** Fills up an array's last line of the cache with NaN: what lies behind an array must count nothing. */
function poisonBehind(data: Float32Array): void {
  const end = data.byteOffset + data.byteLength;
  new Float32Array(data.buffer, end, (-end & 63) / 4).fill(NaN);
}

/** Calls a kernel of either kind with an output of the same shape, and compares outputs, padding included. */
function compare(
  kernels: SimdKernels,
  shape: { rows: number; columns: number },
  what: string,
  run: (kernels: Kernels, output: Matrix) => void,
  prng: Prng,
): void {
  const expected = createMatrix(shape.rows, shape.columns);
  const { data, assertUntouched } = guarded(kernels, expected.data.length);
  for (let r = 0; r < shape.rows; r++) {
    for (let c = 0; c < shape.columns; c++) {
      expected.data[r * expected.stride + c] = data[r * expected.stride + c] = draw("plain", prng);
    }
  }
  run(kernels, { ...expected, data });
  run(reference, expected);
  assertSameBits(data, expected.data, what);
  assertUntouched(what);
}

Deno.test("add() has the reference's bits", () => {
  const prng = randomSeeded(21n);
  for (let i = 0; i < 60; i++) {
    const length = pick([1, 2, 3, 4, 5, 15, 16, 64, 100, 1001], prng);
    const kernels = new SimdKernels(10_000);
    const source = kernels.allocate(length).map(() => draw(pick(MOODS, prng), prng));
    const { data, assertUntouched } = guarded(kernels, length);
    data.set(source.map(() => draw(pick(MOODS, prng), prng)));
    const expected = data.slice();
    kernels.heads.add(data, copyArray(kernels, source));
    reference.heads.add(expected, source);
    assertSameBits(data, expected, `case ${i}: ${length}`);
    assertUntouched(`case ${i}: ${length}`);
  }
});

Deno.test("the kernels of dueling streams have the reference's bits", () => {
  const prng = randomSeeded(22n);
  for (let i = 0; i < 200; i++) {
    const [rows, atoms, actions] = [pick(ROWS, prng), pick(ATOMS, prng), pick(ACTIONS, prng)];
    const mood = pick(MOODS, prng), name = `case ${i}: ${rows} × ${actions} × ${atoms}, ${mood}`;
    const kernels = new SimdKernels(ROOM);
    const value = randomMatrix(kernels, rows, atoms, mood, prng);
    const advantage = randomMatrix(kernels, rows, actions * atoms, mood, prng);
    compare(kernels, advantage, name, (k, output) => k.heads.duelingForward(value, advantage, output), prng);

    const expectedValue = createMatrix(rows, atoms);
    const { data, assertUntouched } = guarded(kernels, expectedValue.data.length);
    compare(kernels, advantage, `${name}, backward`, (k, output) => {
      k.heads.duelingBackward(advantage, k === kernels ? { ...value, data } : expectedValue, output);
    }, prng);
    assertSameBits(data, expectedValue.data, `${name}, value`);
    assertUntouched(name);
  }
});

Deno.test("the kernels of noise have the reference's bits, and padding stays zero", () => {
  const prng = randomSeeded(23n);
  for (let i = 0; i < 100; i++) {
    const [inputs, outputs] = [pick(SIDES, prng), pick(SIDES, prng)];
    const mood = pick(MOODS, prng), name = `case ${i}: ${inputs} → ${outputs}, ${mood}`;
    const kernels = new SimdKernels(ROOM);
    const mean = randomMatrix(kernels, inputs, outputs, pick(MOODS, prng), prng);
    const sigma = randomMatrix(kernels, inputs, outputs, mood, prng);
    const left = kernels.allocate(inputs);
    for (let k = 0; k < inputs; k++) left[k] = draw(pick(MOODS, prng), prng);
    const right = randomMatrix(kernels, 1, outputs, pick(MOODS, prng), prng).data;
    compare(kernels, mean, name, (k, output) => {
      k.heads.perturb(mean, sigma, left, right, output);
      for (let r = 0; r < inputs; r++) {
        const padding = output.data.subarray(r * output.stride + outputs, (r + 1) * output.stride);
        assertEquals(padding.every((element) => element === 0), true, name);
      }
    }, prng);
    compare(kernels, mean, `${name}, gradient`, (k, output) => {
      k.heads.noiseGradient(mean, left, right, output);
    }, prng);
  }
});

Deno.test("softmax() has the reference's bits", () => {
  const prng = randomSeeded(24n);
  for (let i = 0; i < 200; i++) {
    const [rows, atoms, actions] = [pick(ROWS, prng), pick(ATOMS, prng), pick(ACTIONS, prng)];
    const mood = pick(MOODS, prng), scale = pick([1, 1, 10, 100], prng);
    const name = `case ${i}: ${rows} × ${actions} × ${atoms}, ${mood} · ${scale}`;
    const kernels = new SimdKernels(ROOM);
    const logits = randomMatrix(kernels, rows, actions * atoms, mood, prng);
    poisonBehind(logits.data);
    if (mood === "plain") logits.data.forEach((logit, k) => logits.data[k] = scale * logit);
    const pitch = (atoms + 3) & ~3;
    const [largest, sums] = [guarded(kernels, rows * actions), guarded(kernels, rows * actions)];
    const [expectedLargest, expectedSums] = [largest, sums].map(({ data }) => new Float32Array(data.length));
    compare(kernels, { rows, columns: actions * pitch }, name, (k, output) => {
      if (k === kernels) k.heads.softmax(logits, atoms, output, largest.data, sums.data);
      else k.heads.softmax(logits, atoms, output, expectedLargest!, expectedSums!);
    }, prng);
    assertSameBits(largest.data, expectedLargest!, `${name}, largest`);
    assertSameBits(sums.data, expectedSums!, `${name}, sums`);
    for (const { assertUntouched } of [largest, sums]) assertUntouched(name);
  }
});

Deno.test("atomMeans() has the reference's bits", () => {
  const prng = randomSeeded(25n);
  for (let i = 0; i < 200; i++) {
    const [rows, atoms, actions] = [pick(ROWS, prng), pick(ATOMS, prng), pick(ACTIONS, prng)];
    const pitch = pick([atoms, (atoms + 3) & ~3], prng), mood = pick(MOODS, prng);
    const name = `case ${i}: ${rows} × ${actions} × ${atoms} of ${pitch}, ${mood}`;
    const kernels = new SimdKernels(ROOM);
    const values = randomMatrix(kernels, rows, actions * pitch, mood, prng);
    const weights = kernels.allocate(atoms);
    for (let k = 0; k < atoms; k++) weights[k] = draw(pick(["plain", "ties", "tiny"], prng), prng);
    for (const data of [values.data, weights]) poisonBehind(data);
    compare(kernels, { rows, columns: actions }, name, (k, output) => {
      k.heads.atomMeans(values, pitch, weights, output);
    }, prng);
  }
});

Deno.test("quantileHuber() has the reference's bits", () => {
  const prng = randomSeeded(26n);
  for (let i = 0; i < 150; i++) {
    const [rows, atoms, actions] = [pick(ROWS, prng), pick(ATOMS, prng), pick(ACTIONS, prng)];
    const mood = pick(MOODS, prng), scale = pick([1, 3], prng);
    const name = `case ${i}: ${rows} × ${actions} × ${atoms}, ${mood} · ${scale}`;
    const kernels = new SimdKernels(ROOM);
    const quantiles = randomMatrix(kernels, rows, actions * atoms, mood, prng);
    const targets = randomMatrix(kernels, rows, atoms, mood, prng);
    if (mood === "plain") targets.data.forEach((target, k) => targets.data[k] = scale * target);
    for (const { data } of [quantiles, targets]) poisonBehind(data);
    const weights = kernels.allocate(rows), chosen = kernels.allocateInt32(rows);
    for (let r = 0; r < rows; r++) {
      weights[r] = prng();
      chosen[r] = Math.floor(prng() * actions);
    }
    const losses = guarded(kernels, rows), expectedLosses = new Float32Array(rows);
    compare(kernels, quantiles, name, (k, output) => {
      const received = k === kernels ? losses.data : expectedLosses;
      k.heads.quantileHuber(quantiles, chosen, targets, weights, output, received);
    }, prng);
    assertSameBits(losses.data, expectedLosses, `${name}, losses`);
    losses.assertUntouched(name);
  }
});

Deno.test("crossEntropy() has the reference's bits", () => {
  const prng = randomSeeded(27n);
  for (let i = 0; i < 150; i++) {
    const [rows, atoms, actions] = [pick(ROWS, prng), pick(ATOMS, prng), pick(ACTIONS, prng)];
    const mood = pick(MOODS, prng), name = `case ${i}: ${rows} × ${actions} × ${atoms}, ${mood}`;
    const kernels = new SimdKernels(ROOM);
    const logits = randomMatrix(kernels, rows, actions * atoms, mood, prng);
    const probabilities = randomMatrix(kernels, rows, actions * ((atoms + 3) & ~3), mood, prng);
    const targets = randomMatrix(kernels, rows, atoms, mood, prng);
    for (const { data } of [logits, probabilities, targets]) poisonBehind(data);
    const [weights, logSums, chosen] = [
      kernels.allocate(rows),
      kernels.allocate(rows),
      kernels.allocateInt32(rows),
    ];
    for (let r = 0; r < rows; r++) {
      weights[r] = prng();
      logSums[r] = draw(mood, prng);
      chosen[r] = Math.floor(prng() * actions);
    }
    const losses = guarded(kernels, rows), expectedLosses = new Float32Array(rows);
    compare(kernels, logits, name, (k, output) => {
      const received = k === kernels ? losses.data : expectedLosses;
      k.heads.crossEntropy(logits, chosen, probabilities, logSums, targets, weights, output, received);
    }, prng);
    assertSameBits(losses.data, expectedLosses, `${name}, losses`);
    losses.assertUntouched(name);
  }
});
