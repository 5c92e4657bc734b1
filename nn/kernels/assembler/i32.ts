import { at, type Code, signed } from "./encoding.ts";

/** A 32-bit whole number: a length or an address in bytes, both unsigned, or a truth value. */
export class I32 {
  /** Instructions that leave the number on the stack. */
  readonly code: Code;

  /** Wraps instructions that leave a number on the stack. */
  constructor(code: Code) {
    this.code = code;
  }

  /** A constant as an expression; an expression is returned unchanged. */
  static of(value: I32 | number): I32 {
    return typeof value === "number" ? new I32([0x41, ...signed(value | 0)]) : value;
  }

  /** The number at an address in memory. */
  static load(address: I32, offset = 0): I32 {
    return new I32([...address.code, 0x28, ...at(offset)]);
  }

  #binary(opcode: number, right: I32 | number): I32 {
    return new I32([...this.code, ...I32.of(right).code, opcode]);
  }

  /** The sum. */
  add(right: I32 | number): I32 {
    return this.#binary(0x6a, right);
  }

  /** The difference. */
  sub(right: I32 | number): I32 {
    return this.#binary(0x6b, right);
  }

  /** The product. */
  mul(right: I32 | number): I32 {
    return this.#binary(0x6c, right);
  }

  /** The quotient without remainder. */
  div(right: I32 | number): I32 {
    return this.#binary(0x6e, right);
  }

  /** The bitwise and. */
  and(right: I32 | number): I32 {
    return this.#binary(0x71, right);
  }

  /** Shifted left by a number of bits. */
  shl(right: I32 | number): I32 {
    return this.#binary(0x74, right);
  }

  /** Whether this is the smaller. */
  lt(right: I32 | number): I32 {
    return this.#binary(0x49, right);
  }

  /** Whether this is zero. */
  eqz(): I32 {
    return new I32([...this.code, 0x45]);
  }

  /** The number of zero bits below the lowest set one. */
  ctz(): I32 {
    return new I32([...this.code, 0x68]);
  }

  /** The number of set bits. */
  popcnt(): I32 {
    return new I32([...this.code, 0x69]);
  }

  /** The smaller of the two; both are evaluated twice. */
  min(right: I32 | number): I32 {
    const other = I32.of(right);
    return this.lt(other).select(this, other);
  }

  /** `yes` if this is not zero, else `no`; both are evaluated. */
  select(yes: I32 | number, no: I32 | number): I32 {
    return new I32([...I32.of(yes).code, ...I32.of(no).code, ...this.code, 0x1b]);
  }

  /** Writes this number to an address in memory. */
  store(address: I32, offset = 0): Code {
    return [...address.code, ...this.code, 0x36, ...at(offset)];
  }
}
