/**
 * The bounds of a Box.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { float32Text, float32VectorText } from "./_float32_text.ts";
import { type BoxArray, type BoxArrays, type BoxDtype, newBoxArray } from "./box_dtype.ts";

/** A bound for each number; `name` is that of the bound, for messages. */
export function boundsOf<D extends BoxDtype>(
  dtype: D,
  bound: number | ArrayLike<number>,
  size: number,
  name: string,
): BoxArrays[D] {
  const action = "create a Box space";
  if (typeof bound !== "number" && bound.length !== size) {
    throw refusal(RangeError, action, `${name} must be of length ${size}`, bound);
  }
  const values = newBoxArray(dtype, size);
  write(values, bound);
  for (let i = 0; i < size; i++) {
    const given = typeof bound === "number" ? bound : bound[i]!;
    if (dtype === "uint8") {
      if (values[i] === given) continue;
      throw refusal(RangeError, action, `${name} must be of whole numbers from 0 to 255`, given);
    }
    if (Number.isFinite(given) === Number.isFinite(values[i])) continue;
    throw refusal(RangeError, action, `${name} must be finite in float32, or infinite`, given);
  }
  return values;
}

function write(values: BoxArray, bound: number | ArrayLike<number>): void {
  if (typeof bound === "number") values.fill(bound);
  else values.set(bound);
}

/** A bound in NumPy's notation: one number if all elements share it. NumPy also pads the columns. */
export function boundText(bound: BoxArray): string {
  const first = bound[0]!;
  const isUniform = bound.every((value) => value === first);
  if (bound instanceof Uint8Array) return isUniform ? String(first) : `[${bound.join(" ")}]`;
  return isUniform ? float32Text(first) : float32VectorText(bound);
}
