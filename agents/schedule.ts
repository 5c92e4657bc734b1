/**
 * Values that change with the number of environment steps.
 *
 * @module
 */

import { requireWhole } from "./require_whole.ts";

/** A value as a function of the number of environment steps taken so far. */
export type Schedule = (step: number) => number;

/**
 * A schedule that never changes.
 *
 * @param value Its value at every step, finite.
 * @returns The schedule.
 * @throws {RangeError} If the value is not finite.
 *
 * @example Usage
 * ```ts
 * import { constantSchedule } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(constantSchedule(0.1)(12_345), 0.1);
 * ```
 */
export function constantSchedule(value: number): Schedule {
  requireFinite("create a constant schedule", "value", value);
  return () => value;
}

/**
 * A schedule that changes linearly and then stays constant.
 *
 * @param start Its value at step 0, finite.
 * @param end Its value from step `steps` on, finite, as `end - start` must be.
 * @param steps Environment steps from `start` to `end`; a whole number from 1.
 * @returns The schedule.
 * @throws {RangeError} If `steps` is not a whole number from 1, or another number is not finite.
 *
 * @example Usage
 * ```ts
 * import { linearSchedule } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const epsilon = linearSchedule(1, 0.5, 1_000);
 * assertEquals([0, 500, 1_000, 5_000].map(epsilon), [1, 0.75, 0.5, 0.5]);
 * ```
 */
export function linearSchedule(start: number, end: number, steps: number): Schedule {
  const action = "create a linear schedule";
  requireFinite(action, "start", start);
  requireFinite(action, "end", end);
  requireFinite(action, "end - start", end - start);
  requireWhole(action, "steps", steps, 1);
  return (step) => step >= steps ? end : start + (end - start) * (step / steps);
}

function requireFinite(action: string, name: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new RangeError(`Cannot ${action}: ${name} must be finite, got ${value}`);
}
