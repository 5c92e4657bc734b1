import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { randomSeeded } from "@std/random";
import type { Kernels } from "../../../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../../../nn/kernels/reference_kernels.ts";
import { SimdKernels } from "../../../nn/kernels/simd_kernels.ts";
import { createMatrix, type Matrix } from "../../../nn/matrix.ts";

/** A matrix with these rows. */
function matrix(kernels: Kernels, rows: readonly (readonly number[])[]): Matrix {
  const made = createMatrix(rows.length, rows[0]!.length, (length) => kernels.allocate(length));
  rows.forEach((row, r) => made.data.set(row, r * made.stride));
  return made;
}

/** A matrix to be overwritten. */
function empty(kernels: Kernels, rows: number, columns: number): Matrix {
  return matrix(kernels, Array.from({ length: rows }, () => new Array<number>(columns).fill(99)));
}

function array(kernels: Kernels, values: readonly number[]): Float32Array {
  const made = kernels.allocate(values.length);
  made.set(values);
  return made;
}

function whole(kernels: Kernels, values: readonly number[]): Int32Array {
  const made = kernels.allocateInt32(values.length);
  made.set(values);
  return made;
}

const rowsOf = ({ data, rows, columns, stride }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * stride, r * stride + columns)]);

function assertClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-6): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(actual[i]!, value, tolerance));
}

for (const kernels of [new ReferenceKernels(), new SimdKernels(100_000)]) {
  const { name } = kernels;

  Deno.test(`${name}: Q = V + A − mean A, and its gradients, by hand`, () => {
    const value = matrix(kernels, [[10], [-1]]);
    const advantage = matrix(kernels, [[1, 2, 6], [0, 3, -3]]);
    const output = empty(kernels, 2, 3);
    kernels.heads.duelingForward(value, advantage, output);
    assertEquals(rowsOf(output), [[8, 9, 13], [-1, 2, -4]]); // means 3 and 0
    const [dv, da] = [empty(kernels, 2, 1), empty(kernels, 2, 3)];
    kernels.heads.duelingBackward(matrix(kernels, [[0, 6, 0], [1, 2, 0]]), dv, da);
    assertEquals(rowsOf(dv), [[6], [3]]);
    assertEquals(rowsOf(da), [[-2, 4, -2], [0, 1, -1]]);
  });

  Deno.test(`${name}: dueling streams of atoms take the mean of each atom by itself`, () => {
    const value = matrix(kernels, [[10, 20, 30, 40, 50]]);
    const advantage = matrix(kernels, [[1, 2, 3, 4, 5, 3, 6, 9, 12, 15]]); // means 2, 4, 6, 8, 10
    const output = empty(kernels, 1, 10);
    kernels.heads.duelingForward(value, advantage, output);
    assertEquals(rowsOf(output), [[9, 18, 27, 36, 45, 11, 22, 33, 44, 55]]);
    const [dv, da] = [empty(kernels, 1, 5), empty(kernels, 1, 10)];
    kernels.heads.duelingBackward(matrix(kernels, [[2, 4, 6, 8, 10, 0, 0, 0, 0, 2]]), dv, da);
    assertEquals(rowsOf(dv), [[2, 4, 6, 8, 12]]);
    assertEquals(rowsOf(da), [[1, 2, 3, 4, 4, -1, -2, -3, -4, -4]]);
  });

  Deno.test(`${name}: a perturbed weight is mean + σ · left · right, by hand`, () => {
    const [mean, sigma] = [matrix(kernels, [[1, 2, 3], [4, 5, 6]]), matrix(kernels, [[1, 1, 2], [0, 3, -1]])];
    const left = array(kernels, [2, -1]), right = array(kernels, [1, 0, 0.5, 0]);
    const output = empty(kernels, 2, 3);
    kernels.heads.perturb(mean, sigma, left, right, output);
    assertEquals(rowsOf(output), [[1 + 2, 2, 3 + 2], [4, 5, 6 + 0.5]]);
    kernels.heads.noiseGradient(mean, left, right, output); // dL/dσ = dL/dw · left · right
    assertEquals(rowsOf(output), [[2, 0, 3], [-4, 0, -3]]);
  });

  Deno.test(`${name}: softmax, by hand`, () => {
    const log = Math.log;
    const logits = matrix(kernels, [[log(1), log(2), log(5), log(2), log(6), 7, 7, 7, 7, 7]]);
    const probabilities = empty(kernels, 1, 16); // two actions of five atoms, each with room for eight
    const [largest, sums] = [array(kernels, [0, 0]), array(kernels, [0, 0])];
    kernels.heads.softmax(logits, 5, probabilities, largest, sums);
    const sixteenths = [1, 2, 5, 2, 6].map((share) => share / 16);
    assertClose(rowsOf(probabilities)[0]!, [...sixteenths, 0, 0, 0, ...new Array(5).fill(0.2), 0, 0, 0]);
    assertClose(largest, [log(6), 7]);
    assertClose(sums, [16 / 6, 5]);
  });

  Deno.test(`${name}: softmax of logits far apart is 1 and 0, and never NaN`, () => {
    const logits = matrix(kernels, [[-3e38, 3e38, 0, -70, 3e38], [1000, 1000 - 65, 0, 1e-30, 936.5]]);
    const probabilities = empty(kernels, 2, 8);
    kernels.heads.softmax(logits, 5, probabilities, array(kernels, [0, 0]), array(kernels, [0, 0]));
    assertEquals(rowsOf(probabilities), [[0, 0.5, 0, 0, 0.5, 0, 0, 0], [
      1,
      0,
      0,
      0,
      Math.fround(Math.exp(-63.5)),
      0,
      0,
      0,
    ]]);
  });

  Deno.test(`${name}: means of atoms, by hand`, () => {
    const values = matrix(kernels, [[1, 2, 3, 4, 5, 9, 9, 9, 2, 0, 0, 0, 4, 9, 9, 9]]); // 9: beyond the atoms
    const means = empty(kernels, 1, 2);
    kernels.heads.atomMeans(values, 8, array(kernels, [0.5, 1, 0, -1, 2]), means);
    assertEquals(rowsOf(means), [[0.5 + 2 - 4 + 10, 1 + 8]]);
  });

  Deno.test(`${name}: quantile Huber regression, by hand`, () => {
    // Fractions ¼ and ¾. Action 1 of row 0: quantiles 0 and 2, targets 0.5 and 4; action 0 of row 1: both sides alike.
    const quantiles = matrix(kernels, [[7, 7, 0, 2], [1, 1, 7, 7]]);
    const targets = matrix(kernels, [[0.5, 4], [1, 1]]);
    const gradient = empty(kernels, 2, 4), losses = array(kernels, [0, 0]);
    const weights = array(kernels, [0.5, 1]);
    kernels.heads.quantileHuber(quantiles, whole(kernels, [1, 0]), targets, weights, gradient, losses);
    // Quantile 0 (τ ¼): u = 0.5 and 4, slopes ¼ · 0.5 and ¼ · 1, losses ¼ · 0.125 and ¼ · 3.5.
    // Quantile 2 (τ ¾): u = −1.5 and 2, slopes −¼ and ¾, losses ¼ · 1 and ¾ · 1.5.
    const slopes = [(0.125 + 0.25) / 2, (-0.25 + 0.75) / 2];
    assertClose(losses, [(0.03125 + 0.875 + 0.25 + 1.125) / 2, 0]);
    assertClose(rowsOf(gradient)[0]!, [0, 0, ...slopes.map((slope) => -slope * 0.5 / 2)]);
    assertEquals(rowsOf(gradient)[1], [0, 0, 0, 0]);
  });

  Deno.test(`${name}: quantile Huber regression agrees with the paper's sums in float64`, () => {
    const random = randomSeeded(31n);
    for (const [rows, actions, atoms] of [[3, 2, 5], [2, 3, 51], [4, 1, 8], [1, 2, 3]] as const) {
      const numbers = (columns: number) =>
        Array.from(
          { length: rows },
          () => Array.from({ length: columns }, () => Math.fround(6 * random() - 3)),
        );
      const [quantiles, targets] = [numbers(actions * atoms), numbers(atoms)];
      const chosen = quantiles.map(() => Math.floor(random() * actions));
      const weights = quantiles.map(() => Math.fround(random()));
      const gradient = empty(kernels, rows, actions * atoms);
      const losses = array(kernels, new Array(rows).fill(0));
      kernels.heads.quantileHuber(
        matrix(kernels, quantiles),
        whole(kernels, chosen),
        matrix(kernels, targets),
        array(kernels, weights),
        gradient,
        losses,
      );
      quantiles.forEach((row, r) => {
        let loss = 0;
        row.forEach((_, column) => {
          const i = column - chosen[r]! * atoms;
          const isChosen = i >= 0 && i < atoms;
          let slope = 0;
          for (let j = 0; isChosen && j < atoms; j++) {
            const u = targets[r]![j]! - row[column]!;
            const weight = Math.abs((i + 0.5) / atoms - (u < 0 ? 1 : 0));
            loss += weight * (Math.abs(u) <= 1 ? u * u / 2 : Math.abs(u) - 0.5) / atoms;
            slope += weight * (Math.abs(u) <= 1 ? u : Math.sign(u)) / atoms;
          }
          assertAlmostEquals(rowsOf(gradient)[r]![column]!, -slope * weights[r]! / rows, 1e-6);
        });
        assertAlmostEquals(losses[r]!, loss, 1e-5 * Math.max(1, loss));
      });
    }
  });

  Deno.test(`${name}: cross-entropy, by hand`, () => {
    const log = Math.log;
    // Action 1 of the one row has the probabilities 1, 2, 1, 3 and 1 of 8.
    const shares = [1, 2, 1, 3, 1];
    const logits = matrix(kernels, [[7, 7, 7, 7, 7, ...shares.map((share) => log(share))]]);
    const padded = [...shares.map((share) => share / 8), 0, 0, 0];
    const probabilities = matrix(kernels, [[...new Array(8).fill(0.5), ...padded]]);
    const targets = matrix(kernels, [[0, 0.5, 0.5, 0, 0]]);
    const gradient = empty(kernels, 1, 10), losses = array(kernels, [0]);
    const [chosen, logSums, weights] = [whole(kernels, [1]), array(kernels, [log(8)]), array(kernels, [0.5])];
    kernels.heads.crossEntropy(logits, chosen, probabilities, logSums, targets, weights, gradient, losses);
    assertAlmostEquals(losses[0]!, -0.5 * log(2 / 8) - 0.5 * log(1 / 8), 1e-6);
    const slopes = [1 / 8, -1 / 4, -3 / 8, 3 / 8, 1 / 8];
    assertClose(rowsOf(gradient)[0]!, [0, 0, 0, 0, 0, ...slopes.map((slope) => slope / 2)]);
  });

  Deno.test(`${name}: add() adds`, () => {
    const target = array(kernels, [1, 2, 3, 4, 5]);
    kernels.heads.add(target, array(kernels, [10, 20, 30, 40, 50]));
    assertEquals([...target], [11, 22, 33, 44, 55]);
    assert(target.length === 5);
  });
}
