/**
 * Assembling functions into the bytes of a WebAssembly module.
 *
 * A module is a header and a few numbered sections, each preceded by its length: the types of functions, the
 * imports, the type of each function, the table for indirect calls, the exports, the content of the table,
 * and the functions' code. Described by https://webassembly.github.io/spec/core/binary/modules.html.
 *
 * @module
 */

import { type Code, TYPES, unsigned } from "./encoding.ts";
import { I32Local, V128Local } from "./statements.ts";
import { I32 } from "./i32.ts";
import { F32 } from "./values.ts";

/** Declares the variables of one function: parameters first, then locals. */
export class Variables {
  /** Types of the parameters. */
  readonly parameters: number[] = [];
  /** Types of the other variables. */
  readonly locals: number[] = [];

  /** A whole-number parameter. */
  parameter(): I32Local {
    return new I32Local(this.parameters.push(TYPES.i32) - 1);
  }

  /** A float32 parameter. */
  parameterF32(): F32 {
    return new F32([0x20, ...unsigned(this.parameters.push(TYPES.f32) - 1)]);
  }

  /** A whole-number variable; declared after all parameters. */
  i32(): I32Local {
    return new I32Local(this.parameters.length + this.locals.push(TYPES.i32) - 1);
  }

  /** A vector variable; declared after all parameters. */
  v128(): V128Local {
    return new V128Local(this.parameters.length + this.locals.push(TYPES.v128) - 1);
  }

  /** Several vector variables. */
  vectors(count: number): V128Local[] {
    return Array.from({ length: count }, () => this.v128());
  }
}

/** A function of a module under construction. */
export interface WasmFunction {
  /** Its index in the module. */
  readonly index: number;
  /** The index of its type. */
  readonly type: number;
}

/** Collects functions and writes them as a module that imports its memory as `env.memory`. */
export class ModuleWriter {
  readonly #types: number[][] = [];
  readonly #functions: { type: number; code: number[]; name: string | undefined }[] = [];
  readonly #table: number[] = [];

  /**
   * Adds a function.
   *
   * @param name The name of its export; undefined for no export.
   * @param result The type of its result, if it has one.
   * @param body Declares its variables and returns its code.
   */
  function(
    name: string | undefined,
    result: keyof typeof TYPES | undefined,
    body: (variables: Variables) => (Code | I32 | F32)[],
  ): WasmFunction {
    const variables = new Variables();
    const code = body(variables).flatMap((part) =>
      part instanceof I32 || part instanceof F32 ? part.code : part
    );
    const { parameters, locals } = variables;
    const results = result === undefined ? [] : [TYPES[result]];
    const type = this.#type([0x60, ...list(parameters.map((t) => [t])), ...list(results.map((t) => [t]))]);
    const declared = list(locals.map((local) => [1, local]));
    this.#functions.push({ type, code: sized([...declared, ...code, 0x0b]), name });
    return { index: this.#functions.length - 1, type };
  }

  #type(type: number[]): number {
    const text = type.join();
    const known = this.#types.findIndex((other) => other.join() === text);
    return known === -1 ? this.#types.push(type) - 1 : known;
  }

  /** Adds a function to the table of {@linkcode callIndirect}, and returns its index there. */
  tableEntry(target: WasmFunction): number {
    return this.#table.push(target.index) - 1;
  }

  /**
   * The bytes of the module.
   *
   * @param pages The smallest number of 64 KiB pages in the imported memory: accesses below need no check.
   */
  bytes(pages: number): Uint8Array<ArrayBuffer> {
    const memoryImport = [...text("env"), ...text("memory"), 0x02, 0x00, ...unsigned(pages)];
    const exported = this.#functions.flatMap(({ name }, index) =>
      name === undefined ? [] : [[...text(name), 0x00, ...unsigned(index)]]
    );
    const tableLength = unsigned(this.#table.length);
    const fromZero = [0x00, ...I32.of(0).code, 0x0b];
    return new Uint8Array([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
      ...section(1, list(this.#types)),
      ...section(2, list([memoryImport])),
      ...section(3, list(this.#functions.map(({ type }) => unsigned(type)))),
      ...section(4, list([[0x70, 0x00, ...tableLength]])),
      ...section(7, list(exported)),
      ...section(9, list([[...fromZero, ...list(this.#table.map(unsigned))]])),
      ...section(10, list(this.#functions.map(({ code }) => code))),
    ]);
  }
}

/** Calls a function without a result. */
export function call(target: WasmFunction, ...values: I32[]): Code {
  return [...values.flatMap((value) => value.code), 0x10, ...unsigned(target.index)];
}

/** Calls the function at an index of the table; all its functions have the type of `like`. */
export function callIndirect(like: WasmFunction, place: I32, ...values: I32[]): Code {
  return [...values.flatMap((value) => value.code), ...place.code, 0x11, ...unsigned(like.type), 0];
}

function sized(bytes: number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: number[]): number[] {
  return [id, ...sized(content)];
}

function text(ascii: string): number[] {
  return sized([...ascii].map((letter) => letter.charCodeAt(0)));
}
