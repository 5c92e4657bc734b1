/**
 * NumPy's default bit generator.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { SeedSequence } from "./seed_sequence.ts";

/** The state of a {@linkcode Pcg64} as plain JSON values. */
export interface Pcg64Snapshot {
  /** The 128-bit state, 32 hexadecimal digits. */
  readonly state: string;
  /** The 128-bit increment (odd), 32 hexadecimal digits; it selects one of 2¹²⁷ streams. */
  readonly increment: string;
  /** The upper half of a 64-bit draw kept for the next 32-bit draw, from 0 to 2³² − 1; null when there is none. */
  readonly buffered: number | null;
}

/** The multiplier 0x2360ed051fc65da44385df649fccf645 in 24-bit limbs, low first. */
const M0 = 0xccf645;
const M1 = 0xdf649f;
const M2 = 0xa44385;
const M3 = 0x1fc65d;
const M4 = 0x60ed05;
const M5 = 0x23;

/** 2²⁴ and its inverse. */
const BASE = 16777216;
const PER_BASE = 1 / 16777216;

/** The bit mask of a limb. */
const LIMB = 0xffffff;

/** Limbs of 24 bits in 128 bits; the sixth has 8. */
const LIMBS = 6;

/** 2⁻⁵³. */
const UNIT = 1 / 9007199254740992;

/**
 * PCG64 (XSL-RR 128/64), NumPy's default bit generator, bit for bit (`numpy/random/src/pcg64`; M. E. O'Neill, "PCG: A
 * Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation").
 *
 * The 128-bit state is stored in limbs of 24 bits: products of two have 48 bits, and sums of six products are still exact in float64.
 *
 * @example Usage
 * ```ts
 * import { Pcg64 } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * // numpy.random.PCG64(0).random_raw()
 * assertEquals(new Pcg64(0).nextBigUint64(), 11749869230777074271n);
 * ```
 */
export class Pcg64 {
  readonly #state: Int32Array = new Int32Array(LIMBS);
  readonly #increment: Int32Array = new Int32Array(LIMBS);
  /** Low and high word of the last 64-bit draw. */
  readonly #output: Uint32Array = new Uint32Array(2);
  #hasBuffered = false;
  readonly #buffered: Uint32Array = new Uint32Array(1);

  /**
   * Starts the stream of a seed.
   *
   * @param seed A whole number from 0 to 2⁵³ − 1, or a bigint from 0 of any size.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  constructor(seed: number | bigint) {
    const words = new SeedSequence(seed).generateState(8);
    const start = wide(words[1]!, words[0]!, words[3]!, words[2]!);
    const stream = wide(words[5]!, words[4]!, words[7]!, words[6]!);
    write(this.#increment, (stream << 1n) | 1n);
    this.#advance();
    write(this.#state, read(this.#state) + start);
    this.#advance();
  }

  /**
   * Continues from a snapshot.
   *
   * @param snapshot What {@linkcode Pcg64.snapshot} returned, possibly via JSON.
   * @returns A generator that draws what the other would have drawn next.
   * @throws {TypeError} When the snapshot is not of that form.
   */
  static from(snapshot: Pcg64Snapshot): Pcg64 {
    const action = "restore a stream";
    if (typeof snapshot !== "object" || snapshot === null) {
      throw refusal(TypeError, action, "snapshot must be an object", snapshot);
    }
    const { state, increment, buffered } = snapshot;
    if (!isWide(state)) throw refusal(TypeError, action, "state must be 32 hexadecimal digits", state);
    if (!isWide(increment) || (BigInt(`0x${increment}`) & 1n) === 0n) {
      throw refusal(TypeError, action, "increment must be 32 hexadecimal digits of an odd number", increment);
    }
    if (buffered !== null && !(Number.isInteger(buffered) && buffered >= 0 && buffered <= 0xffffffff)) {
      throw refusal(TypeError, action, "buffered must be null or a whole number below 2^32", buffered);
    }
    const result = new Pcg64(0);
    write(result.#state, BigInt(`0x${state}`));
    write(result.#increment, BigInt(`0x${increment}`));
    result.#hasBuffered = buffered !== null;
    result.#buffered[0] = buffered ?? 0;
    return result;
  }

  /**
   * The state as plain JSON values.
   *
   * @returns The snapshot.
   */
  snapshot(): Pcg64Snapshot {
    return {
      state: read(this.#state).toString(16).padStart(32, "0"),
      increment: read(this.#increment).toString(16).padStart(32, "0"),
      buffered: this.#hasBuffered ? this.#buffered[0]! : null,
    };
  }

  /**
   * Draws 53 bits as a double, as NumPy's `next_double`.
   *
   * @returns A multiple of 2⁻⁵³ in [0, 1).
   */
  nextDouble(): number {
    this.#next();
    return (this.#output[1]! * 2097152 + (this.#output[0]! >>> 11)) * UNIT;
  }

  /**
   * Draws 32 bits: half of a 64-bit draw, whose other half is kept for the next call. {@linkcode nextDouble} and the
   * 64-bit draws do not use that half.
   *
   * @returns A whole number from 0 to 2³² − 1.
   */
  nextUint32(): number {
    if (this.#hasBuffered) {
      this.#hasBuffered = false;
      return this.#buffered[0]!;
    }
    this.#next();
    this.#hasBuffered = true;
    this.#buffered[0] = this.#output[1]!;
    return this.#output[0]!;
  }

  /**
   * Draws 64 bits into two words.
   *
   * @param out Receives the low word in `out[0]` and the high word in `out[1]`.
   */
  nextUint64(out: Uint32Array): void {
    this.#next();
    out[0] = this.#output[0]!;
    out[1] = this.#output[1]!;
  }

  /**
   * Draws 64 bits.
   *
   * @returns A bigint from 0 to 2⁶⁴ − 1.
   */
  nextBigUint64(): bigint {
    this.#next();
    return (BigInt(this.#output[1]!) << 32n) | BigInt(this.#output[0]!);
  }

  /** state ← state · multiplier + increment, modulo 2¹²⁸. */
  #advance(): void {
    const state = this.#state;
    const increment = this.#increment;
    const a0 = state[0]!;
    const a1 = state[1]!;
    const a2 = state[2]!;
    const a3 = state[3]!;
    const a4 = state[4]!;
    const a5 = state[5]!;
    // Columns first, carries afterwards, so that the columns are independent.
    const c0 = a0 * M0 + increment[0]!;
    const c1 = a0 * M1 + a1 * M0 + increment[1]!;
    const c2 = a0 * M2 + a1 * M1 + a2 * M0 + increment[2]!;
    const c3 = a0 * M3 + a1 * M2 + a2 * M1 + a3 * M0 + increment[3]!;
    const c4 = a0 * M4 + a1 * M3 + a2 * M2 + a3 * M1 + a4 * M0 + increment[4]!;
    // Only eight bits of the last limb are used.
    const c5 = Math.imul(a0, M5) + Math.imul(a1, M4) + Math.imul(a2, M3) + Math.imul(a3, M2) +
      Math.imul(a4, M1) + Math.imul(a5, M0) + increment[5]!;
    const h0 = c0 * PER_BASE | 0;
    const h1 = c1 * PER_BASE | 0;
    const h2 = c2 * PER_BASE | 0;
    const h3 = c3 * PER_BASE | 0;
    const h4 = c4 * PER_BASE | 0;
    const s1 = (c1 - h1 * BASE | 0) + h0;
    const s2 = (c2 - h2 * BASE | 0) + h1 + (s1 >>> 24);
    const s3 = (c3 - h3 * BASE | 0) + h2 + (s2 >>> 24);
    const s4 = (c4 - h4 * BASE | 0) + h3 + (s3 >>> 24);
    const s5 = c5 + h4 + (s4 >>> 24);
    state[0] = c0 - h0 * BASE;
    state[1] = s1 & LIMB;
    state[2] = s2 & LIMB;
    state[3] = s3 & LIMB;
    state[4] = s4 & LIMB;
    state[5] = s5 & 0xff;
  }

  /** Advances the state; the output is its two halves xored, rotated right by its top six bits. */
  #next(): void {
    this.#advance();
    const state = this.#state;
    const a5 = state[5]!;
    const low = (state[0]! | state[1]! << 24) ^ (state[2]! >>> 16 | state[3]! << 8);
    const high = (state[1]! >>> 8 | state[2]! << 16) ^ (state[4]! | a5 << 24);
    const rotation = a5 >>> 2;
    const by = rotation & 31;
    const first = rotation < 32 ? low : high;
    const second = rotation < 32 ? high : low;
    // `<< 1 << (31 - by)` is `<< (32 - by)`, but also correct for 0.
    this.#output[0] = first >>> by | second << 1 << (31 - by);
    this.#output[1] = second >>> by | first << 1 << (31 - by);
  }
}

/** 128 bits from four words, the most significant word first of each pair and the upper pair first. */
function wide(w3: number, w2: number, w1: number, w0: number): bigint {
  return BigInt(w3) << 96n | BigInt(w2) << 64n | BigInt(w1) << 32n | BigInt(w0);
}

/** Whether a value is 32 hexadecimal digits. */
function isWide(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
}

/** The number in an array of limbs. */
function read(limbs: Int32Array): bigint {
  let value = 0n;
  for (let i = LIMBS - 1; i >= 0; i--) value = value << 24n | BigInt(limbs[i]!);
  return value;
}

/** Writes a number modulo 2¹²⁸ into an array of limbs. */
function write(limbs: Int32Array, value: bigint): void {
  let rest = BigInt.asUintN(128, value);
  for (let i = 0; i < LIMBS; i++) {
    limbs[i] = Number(rest & 0xffffffn);
    rest >>= 24n;
  }
}
