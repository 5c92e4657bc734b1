/**
 * Checks of the size of an image.
 *
 * @module
 */

import { refusal } from "./describe.ts";

/** The most pixels of an image. */
const MOST_PIXELS = 2 ** 20;

/** The rows and columns of an image; throws, "Cannot ‹action›: …", unless both are whole numbers from 1 and not too many. */
export function imageSize(action: string, size: readonly [rows: number, columns: number]): [number, number] {
  const given: unknown = size;
  if (!Array.isArray(given) || given.length !== 2) {
    throw refusal(TypeError, action, "size must be the numbers of rows and of columns", given);
  }
  for (const [i, name] of ["rows", "columns"].entries()) {
    const count: unknown = given[i];
    const expected = `${name} must be a whole number from 1`;
    if (typeof count !== "number" || !Number.isSafeInteger(count)) {
      throw refusal(TypeError, action, expected, count);
    }
    if (count < 1) throw refusal(RangeError, action, expected, count);
  }
  const [rows, columns] = size;
  if (rows * columns > MOST_PIXELS) {
    throw refusal(RangeError, action, `size must make at most ${MOST_PIXELS} pixels`, rows * columns);
  }
  return [rows, columns];
}
