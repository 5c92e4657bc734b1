/**
 * Looking through objects that nobody vouches for.
 *
 * @module
 */

/** Options of {@linkcode ObjectReader}. */
export interface ObjectReaderOptions {
  /** What is read, for messages: as in `a snapshot`. */
  readonly what: string;
  /** What the value must be, for messages: as in `an object`. */
  readonly rule: string;
  /**
   * Where the value lies in a larger one, for messages.
   *
   * @default {""}
   */
  readonly path?: string;
}

/** The properties of an object that came from outside, each to be checked when it is read. */
export class ObjectReader {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #what: string;
  readonly #path: string;

  /**
   * Prepares to read the properties of an object.
   *
   * @param value Anything.
   * @param options How messages call it.
   * @throws {TypeError} If it is not an object.
   */
  constructor(value: unknown, { what, rule, path = "" }: ObjectReaderOptions) {
    if (!isObject(value)) throw failure(what, path || "it", rule, value);
    this.#values = value;
    this.#what = what;
    this.#path = path;
  }

  /** A property as it is; undefined for what the object only inherits. */
  value(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  /** Where a property lies in the whole. */
  pathOf(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  /**
   * A property of one type.
   *
   * @param name Its name.
   * @param rule What it must be, for the message.
   * @param holds Whether it is that.
   * @returns The property.
   * @throws {TypeError} If it is something else.
   */
  read<T>(name: string, rule: string, holds: (value: unknown) => value is T): T {
    const value = this.value(name);
    if (holds(value)) return value;
    throw failure(this.#what, this.pathOf(name), rule, value);
  }
}

/** Whether a value has named properties. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Whether a value is an array. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function failure(what: string, where: string, rule: string, value: unknown): TypeError {
  return new TypeError(`Cannot read ${what}: ${where} must be ${rule}, got ${kindOf(value)}`);
}

/** A value in few words; the name of its class is its prototype's, whatever its own properties say. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value)).slice(0, 40);
  const prototype: unknown = Object.getPrototypeOf(value);
  return `a ${isObject(prototype) ? prototype.constructor.name : "plain object"}`;
}
