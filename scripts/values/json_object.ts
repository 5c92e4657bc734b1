import { isArray, ObjectReader } from "../../agents/snapshots/object_reader.ts";

/** Reads the fields of an untrusted JSON object. */
export interface JsonObject {
  /** A finite number. */
  number(name: string): number;
  /** Text. */
  text(name: string): string;
  /** A list, with a reader for its elements. */
  list<T>(name: string, read: (value: unknown) => T): T[];
  /** A list of finite numbers. */
  numbers(name: string): number[];
  /** Any value, if present. */
  value(name: string): unknown;
  /** An object. */
  object(name: string): JsonObject;
  /** Null, or a value with a reader. */
  optional<T>(name: string, read: (object: JsonObject) => T): T | null;
}

/**
 * Reads an object.
 *
 * @param value The parsed JSON.
 * @param what Its name in errors.
 * @throws {TypeError} If it is not an object; each reader also throws if a field is of another type.
 */
export function jsonObject(value: unknown, what: string): JsonObject {
  const fields = new ObjectReader(value, { what, rule: "a JSON object" });
  const object: JsonObject = {
    number: (name) => fields.read(name, "a number", isNumber),
    text: (name) => fields.read(name, "text", (text) => typeof text === "string"),
    list: (name, read) => fields.read(name, "a list", isArray).map(read),
    numbers: (name) => [...fields.read(name, "a list of numbers", isNumbers)],
    value: (name) => fields.value(name),
    object: (name) => jsonObject(fields.value(name), `${name} of ${what}`),
    optional: (name, read) => fields.value(name) === null ? null : read(object),
  };
  return object;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return isArray(value) && value.every(isNumber);
}
