/**
 * Variables and loops, which use the expressions of `values.ts`.
 *
 * A block is the opcode that opens it, its type (0x40: no value), the statements inside and 0x0b; a branch names its target
 * block by nesting depth, 0 for the innermost, and a branch to a loop goes to the start of the loop.
 *
 * @module
 */

import { type Code, unsigned } from "./encoding.ts";
import { I32 } from "./i32.ts";
import { V128 } from "./values.ts";

/** A local variable: an expression that can be set. */
export class I32Local extends I32 {
  /** The variable with an index, parameters first. */
  constructor(readonly index: number) {
    super([0x20, ...unsigned(index)]);
  }

  /** Sets the variable. */
  set(value: I32 | number): Code {
    return [...I32.of(value).code, 0x21, ...unsigned(this.index)];
  }

  /** Adds to the variable. */
  increase(value: I32 | number): Code {
    return this.set(this.add(value));
  }
}

/** A local variable of four lanes. */
export class V128Local extends V128 {
  /** The variable with an index, parameters first. */
  constructor(readonly index: number) {
    super([0x20, ...unsigned(index)]);
  }

  /** Sets the variable. */
  set(value: V128): Code {
    return [...value.code, 0x21, ...unsigned(this.index)];
  }
}

/** do { body } while (condition). */
export function doWhile(condition: () => I32, ...body: Code[]): Code {
  return [0x03, 0x40, ...body.flat(), ...condition().code, 0x0d, 0, 0x0b];
}

/** if (condition) { body }. */
export function when(condition: I32, ...body: Code[]): Code {
  return [...condition.code, 0x04, 0x40, ...body.flat(), 0x0b];
}

/** while (variable < end) { body; variable += step }, all of them unsigned. */
export function forLoop(variable: I32Local, end: I32, step: I32 | number, ...body: Code[]): Code {
  const below = variable.lt(end);
  return when(below, doWhile(() => below, ...body, variable.increase(step)));
}
