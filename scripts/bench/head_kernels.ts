/**
 * Timings of the kernels of dueling, noisy and distributional networks.
 *
 * @module
 */

import { Pcg32 } from "../../agents/mod.ts";
import { createKernels, createMatrix, type KernelName } from "../../nn/mod.ts";
import { markdownTable } from "../cli/table.ts";
import { measure, subject } from "./measure.ts";

/** One line of the table. */
export interface HeadKernelResult {
  /** The kernel. */
  kernel: string;
  /** Median microseconds of the reference. */
  referenceUs: number;
  /** Median microseconds of SIMD. */
  simdUs: number;
  /** The first divided by the second. */
  ratio: number;
}

/** The shape of all timings: rows of a batch, two actions, atoms per action, and the units and inputs of a square layer. */
const ROWS = 128, ACTIONS = 2, ATOMS = 51, UNITS = 64;

/** The shape as text. */
const HEAD_SHAPE = `${ROWS} rows × ${ACTIONS} × ${ATOMS} atoms; ${UNITS} × ${UNITS} weights`;

/** The kernels on arrays of random numbers. */
function createCalls(name: KernelName): Readonly<Record<string, () => void>> {
  const kernels = createKernels(400_000, name);
  const prng = Pcg32.seeded(4n);
  const matrix = (rows: number, columns: number) => {
    const made = createMatrix(rows, columns, (length) => kernels.allocate(length));
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) made.data[r * made.stride + c] = 2 * prng.next() - 1;
    }
    return made;
  };
  const value = matrix(ROWS, ATOMS),
    advantage = matrix(ROWS, ACTIONS * ATOMS),
    output = matrix(ROWS, ACTIONS * ATOMS);
  const probabilities = matrix(ROWS, ACTIONS * ((ATOMS + 3) & ~3)), targets = matrix(ROWS, ATOMS);
  const means = matrix(ROWS, ACTIONS), weights = matrix(1, ROWS).data, losses = matrix(1, ROWS).data;
  const largest = kernels.allocate(ROWS * ACTIONS), sums = kernels.allocate(ROWS * ACTIONS);
  const actions = kernels.allocateInt32(ROWS), support = matrix(1, ATOMS).data.subarray(0, ATOMS);
  for (let r = 0; r < ROWS; r++) actions[r] = prng.nextIndex(ACTIONS);
  const mean = matrix(UNITS, UNITS), sigma = matrix(UNITS, UNITS), perturbed = matrix(UNITS, UNITS);
  const left = matrix(1, UNITS).data, right = matrix(1, UNITS).data;
  const pitch = probabilities.columns / ACTIONS;
  return {
    duelingForward: () => kernels.heads.duelingForward(value, advantage, output),
    duelingBackward: () => kernels.heads.duelingBackward(output, value, advantage),
    add: () => kernels.heads.add(output.data, advantage.data),
    perturb: () => kernels.heads.perturb(mean, sigma, left, right, perturbed),
    noiseGradient: () => kernels.heads.noiseGradient(mean, left, right, perturbed),
    softmax: () => kernels.heads.softmax(advantage, ATOMS, probabilities, largest, sums),
    atomMeans: () => kernels.heads.atomMeans(probabilities, pitch, support, means),
    crossEntropy: () =>
      kernels.heads.crossEntropy(advantage, actions, probabilities, losses, targets, weights, output, losses),
    quantileHuber: () => kernels.heads.quantileHuber(advantage, actions, targets, weights, output, losses),
  };
}

/** Times each kernel, reference and SIMD in turn. */
export async function benchHeadKernels(): Promise<HeadKernelResult[]> {
  const results: HeadKernelResult[] = [];
  const simdCalls = createCalls("simd"), referenceCalls = createCalls("reference");
  for (const [kernel, call] of Object.entries(simdCalls)) {
    const subjects = [subject("simd", call), subject("reference", referenceCalls[kernel]!)];
    const [simd, reference] = await measure(subjects, { rounds: 41, roundSeconds: 0.005 });
    results.push({
      kernel,
      referenceUs: reference!.seconds * 1e6,
      simdUs: simd!.seconds * 1e6,
      ratio: reference!.ratio,
    });
  }
  return results;
}

/** The results as a table. */
export function formatHeadKernels(results: readonly HeadKernelResult[]): string {
  return markdownTable(
    [`kernel, ${HEAD_SHAPE}`, "reference µs", "SIMD µs", "ratio"],
    results.map(({ kernel, referenceUs, simdUs, ratio }) => [
      kernel,
      referenceUs.toFixed(1),
      simdUs.toFixed(2),
      `${ratio.toFixed(1)}×`,
    ]),
  );
}
