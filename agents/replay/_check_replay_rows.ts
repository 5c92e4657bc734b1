import { allFinite } from "../all_finite.ts";
import type { ReplayRows } from "./replay_rows.ts";

/**
 * Throws unless the columns of rows fit together and hold values that a replay buffer takes: a TypeError for a wrong type or length,
 * a RangeError for a value. The message begins with "Cannot `action`".
 */
export function checkReplayRows(action: string, rows: ReplayRows): void {
  const { observationShape, actionParts, observations, nextObservations } = rows;
  const { actions, rewards, terminations, truncations, steps, actionMasks, nextActionMasks } = rows;
  const count = rewards.length;
  const outOfRange = (rule: string): never => {
    throw new RangeError(`Cannot ${action}: ${rule}`);
  };
  const wrong = (rule: string): never => {
    throw new TypeError(`Cannot ${action}: ${rule}`);
  };
  if (count === 0) outOfRange("it must hold a transition, got none");
  const width = observationShape.reduce((product, axis) => product * axis, 1);
  if (!(width >= 1 && Number.isSafeInteger(width))) {
    outOfRange(`an observation must have elements, got shape (${observationShape.join(", ")})`);
  }
  if (!(Number.isSafeInteger(actionParts) && actionParts >= 0)) {
    outOfRange(`actionParts must be a whole number from 0, got ${actionParts}`);
  }
  const demand = (name: string, { length }: { length: number }, expected: number) => {
    if (length !== expected) wrong(`${name} must have ${expected} elements, got ${length}`);
  };
  demand("observations", observations, count * width);
  demand("nextObservations", nextObservations, count * width);
  demand("actions", actions, count * Math.max(1, actionParts));
  demand("terminations", terminations, count);
  demand("truncations", truncations, count);
  if (steps !== undefined) demand("steps", steps, count);
  if ((observations instanceof Uint8Array) !== (nextObservations instanceof Uint8Array)) {
    wrong("observations and nextObservations must be of the same type, got two");
  }
  if ((actionMasks === undefined) !== (nextActionMasks === undefined)) {
    wrong("there must be both actionMasks and nextActionMasks or neither, got one");
  }
  if (actionMasks !== undefined && nextActionMasks !== undefined) {
    if (actionMasks.length === 0 || actionMasks.length % count !== 0) {
      wrong(`actionMasks must have as many elements in each of ${count} rows, got ${actionMasks.length}`);
    }
    demand("nextActionMasks", nextActionMasks, actionMasks.length);
  }
  for (const [name, values] of Object.entries({ observations, rewards, nextObservations })) {
    if (values instanceof Uint8Array || allFinite(values)) continue;
    const at = values.findIndex((value) => !Number.isFinite(value));
    outOfRange(
      `${name} must be finite, got ${values[at]} in row ${Math.floor(at / (values.length / count))}`,
    );
  }
  for (const [name, flags] of Object.entries({ terminations, truncations, actionMasks, nextActionMasks })) {
    const odd = flags?.find((flag) => flag > 1);
    if (odd !== undefined) outOfRange(`${name} must be 0 or 1, got ${odd}`);
  }
  if (steps?.includes(0) === true) outOfRange("steps must be from 1, got 0");
}
