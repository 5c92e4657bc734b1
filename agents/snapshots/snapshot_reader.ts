/**
 * Validating snapshots.
 *
 * @module
 */

import type { EnvSnapshot } from "../../envs/env.ts";
import { isArray, isObject, ObjectReader } from "./object_reader.ts";

/**
 * Reads values from an untrusted snapshot; each method throws a TypeError with the path of the value if it has the wrong type.
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
  readonly #object: ObjectReader;

  /**
   * Prepares to read the values of an object.
   *
   * @param value The snapshot.
   * @param path Its path within a larger one, for messages.
   * @throws {TypeError} If it is not an object.
   */
  constructor(value: unknown, path = "") {
    this.#object = new ObjectReader(value, { what: "a snapshot", rule: "an object", path });
  }

  /** Whether a value is present. */
  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** A value, unchecked. */
  value(name: string): unknown {
    return this.#object.value(name);
  }

  /** A reader of an object. */
  object(name: string): SnapshotReader {
    return new SnapshotReader(this.value(name), this.#object.pathOf(name));
  }

  /** Readers of an array of objects. */
  objects(name: string): SnapshotReader[] {
    const values = this.#object.read(name, "an array", isArray);
    return values.map((value, i) => new SnapshotReader(value, `${this.#object.pathOf(name)}.${i}`));
  }

  /** A number of any kind. */
  number(name: string): number {
    return this.#object.read(name, "a number", (value) => typeof value === "number");
  }

  /** True or false. */
  boolean(name: string): boolean {
    return this.#object.read(name, "true or false", (value) => typeof value === "boolean");
  }

  /** A text. */
  text(name: string): string {
    return this.#object.read(name, "a text", (value) => typeof value === "string");
  }

  /** A text that must be one of several. */
  choice<T extends string>(name: string, choices: readonly T[]): T {
    const isChoice = (value: unknown): value is T => choices.some((choice) => choice === value);
    return this.#object.read(name, `one of ${choices.join(", ")}`, isChoice);
  }

  /** An array of numbers. */
  numbers(name: string): number[] {
    return [...this.#object.read(name, "an array of numbers", isNumbers)];
  }

  /** The first two of an array of numbers; NaN where there are fewer. */
  pair(name: string): [number, number] {
    const [first = NaN, second = NaN] = this.numbers(name);
    return [first, second];
  }

  /** A Float32Array. */
  float32(name: string): Float32Array {
    return this.#object.read(name, "a Float32Array", (value) => value instanceof Float32Array);
  }

  /** A Float32Array or a Uint8Array. */
  boxArray(name: string): Float32Array | Uint8Array {
    return this.value(name) instanceof Uint8Array ? this.uint8(name) : this.float32(name);
  }

  /** A Float64Array. */
  float64(name: string): Float64Array {
    return this.#object.read(name, "a Float64Array", (value) => value instanceof Float64Array);
  }

  /** An Int32Array. */
  int32(name: string): Int32Array {
    return this.#object.read(name, "an Int32Array", (value) => value instanceof Int32Array);
  }

  /** A Uint16Array. */
  uint16(name: string): Uint16Array {
    return this.#object.read(name, "a Uint16Array", (value) => value instanceof Uint16Array);
  }

  /** A Uint8Array. */
  uint8(name: string): Uint8Array {
    return this.#object.read(name, "a Uint8Array", (value) => value instanceof Uint8Array);
  }

  /** An array of Uint8Arrays. */
  uint8s(name: string): Uint8Array[] {
    return [...this.#object.read(name, "an array of Uint8Arrays", isBytes)];
  }

  /** The snapshot of an environment, which validates it itself. */
  env(name: string): EnvSnapshot {
    return this.#object.read(name, "an object", isObject);
  }
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function isBytes(value: unknown): value is readonly Uint8Array[] {
  return Array.isArray(value) && value.every((item) => item instanceof Uint8Array);
}
