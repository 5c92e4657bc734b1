/**
 * Looking through snapshots.
 *
 * @module
 */

import type { EnvSnapshot } from "../../envs/env.ts";

/**
 * Takes values out of a snapshot that may come from anywhere; each method throws a TypeError that says where a value is not what it
 * must be.
 *
 * @example Usage
 * ```ts
 * import { SnapshotReader } from "@bellman/dqn/agents";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const reader = new SnapshotReader({ optimizer: { steps: 3, moments: new Float32Array(8) } });
 * assertEquals(reader.object("optimizer").number("steps"), 3);
 * assertThrows(
 *   () => reader.object("optimizer").float64("moments"),
 *   TypeError,
 *   "optimizer.moments must be a Float64Array, got a Float32Array",
 * );
 * ```
 */
export class SnapshotReader {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /**
   * Prepares to read the values of an object.
   *
   * @param value The snapshot.
   * @param path Where it lies in a larger one, for messages.
   * @throws {TypeError} If it is no object.
   */
  constructor(value: unknown, path = "") {
    if (!isObject(value)) throw failure(path || "it", "an object", value);
    this.#values = value;
    this.#path = path;
  }

  /** Whether a value is there. */
  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== undefined;
  }

  /** A value as it is. */
  value(name: string): unknown {
    return this.has(name) ? this.#values[name] : undefined;
  }

  /** An object, to be read on. */
  object(name: string): SnapshotReader {
    return new SnapshotReader(this.value(name), this.#at(name));
  }

  /** An array of objects, to be read on. */
  objects(name: string): SnapshotReader[] {
    const values = this.#read(name, "an array", isArray);
    return values.map((value, i) => new SnapshotReader(value, `${this.#at(name)}.${i}`));
  }

  /** A number, of any kind. */
  number(name: string): number {
    return this.#read(name, "a number", (value) => typeof value === "number");
  }

  /** True or false. */
  boolean(name: string): boolean {
    return this.#read(name, "true or false", (value) => typeof value === "boolean");
  }

  /** A text. */
  text(name: string): string {
    return this.#read(name, "a text", (value) => typeof value === "string");
  }

  /** A text that must be one of several. */
  choice<T extends string>(name: string, choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value(name));
    if (found === undefined) throw failure(this.#at(name), `one of ${choices.join(", ")}`, this.value(name));
    return found;
  }

  /** An array of numbers. */
  numbers(name: string): number[] {
    return [...this.#read(name, "an array of numbers", isNumbers)];
  }

  /** The first two of an array of numbers; NaN where there are fewer. */
  pair(name: string): [number, number] {
    const [first = NaN, second = NaN] = this.numbers(name);
    return [first, second];
  }

  /** A Float32Array. */
  float32(name: string): Float32Array {
    return this.#read(name, "a Float32Array", (value) => value instanceof Float32Array);
  }

  /** A Float64Array. */
  float64(name: string): Float64Array {
    return this.#read(name, "a Float64Array", (value) => value instanceof Float64Array);
  }

  /** An Int32Array. */
  int32(name: string): Int32Array {
    return this.#read(name, "an Int32Array", (value) => value instanceof Int32Array);
  }

  /** A Uint16Array. */
  uint16(name: string): Uint16Array {
    return this.#read(name, "a Uint16Array", (value) => value instanceof Uint16Array);
  }

  /** A Uint8Array. */
  uint8(name: string): Uint8Array {
    return this.#read(name, "a Uint8Array", (value) => value instanceof Uint8Array);
  }

  /** The snapshot of an environment, which looks through it by itself. */
  env(name: string): EnvSnapshot {
    return this.#read(name, "an object", isObject);
  }

  #read<T>(name: string, rule: string, isIt: (value: unknown) => value is T): T {
    const value = this.value(name);
    if (isIt(value)) return value;
    throw failure(this.#at(name), rule, value);
  }

  #at(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function failure(where: string, rule: string, value: unknown): TypeError {
  const got = typeof value === "object" && value !== null
    ? Array.isArray(value) ? "an array" : `a ${value.constructor?.name ?? "plain object"}`
    : String(JSON.stringify(value)).slice(0, 40);
  return new TypeError(`Cannot read a snapshot: ${where} must be ${rule}, got ${got}`);
}
