/**
 * Checks of environment options.
 *
 * @module
 */

import { refusal } from "./describe.ts";

/** An option that is true or false. */
export function booleanOption(id: string, name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === "boolean") return value;
  throw refusal(TypeError, `make ${id}`, `${name} must be true or false`, value);
}

/** An option that is a finite number. */
export function finiteOption(id: string, name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== "number") throw refusal(TypeError, `make ${id}`, `${name} must be a number`, value);
  if (value - value !== 0) throw refusal(RangeError, `make ${id}`, `${name} must be finite`, value);
  return value;
}

/** An option that is a number from 0 to 1. */
export function probabilityOption(id: string, name: string, value: unknown, fallback: number): number {
  const probability = finiteOption(id, name, value, fallback);
  if (probability >= 0 && probability <= 1) return probability;
  throw refusal(RangeError, `make ${id}`, `${name} must be from 0 to 1`, probability);
}
