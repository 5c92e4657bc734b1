/**
 * Copying and comparing values of any shape.
 *
 * @module
 */

/** A copy that shares no memory; values that are neither arrays nor plain objects are returned unchanged. */
export function copyOf(value: unknown): unknown {
  if (value instanceof Float32Array || value instanceof Float64Array || value instanceof Uint8Array) {
    return value.slice();
  }
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}

/** Whether two values are deeply equal, including NaN and the sign of zero. */
export function sameValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [inA, inB] = [Object.entries(a), Object.entries(b)];
  return inA.length === inB.length &&
    inA.every(([key, value], i) => key === inB[i]![0] && sameValues(value, inB[i]![1]));
}

/** Whether a value is a plain object. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
}
