/**
 * The draws of a Box.
 *
 * @module
 */

import type { Generator } from "../random/generator.ts";
import type { BoxArray } from "./box_dtype.ts";

/** Draws an element of float32: first unbounded numbers, then those bounded below, those bounded above, and the others. */
export function drawFloats(into: BoxArray, low: BoxArray, high: BoxArray, generator: Generator): void {
  for (let i = 0; i < into.length; i++) {
    if (low[i] === -Infinity && high[i] === Infinity) into[i] = generator.standardNormal();
  }
  for (let i = 0; i < into.length; i++) {
    if (low[i] !== -Infinity && high[i] === Infinity) into[i] = generator.standardExponential() + low[i]!;
  }
  for (let i = 0; i < into.length; i++) {
    if (low[i] === -Infinity && high[i] !== Infinity) into[i] = high[i]! - generator.standardExponential();
  }
  for (let i = 0; i < into.length; i++) {
    if (low[i] !== -Infinity && high[i] !== Infinity) into[i] = generator.uniform(low[i]!, high[i]!);
  }
}

/** Draws an element of uint8: each number is a uniform one from `low` to `high + 1`, rounded down. */
export function drawBytes(into: BoxArray, low: BoxArray, high: BoxArray, generator: Generator): void {
  for (let i = 0; i < into.length; i++) {
    into[i] = Math.min(Math.floor(generator.uniform(low[i]!, high[i]! + 1)), 255);
  }
}
