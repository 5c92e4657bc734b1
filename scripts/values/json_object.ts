/** Reads the fields of a JSON object that came from outside. */
export interface JsonObject {
  /** A finite number. */
  number(name: string): number;
  /** Text. */
  text(name: string): string;
  /** A list, each element of it read. */
  list<T>(name: string, read: (value: unknown) => T): T[];
  /** A list of finite numbers. */
  numbers(name: string): number[];
  /** Anything, if it is there. */
  value(name: string): unknown;
  /** An object. */
  object(name: string): JsonObject;
  /** What is null, or else read. */
  optional<T>(name: string, read: (object: JsonObject) => T): T | null;
}

/**
 * Reads an object.
 *
 * @param value What JSON gave.
 * @param what What it is called in errors.
 * @throws {TypeError} If it is no object; so does each of its readers if a field is of another type.
 */
export function jsonObject(value: unknown, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`Cannot read ${what}: it must be a JSON object, got ${JSON.stringify(value)}`);
  }
  const fields = new Map(Object.entries(value));
  const refuse = (name: string, rule: string): never => {
    throw new TypeError(
      `Cannot read ${what}: ${name} must be ${rule}, got ${JSON.stringify(fields.get(name))}`,
    );
  };
  const object: JsonObject = {
    number: (name) => jsonNumber(fields.get(name)) ?? refuse(name, "a number"),
    text(name) {
      const text = fields.get(name);
      return typeof text === "string" ? text : refuse(name, "text");
    },
    list(name, read) {
      const list = fields.get(name);
      return Array.isArray(list) ? list.map(read) : refuse(name, "a list");
    },
    numbers: (name) => object.list(name, (value) => jsonNumber(value) ?? refuse(name, "a list of numbers")),
    value: (name) => fields.get(name),
    object: (name) => jsonObject(fields.get(name), `${name} of ${what}`),
    optional: (name, read) => fields.get(name) === null ? null : read(object),
  };
  return object;
}

function jsonNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
