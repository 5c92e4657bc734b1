import { checkMask } from "./check_mask.ts";

/**
 * The best value of each part of an action, of equal ones the first.
 *
 * @param values One per value of each part, part after part; no NaN.
 * @param actionMask 1 for each value that is allowed, else 0; a part that allows none, or a mask without elements, allows all.
 * @param parts Number of values of each part; by default, there is one part.
 * @returns The index of each among all values.
 * @throws {TypeError} If the mask has another number of elements.
 */
export function bestColumns(
  values: Float32Array,
  actionMask?: Uint8Array,
  parts: readonly number[] = [values.length],
): Int32Array {
  const mask = actionMask === undefined || actionMask.length === 0 ? undefined : actionMask;
  if (mask !== undefined) checkMask(mask, values.length);
  let end = 0;
  return Int32Array.from(parts, (count) => {
    const first = end;
    end += count;
    const isMasked = mask?.subarray(first, end).some((allowed) => allowed !== 0) ?? false;
    let best = -1;
    for (let a = first; a < end; a++) {
      if (isMasked && mask?.[a] === 0) continue;
      if (best === -1 || values[a]! > values[best]!) best = a;
    }
    return best;
  });
}
