/**
 * The WebAssembly module of the kernels: its exports and its compilation.
 *
 * @module
 */

import { addAtoms } from "./_wasm_atoms.ts";
import { addHeads } from "./_wasm_heads.ts";
import { addLayerNorm } from "./_wasm_layer_norm.ts";
import { ModuleWriter } from "./assembler/module.ts";
import { addPasses } from "./_wasm_passes.ts";
import { addPatches } from "./_wasm_patches.ts";
import { addProducts } from "./_wasm_products.ts";
import { addScatter } from "./_wasm_scatter.ts";
import { addLosses } from "./_wasm_losses.ts";
import { SCRATCH_PAGES } from "./_wasm_scratch.ts";

/** A product of matrices; see `_wasm_products.ts`. Addresses and pitches in bytes, the width in vectors. */
export type Product = (
  left: number,
  leftPitch: number,
  rows: number,
  terms: number,
  right: number,
  rightPitch: number,
  lastRight: number,
  width: number,
  start: number,
  startPitch: number,
  startStep: number,
  mask: number,
  maskPitch: number,
  output: number,
  outputPitch: number,
  finish: number,
) => void;

/** The exports of the module; addresses, pitches and lengths in bytes. */
export interface SimdExports {
  forward: Product;
  inputGradient: Product;
  weightGradient: Product;
  transpose(
    source: number,
    pitch: number,
    lastRow: number,
    terms: number,
    vectors: number,
    target: number,
    targetPitch: number,
  ): void;
  patches(
    image: number,
    rowStep: number,
    columnStep: number,
    lineStep: number,
    segment: number,
    lines: number,
    rows: number,
    columns: number,
    target: number,
    targetPitch: number,
  ): void;
  addPatches(
    image: number,
    rowStep: number,
    columnStep: number,
    lineStep: number,
    segment: number,
    lines: number,
    rows: number,
    columns: number,
    source: number,
    sourcePitch: number,
  ): void;
  scatter(
    entry: number,
    image: number,
    rows: number,
    columns: number,
    channels: number,
    kernel: number,
    stride: number,
    weights: number,
    weightPitch: number,
    places: number,
    placeRows: number,
    placeColumns: number,
    placePitch: number,
  ): void;
  nonzeros(values: number, length: number): number;
  spread(source: number, target: number, pitch: number, rows: number, width: number): void;
  relu(values: number, length: number): void;
  keepPositive(values: number, activation: number, length: number): void;
  adam(
    parameters: number,
    gradients: number,
    firstMoments: number,
    secondMoments: number,
    length: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    stepSize: number,
    inverseRootCorrection: number,
    epsilon: number,
  ): void;
  scale(values: number, length: number, factor: number): void;
  softUpdate(target: number, source: number, length: number, kept: number, taken: number): void;
  sumOfSquares(values: number, length: number): number;
  allFinite(values: number, length: number): number;
  columnSums(source: number, pitch: number, rows: number, sums: number, length: number): void;
  layerNorm(
    input: number,
    inputPitch: number,
    gain: number,
    bias: number,
    output: number,
    outputPitch: number,
    columns: number,
    rows: number,
  ): void;
  layerNormBackward(
    input: number,
    inputPitch: number,
    gain: number,
    outputGradient: number,
    outputGradientPitch: number,
    inputGradient: number,
    inputGradientPitch: number,
    gainGradient: number,
    biasGradient: number,
    columns: number,
    rows: number,
  ): void;
  add(target: number, source: number, length: number): void;
  duelingForward(
    value: number,
    valuePitch: number,
    advantage: number,
    advantagePitch: number,
    output: number,
    outputPitch: number,
    atoms: number,
    actions: number,
    rows: number,
  ): void;
  duelingBackward(
    outputGradient: number,
    outputGradientPitch: number,
    valueGradient: number,
    valueGradientPitch: number,
    advantageGradient: number,
    advantageGradientPitch: number,
    atoms: number,
    actions: number,
    rows: number,
  ): void;
  perturb(
    mean: number,
    sigma: number,
    output: number,
    left: number,
    right: number,
    rows: number,
    pitch: number,
  ): void;
  noiseGradient(
    gradient: number,
    output: number,
    left: number,
    right: number,
    rows: number,
    pitch: number,
  ): void;
  softmax(
    logits: number,
    logitsPitch: number,
    atoms: number,
    probabilities: number,
    probabilitiesPitch: number,
    pitch: number,
    largest: number,
    sums: number,
    actions: number,
    rows: number,
  ): void;
  atomMeans(
    values: number,
    valuesPitch: number,
    pitch: number,
    weights: number,
    atoms: number,
    means: number,
    meansPitch: number,
    actions: number,
    rows: number,
  ): void;
  quantileHuber(
    quantiles: number,
    quantilesPitch: number,
    actions: number,
    targets: number,
    targetsPitch: number,
    weights: number,
    gradient: number,
    gradientPitch: number,
    losses: number,
    atoms: number,
    rows: number,
  ): void;
  crossEntropy(
    logits: number,
    logitsPitch: number,
    actions: number,
    probabilities: number,
    probabilitiesPitch: number,
    pitch: number,
    logSums: number,
    targets: number,
    targetsPitch: number,
    weights: number,
    gradient: number,
    gradientPitch: number,
    losses: number,
    atoms: number,
    rows: number,
  ): void;
}

const NAMES: readonly (keyof SimdExports)[] = [
  "forward",
  "inputGradient",
  "weightGradient",
  "transpose",
  "patches",
  "addPatches",
  "keepPositive",
  "scatter",
  "nonzeros",
  "spread",
  "relu",
  "adam",
  "scale",
  "softUpdate",
  "sumOfSquares",
  "allFinite",
  "columnSums",
  "layerNorm",
  "layerNormBackward",
  "add",
  "duelingForward",
  "duelingBackward",
  "perturb",
  "noiseGradient",
  "softmax",
  "atomMeans",
  "quantileHuber",
  "crossEntropy",
];

/** The module shared by all instances, compiled when first needed; undefined until then, null if it cannot be compiled. */
let compiled: WebAssembly.Module | null | undefined;

/** The bytes of the module. */
export function simdModuleBytes(): Uint8Array<ArrayBuffer> {
  const writer = new ModuleWriter();
  addProducts(writer);
  addScatter(writer);
  addPatches(writer);
  addPasses(writer);
  addLayerNorm(writer);
  addHeads(writer);
  addAtoms(writer);
  addLosses(writer);
  return writer.bytes(SCRATCH_PAGES);
}

/** The compiled module, or null if WebAssembly SIMD is missing, or a page's policy forbids compiling. */
export function simdModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(simdModuleBytes());
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** Whether these are the exports of the module. */
export function isSimdExports(exports: object): exports is SimdExports {
  return NAMES.every((name) => typeof Reflect.get(exports, name) === "function");
}
