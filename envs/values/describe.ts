/**
 * Values in error messages.
 *
 * @module
 */

/** A value as text for error messages: short, with text in quotes. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const length = "length" in value ? value.length : value.byteLength;
    return `${Array.isArray(value) ? "Array" : value.constructor.name} of length ${length}`;
  }
  return "an object";
}

/** The error for an argument of the wrong type or out of range: "Cannot …: … must be …, got …". */
export function refusal(
  kind: TypeErrorConstructor | RangeErrorConstructor,
  action: string,
  expected: string,
  value: unknown,
): Error {
  return new kind(`Cannot ${action}: ${expected}, got ${describe(value)}`);
}
