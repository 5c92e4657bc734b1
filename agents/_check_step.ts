import type { Observation, StepResult } from "../envs/env.ts";
import { allFinite } from "./all_finite.ts";

/** Throws a RangeError if an observation or a reward of a training step is not finite. */
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

/** Throws a TypeError if a step's flags are not booleans: without them an episode never ends. The message begins with "Cannot `action`". */
export function requireFlags(
  action: string,
  { terminated, truncated }: Pick<StepResult, "terminated" | "truncated">,
): void {
  if (typeof terminated === "boolean" && typeof truncated === "boolean") return;
  const [name, got] = typeof terminated === "boolean" ? ["truncated", truncated] : ["terminated", terminated];
  throw new TypeError(`Cannot ${action}: ${name} must be true or false, got ${got}`);
}
