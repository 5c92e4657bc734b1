import type { Observation } from "../envs/env.ts";
import { allFinite } from "./all_finite.ts";

/** Refuses an observation or a reward of a training step that is not finite. */
export function requireFinite(value: Observation, what: string, step: number): void {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    throw new RangeError(`Cannot continue training at step ${step}: ${what} must be finite, got ${value}`);
  }
  if (allFinite(value)) return;
  for (let i = 0; i < value.length; i++) {
    if (Number.isFinite(value[i])) continue;
    throw new RangeError(
      `Cannot continue training at step ${step}: ${what} must be finite, got ${value[i]} at index ${i}`,
    );
  }
}
