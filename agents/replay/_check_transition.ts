import { allFinite } from "../all_finite.ts";
import type { DiscreteAction } from "../../envs/env.ts";
import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import type { ByteObservationsOptions } from "./byte_observations.ts";
import type { Transition } from "../agent.ts";

const ACTION = "Cannot add a transition: its action must be a whole number from -2^31 to 2^31 - 1";

/** Lengths that the parts of a transition must have; 0 for an action that is a single number. */
export interface TransitionLengths {
  readonly observationLength: number;
  readonly maskLength: number;
  readonly actionParts: number;
  /** For observations of bytes; undefined for float32. */
  readonly bytes?: ByteObservationsOptions | undefined;
}

/** Throws a TypeError or a RangeError if a part of a transition has the wrong length, or a value that a column cannot hold. */
export function checkTransition(
  transition: Transition<BoxArray, DiscreteAction>,
  { observationLength, maskLength, actionParts, bytes }: TransitionLengths,
): void {
  const { observation, nextObservation, actionMask, nextActionMask } = transition;
  if (observation.length !== observationLength || nextObservation.length !== observationLength) {
    throw new TypeError(
      `Cannot add a transition: its observations must have ${observationLength} elements, got ${observation.length} and ${nextObservation.length}`,
    );
  }
  checkType(observation, bytes !== undefined);
  checkType(nextObservation, bytes !== undefined);
  checkAction(transition.action, actionParts);
  checkStored(observation, transition.reward);
  checkFinite(nextObservation);
  if (maskLength === 0) return;
  if (actionMask?.length === maskLength && nextActionMask?.length === maskLength) return;
  const wrong = actionMask?.length === maskLength ? nextActionMask : actionMask;
  throw new TypeError(
    `Cannot add a transition: it must have action masks of ${maskLength} elements, got ${
      wrong?.length ?? "none"
    }`,
  );
}

/** Throws a TypeError or a RangeError unless an action is a number in int32, or as many of them as it has parts. */
export function checkAction(action: DiscreteAction, parts: number): void {
  if (parts > 0) {
    if (action instanceof Int32Array && action.length === parts) return;
    throw new TypeError(
      `Cannot add a transition: its action must be an Int32Array of ${parts} elements, got ${action}`,
    );
  }
  if (typeof action === "number" && (action | 0) === action) return;
  throw new (Number.isInteger(action) ? RangeError : TypeError)(`${ACTION}, got ${action}`);
}

/** Throws a RangeError if a value does not fit into its column. */
export function checkStored(observation: BoxArray, reward: number): void {
  if (!Number.isFinite(Math.fround(reward))) {
    throw new RangeError(`Cannot add a transition: its reward must be finite in float32, got ${reward}`);
  }
  checkFinite(observation);
}

/** Throws a TypeError unless an observation is an array of bytes, or of float32. */
function checkType(observation: BoxArray, isBytes: boolean): void {
  if (observation instanceof Uint8Array === isBytes) return;
  throw new TypeError(
    `Cannot add a transition: its observations must be of ${
      isBytes ? "uint8, got one of float32" : "float32, got one of uint8"
    }`,
  );
}

function checkFinite(observation: BoxArray): void {
  if (observation instanceof Uint8Array || allFinite(observation)) return;
  const at = observation.findIndex((value) => !Number.isFinite(value));
  throw new RangeError(
    `Cannot add a transition: its observations must be finite, got ${observation[at]} at index ${at}`,
  );
}

/** Throws a RangeError unless a number of steps fits into its column. */
export function checkSteps(steps: number): void {
  if (Number.isInteger(steps) && steps >= 1 && steps <= 65_535) return;
  throw new RangeError(
    `Cannot add a transition: its steps must be a whole number from 1 to 65535, got ${steps}`,
  );
}
