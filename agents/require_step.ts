import type { DiscreteAction } from "../envs/env.ts";
import type { Discrete } from "../envs/spaces/discrete.ts";
import type { ActionRows } from "./action_rows.ts";

/** Throws a RangeError unless a schedule's value is a probability. */
export function requireEpsilon(epsilon: number, steps: number): number {
  if (epsilon >= 0 && epsilon <= 1) return epsilon;
  throw new RangeError(`Cannot act: epsilon must be in [0, 1] after ${steps} steps, got ${epsilon}`);
}

/** Throws a RangeError unless a reward is finite in float32. */
export function requireReward(reward: number): void {
  if (Number.isFinite(Math.fround(reward))) return;
  throw new RangeError(`Cannot observe: reward must be finite in float32, got ${reward}`);
}

/** The index of an action in its space, from 0; throws a TypeError unless it is a whole number, a RangeError unless it is in the space. */
export function actionColumn({ start, n }: Pick<Discrete, "start" | "n">, action: number): number {
  if (!Number.isInteger(action)) {
    throw new TypeError(`Cannot observe: action must be a whole number, got ${action}`);
  }
  if (action < start || action >= start + n) {
    throw new RangeError(`Cannot observe: action must be from ${start} to ${start + n - 1}, got ${action}`);
  }
  return action - start;
}

/** Throws a TypeError if an action is of another kind than those of its space, a RangeError if it is not in the space. */
export function requireAction(actions: ActionRows<DiscreteAction>, action: DiscreteAction): void {
  if (actions.contains(action)) return;
  if (!actions.isVector && typeof action === "number") {
    actionColumn({ start: actions.shifts[0]!, n: actions.size }, action);
    return;
  }
  const kind = action instanceof Int32Array && action.length === actions.width ? RangeError : TypeError;
  throw new kind(`Cannot observe: action must be in ${actions}, got ${action}`);
}
