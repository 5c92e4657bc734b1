/**
 * Observations of every kind as rows of a matrix.
 *
 * @module
 */

import { refusal } from "./values/describe.ts";
import { Box } from "./spaces/box.ts";
import { type BoxArray, newBoxArray } from "./spaces/box_dtype.ts";
import { isBoxOf } from "./spaces/is_box_of.ts";
import { Discrete } from "./spaces/discrete.ts";
import type { Observation } from "./env.ts";
import type { ObservationMatrix } from "./observation_matrix.ts";
import type { Space } from "./spaces/space.ts";
import { Tuple } from "./spaces/tuple.ts";

/** Whole numbers up to this one are exact in float32. */
const LARGEST_WHOLE = 2 ** 24;

/** A matrix of zeros for observations of a space. */
export function newMatrix<O extends Observation>(space: Space<O>, length: number): ObservationMatrix<O>;
export function newMatrix(space: Space<Observation>, length: number): BoxArray {
  return newBoxArray(isBoxOf("uint8", space) ? "uint8" : "float32", length);
}

/** Number of elements in an observation of a space. */
export function rowLength(action: string, space: Space<Observation>): number {
  if (space instanceof Box) return space.low.length;
  if (!(space instanceof Discrete || space instanceof Tuple)) {
    throw new TypeError(
      `Cannot ${action}: observationSpace must be Box, Discrete or a Tuple of Discrete, got ${space}`,
    );
  }
  const spaces = space instanceof Tuple ? space.spaces : [space];
  for (const { start, n } of spaces) {
    if (start < -LARGEST_WHOLE || start + n - 1 > LARGEST_WHOLE) {
      throw new RangeError(`Cannot ${action}: observationSpace must be within 2^24, got ${space}`);
    }
  }
  return spaces.length;
}

/** Writes an observation into a row; throws a RangeError if it does not fit. */
export function writeRow(row: BoxArray, observation: Observation): void {
  if (typeof observation === "number") {
    row[0] = observation;
    if (row[0] !== observation || !Number.isInteger(observation)) {
      throw misfit("a whole number within 2^24", observation);
    }
    return;
  }
  if (observation.length !== row.length) throw misfit(`of length ${row.length}`, observation);
  if (row instanceof Uint8Array && !(observation instanceof Uint8Array)) {
    throw misfit("a Uint8Array", observation);
  }
  for (let j = 0; j < row.length; j++) {
    const value = observation[j]!;
    row[j] = value;
    if (row[j] !== value) throw misfit("exact in float32", value);
  }
}

function misfit(rule: string, observation: Observation): Error {
  return refusal(RangeError, "step a VectorEnv", `observation must be ${rule}`, observation);
}
