/**
 * The instructions of WebAssembly that the kernels use, as typed expressions.
 *
 * An expression is a sequence of bytes that leaves one value on the stack: its operands first, then its opcode. So `a.add(b)` is the
 * bytes of `a`, the bytes of `b`, and 0x6a. Opcodes are those of the specification's index of instructions,
 * https://webassembly.github.io/spec/core/appendix/index-instructions.html; methods are named after the instructions.
 *
 * @module
 */

import { at, type Code, vector } from "./encoding.ts";
import { I32 } from "./i32.ts";

/** A float32. */
export class F32 {
  /** Instructions that leave the number on the stack. */
  readonly code: Code;

  /** Wraps instructions that leave a number on the stack. */
  constructor(code: Code) {
    this.code = code;
  }

  /** The same number in all four lanes. */
  splat(): V128 {
    return new V128([...this.code, ...vector(0x13)]);
  }

  /** The sum. */
  add(right: F32): F32 {
    return new F32([...this.code, ...right.code, 0x92]);
  }
}

/** A vector of four lanes of 32 bits: float32 values, or truth values and offsets as whole numbers. */
export class V128 {
  /** Instructions that leave the vector on the stack. */
  readonly code: Code;

  /** Wraps instructions that leave a vector on the stack. */
  constructor(code: Code) {
    this.code = code;
  }

  /** All bits zero. */
  static zero(): V128 {
    return new V128(vector(0x0c, ...new Array(16).fill(0)));
  }

  /** Four whole numbers from 0 to 127. */
  static ofI32(...lanes: [number, number, number, number]): V128 {
    return new V128(vector(0x0c, ...lanes.flatMap((lane) => [lane, 0, 0, 0])));
  }

  /** One whole number in all four lanes. */
  static splatI32(value: I32 | number): V128 {
    return new V128([...I32.of(value).code, ...vector(0x11)]);
  }

  /** One float32 in all four lanes. */
  static splatF32(value: number): V128 {
    const bytes = new DataView(new ArrayBuffer(4));
    bytes.setFloat32(0, value, true);
    return new F32([0x43, ...[0, 1, 2, 3].map((i) => bytes.getUint8(i))]).splat();
  }

  /** The four values at an address. */
  static load(address: I32, offset = 0): V128 {
    return new V128([...address.code, ...vector(0x00, ...at(offset))]);
  }

  /** The value at an address, in all four lanes. */
  static loadSplat(address: I32, offset = 0): V128 {
    return new V128([...address.code, ...vector(0x09, ...at(offset))]);
  }

  #binary(opcode: number, right: V128): V128 {
    return new V128([...this.code, ...right.code, ...vector(opcode)]);
  }

  /** The sums of float32 values. */
  add(right: V128): V128 {
    return this.#binary(0xe4, right);
  }

  /** The differences of float32 values. */
  sub(right: V128): V128 {
    return this.#binary(0xe5, right);
  }

  /** The products of float32 values. */
  mul(right: V128): V128 {
    return this.#binary(0xe6, right);
  }

  /** The quotients of float32 values. */
  div(right: V128): V128 {
    return this.#binary(0xe7, right);
  }

  /** The square roots of float32 values. */
  sqrt(): V128 {
    return new V128([...this.code, ...vector(0xe3)]);
  }

  /** The float32 value of `right` if it is larger, else this value; so the pmax of zero is ReLU, also for NaN. */
  pmax(right: V128): V128 {
    return this.#binary(0xeb, right);
  }

  /** The float32 value of `right` if it is smaller, else this value; so NaN stays. */
  pmin(right: V128): V128 {
    return this.#binary(0xea, right);
  }

  /** The largest whole numbers that are not above float32 values, as float32 values. */
  floor(): V128 {
    return new V128([...this.code, ...vector(0x68)]);
  }

  /** Float32 values as whole numbers, rounded towards zero; zero for NaN. */
  truncateToI32(): V128 {
    return new V128([...this.code, ...vector(0xf8)]);
  }

  /** Whole numbers as float32 values. */
  convertI32(): V128 {
    return new V128([...this.code, ...vector(0xfa)]);
  }

  /** The absolute values of float32 values. */
  abs(): V128 {
    return new V128([...this.code, ...vector(0xe0)]);
  }

  /** All bits set in lanes where this float32 value is below the other, else none. */
  lt(right: V128): V128 {
    return this.#binary(0x43, right);
  }

  /** All bits set in lanes where this float32 value is above the other, else none. */
  gt(right: V128): V128 {
    return this.#binary(0x44, right);
  }

  /** All bits set in lanes where the float32 values differ, else none; −0 does not differ from 0. */
  ne(right: V128): V128 {
    return this.#binary(0x42, right);
  }

  /** All bits set in lanes where the float32 values are the same number, else none. */
  eq(right: V128): V128 {
    return this.#binary(0x41, right);
  }

  /** The sums of whole numbers. */
  addI32(right: V128): V128 {
    return this.#binary(0xae, right);
  }

  /** All bits set in lanes where this whole number is below the other, else none. */
  ltI32(right: V128): V128 {
    return this.#binary(0x39, right);
  }

  /** Whole numbers shifted left by a number of bits. */
  shlI32(right: I32 | number): V128 {
    return new V128([...this.code, ...I32.of(right).code, ...vector(0xab)]);
  }

  /** The products of whole numbers. */
  mulI32(right: V128): V128 {
    return this.#binary(0xb5, right);
  }

  /** The bitwise and. */
  and(right: V128): V128 {
    return this.#binary(0x4e, right);
  }

  /** The bitwise and with the complement of the other. */
  andnot(right: V128): V128 {
    return this.#binary(0x4f, right);
  }

  /** The bitwise or. */
  or(right: V128): V128 {
    return this.#binary(0x50, right);
  }

  /** The bitwise exclusive or. */
  xor(right: V128): V128 {
    return this.#binary(0x51, right);
  }

  /** Whether any bit is set. */
  anyTrue(): I32 {
    return new I32([...this.code, ...vector(0x53)]);
  }

  /** The four top bits of the lanes as one number, that of lane 0 lowest. */
  bitmask(): I32 {
    return new I32([...this.code, ...vector(0xa4)]);
  }

  /** Four lanes chosen by index: 0 to 3 are the lanes of this, 4 to 7 those of `right`. */
  shuffle(right: V128, ...lanes: [number, number, number, number]): V128 {
    const bytes = lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]);
    return new V128([...this.code, ...right.code, ...vector(0x0d, ...bytes)]);
  }

  /** The bytes of this, chosen by the bytes of `order`. */
  swizzle(order: V128): V128 {
    return this.#binary(0x0e, order);
  }

  /** The float32 value of one lane. */
  lane(index: number): F32 {
    return new F32([...this.code, ...vector(0x1f, index)]);
  }

  /** Writes this vector to an address in memory. */
  store(address: I32, offset = 0): Code {
    return [...address.code, ...this.code, ...vector(0x0b, ...at(offset))];
  }

  /** Writes one lane of this vector to an address in memory. */
  storeLane(index: number, address: I32, offset = 0): Code {
    return [...address.code, ...this.code, ...vector(0x5a, ...at(offset), index)];
  }
}
