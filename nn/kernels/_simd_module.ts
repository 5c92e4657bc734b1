/**
 * The WebAssembly module of the kernels: what it exports, and making it.
 *
 * @module
 */

import { ModuleWriter } from "./_wasm_module.ts";
import { addPasses } from "./_wasm_passes.ts";
import { addProducts } from "./_wasm_products.ts";
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

/** What the module exports; addresses, pitches and lengths in bytes. */
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
}

const NAMES: readonly (keyof SimdExports)[] = [
  "forward",
  "inputGradient",
  "weightGradient",
  "transpose",
  "adam",
  "scale",
  "softUpdate",
  "sumOfSquares",
  "allFinite",
  "columnSums",
];

/** Compiled when first needed, the same for all instances; undefined until then, null where it cannot be compiled. */
let compiled: WebAssembly.Module | null | undefined;

/** The bytes of the module. */
export function simdModuleBytes(): Uint8Array<ArrayBuffer> {
  const writer = new ModuleWriter();
  addProducts(writer);
  addPasses(writer);
  return writer.bytes(SCRATCH_PAGES);
}

/** The compiled module, or null where there is no WebAssembly with SIMD, or where a page's policy forbids compiling. */
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
