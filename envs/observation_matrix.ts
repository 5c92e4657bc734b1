/**
 * Observations of many environments as one matrix.
 *
 * @module
 */

import type { Observation } from "./env.ts";

/**
 * The type of a matrix with a row per copy of an environment: bytes for a Box of uint8, else float32.
 *
 * @typeParam O The type of an observation of one copy.
 */
export type ObservationMatrix<O extends Observation> = O extends Uint8Array ? Uint8Array : Float32Array;
