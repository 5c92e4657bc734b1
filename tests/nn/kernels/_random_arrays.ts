/**
 * Random matrices with the values that arithmetic gets wrong.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Prng } from "@std/random";
import type { Kernels } from "../../../nn/kernels/kernels.ts";
import { createMatrix, type Matrix } from "../../../nn/matrix.ts";

/** What the values of a matrix are like. */
export const MOODS = ["plain", "half zero", "zero", "awkward", "tiny", "huge", "ties"] as const;

export type Mood = (typeof MOODS)[number];

export function draw(mood: Mood, prng: Prng): number {
  const plain = 2 * prng() - 1;
  switch (mood) {
    case "plain":
      return plain;
    case "half zero":
      return prng() < 0.5 ? 0 : plain;
    case "zero":
      return 0;
    case "awkward": {
      const awkward = [0, -0, 1, -1, 2 ** -149, -(2 ** -149), 2 ** -126, 3.4e38, -3.4e38, plain, plain];
      return awkward[Math.floor(prng() * awkward.length)]!;
    }
    case "tiny":
      return plain * 2 ** -120;
    case "huge":
      return plain * 2 ** 100;
    case "ties":
      return Math.round(plain * 2) / 2;
  }
}

export function pick<T>(values: readonly T[], prng: Prng): T {
  return values[Math.floor(prng() * values.length)]!;
}

export function randomMatrix(
  kernels: Kernels,
  rows: number,
  columns: number,
  mood: Mood,
  prng: Prng,
): Matrix {
  const matrix = createMatrix(rows, columns, (length) => kernels.allocate(length));
  for (let r = 0; r < rows; r++) {
    const rowMood = prng() < 0.1 ? "zero" : mood;
    for (let c = 0; c < columns; c++) matrix.data[r * matrix.stride + c] = draw(rowMood, prng);
  }
  return matrix;
}

/** The same values in the memory of other kernels. */
export function copyMatrix(kernels: Kernels, matrix: Matrix): Matrix {
  return { ...matrix, data: copyArray(kernels, matrix.data) };
}

export function copyArray(kernels: Kernels, values: Float32Array): Float32Array {
  const copy = kernels.allocate(values.length);
  copy.set(values);
  return copy;
}

/** Asserts that two arrays have the same bits; any NaN is as good as another. */
export function assertSameBits(actual: Float32Array, expected: Float32Array, what: string): void {
  assertEquals(actual.length, expected.length, what);
  const actualBits = new Uint32Array(actual.buffer, actual.byteOffset, actual.length);
  const expectedBits = new Uint32Array(expected.buffer, expected.byteOffset, expected.length);
  for (let i = 0; i < actual.length; i++) {
    if (actualBits[i] === expectedBits[i]) continue;
    const bothNaN = Number.isNaN(actual[i]) && Number.isNaN(expected[i]);
    assert(bothNaN, `${what}: element ${i} is ${actual[i]}, expected ${expected[i]}`);
  }
}
