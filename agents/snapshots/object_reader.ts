/**
 * Validating untrusted objects.
 *
 * @module
 */

/** Options of {@linkcode ObjectReader}. */
export interface ObjectReaderOptions {
  /** The name of the object in messages, such as `a snapshot`. */
  readonly what: string;
  /** The expected value in messages, such as `an object`. */
  readonly rule: string;
  /**
   * The path of the value within a larger one, for messages.
   *
   * @default {""}
   */
  readonly path?: string;
}

/** The properties of an object from outside; each is checked when it is read. */
export class ObjectReader {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #what: string;
  readonly #path: string;

  /**
   * Prepares to read the properties of an object.
   *
   * @param value Anything.
   * @param options The wording of messages.
   * @throws {TypeError} If it is not an object.
   */
  constructor(value: unknown, { what, rule, path = "" }: ObjectReaderOptions) {
    if (!isObject(value)) throw failure(what, path || "it", rule, value);
    this.#values = value;
    this.#what = what;
    this.#path = path;
  }

  /** A property, unchecked; undefined if the object only inherits it. */
  value(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  /** The path of a property. */
  pathOf(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  /**
   * A property of one type.
   *
   * @param name Its name.
   * @param rule The expected value, for the message.
   * @param holds Whether a value is as expected.
   * @returns The property.
   * @throws {TypeError} If it is not.
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

/** A short description of a value; the name of its class comes from its prototype, not from its own properties. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value)).slice(0, 40);
  const prototype: unknown = Object.getPrototypeOf(value);
  return `a ${isObject(prototype) ? prototype.constructor.name : "plain object"}`;
}
