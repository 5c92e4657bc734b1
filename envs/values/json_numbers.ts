/**
 * Numbers in snapshots. JSON has no -0, NaN and infinities, which are written as text.
 *
 * @module
 */

import { refusal } from "./describe.ts";

/** A number as a JSON value. */
export function numberToJson(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return value - value === 0 ? value : String(value);
}

/** A number that {@linkcode numberToJson} wrote. */
export function numberFromJson(action: string, name: string, value: unknown): number {
  if (typeof value === "number") return value;
  if (value === "-0" || value === "NaN" || value === "Infinity" || value === "-Infinity") {
    return Number(value);
  }
  throw refusal(TypeError, action, `${name} must be a number`, value);
}

/** Numbers as JSON values. */
export function numbersToJson(values: Float32Array | Float64Array | Uint8Array): (number | string)[] {
  return Array.from(values, numberToJson);
}

/** Numbers that {@linkcode numbersToJson} wrote; throws unless there are as many as expected. */
export function numbersFromJson(action: string, name: string, value: unknown, length: number): Float64Array {
  if (!Array.isArray(value) || value.length !== length) {
    throw refusal(TypeError, action, `${name} must be an array of length ${length}`, value);
  }
  return Float64Array.from(value, (item: unknown, i) => numberFromJson(action, `${name} ${i}`, item));
}

/** Numbers that float32 represents exactly; throws unless there are as many as expected. */
export function float32sFromJson(action: string, name: string, value: unknown, length: number): Float32Array {
  const numbers = numbersFromJson(action, name, value, length);
  const rounded = Float32Array.from(numbers);
  numbers.forEach((number, i) => {
    if (Object.is(rounded[i], number)) return;
    throw refusal(RangeError, action, `${name} ${i} must be exact in float32`, number);
  });
  return rounded;
}

/** Whole numbers from 0 to 255; throws unless there are as many as expected. */
export function bytesFromJson(action: string, name: string, value: unknown, length: number): Uint8Array {
  const numbers = numbersFromJson(action, name, value, length);
  const bytes = Uint8Array.from(numbers);
  numbers.forEach((number, i) => {
    if (Object.is(bytes[i], number)) return;
    throw refusal(RangeError, action, `${name} ${i} must be a whole number from 0 to 255`, number);
  });
  return bytes;
}

/** A count. */
export function countFromJson(action: string, name: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw refusal(TypeError, action, `${name} must be a whole number from 0`, value);
}
