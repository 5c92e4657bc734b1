/**
 * An incremental hash whose state can be saved.
 *
 * @module
 */

/** The state of a {@linkcode Sha256}. */
export interface Sha256Snapshot {
  /** The eight 32-bit words of the hash so far. */
  words: number[];
  /** The bytes of an incomplete block, fewer than 64. */
  rest: number[];
  /** Number of bytes added. */
  length: number;
}

/** The first 32 bits of the fractional parts of the roots (square or cube) of the first primes (FIPS 180-4, 4.2.2). */
function fractionBits(count: number, root: 2 | 3): Uint32Array {
  const bits: number[] = [];
  for (let n = 2n; bits.length < count; n++) {
    let prime = true;
    for (let d = 2n; d * d <= n; d++) if (n % d === 0n) prime = false;
    if (!prime) continue;
    // The root of n · 2^(32 · root), whole part, by bisection.
    const scaled = n << BigInt(32 * root);
    let low = 0n;
    let high = 1n << 37n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(root) <= scaled) low = middle;
      else high = middle;
    }
    bits.push(Number(low & 0xffffffffn));
  }
  return new Uint32Array(bits);
}

const START = fractionBits(8, 2);
const ROUND = fractionBits(64, 3);

/**
 * SHA-256 (FIPS 180-4), incremental. The engines' own hash needs all bytes at once; a training run adds them step by
 * step, and must survive a restart.
 *
 * @example Usage
 * ```ts
 * import { Sha256 } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * const hash = new Sha256();
 * hash.update(new TextEncoder().encode("ab"));
 * hash.update(new TextEncoder().encode("c"));
 * assertEquals(hash.digest(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
 * ```
 */
export class Sha256 {
  readonly #words = Int32Array.from(START);
  readonly #block = new Uint8Array(64);
  readonly #schedule = new Int32Array(64);
  #filled = 0;
  #length = 0;

  /**
   * Adds bytes.
   *
   * @param bytes The bytes; no reference to them is kept.
   */
  update(bytes: Uint8Array): void {
    // Not `length`: V8 15 wraps it at 32 bits where optimised code compares it.
    const { byteLength } = bytes;
    this.#length += byteLength;
    let at = 0;
    while (at < byteLength) {
      if (this.#filled === 0 && byteLength - at >= 64) {
        this.#compress(bytes, at);
        at += 64;
        continue;
      }
      const count = Math.min(64 - this.#filled, byteLength - at);
      for (let i = 0; i < count; i++) this.#block[this.#filled + i] = bytes[at + i]!;
      this.#filled += count;
      at += count;
      if (this.#filled < 64) return;
      this.#filled = 0;
      this.#compress(this.#block, 0);
    }
  }

  /**
   * The hash of all bytes so far; further bytes may be added.
   *
   * @returns 64 hexadecimal digits.
   */
  digest(): string {
    const end = Sha256.from(this.snapshot());
    const bits = BigInt(this.#length) * 8n;
    end.update(new Uint8Array([0x80]));
    while (end.#filled !== 56) end.update(new Uint8Array(1));
    const tail = new Uint8Array(8);
    new DataView(tail.buffer).setBigUint64(0, bits);
    end.update(tail);
    return [...end.#words].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /**
   * The whole state.
   *
   * @returns Plain numbers that survive JSON.
   */
  snapshot(): Sha256Snapshot {
    return {
      words: [...Uint32Array.from(this.#words)],
      rest: [...this.#block.subarray(0, this.#filled)],
      length: this.#length,
    };
  }

  /**
   * Restores a hash from a snapshot.
   *
   * @param snapshot From {@linkcode Sha256.snapshot}.
   * @returns A hash that continues from there.
   * @throws {TypeError} If the snapshot is invalid.
   */
  static from(snapshot: Sha256Snapshot): Sha256 {
    const { words, rest, length } = snapshot;
    const isWhole = (below: number) => (value: number) =>
      Number.isInteger(value) && value >= 0 && value < below;
    if (
      words.length !== 8 || !words.every(isWhole(2 ** 32)) || !rest.every(isWhole(256)) ||
      !isWhole(Number.MAX_SAFE_INTEGER)(length) || rest.length !== length % 64
    ) {
      throw new TypeError(
        `Cannot restore a Sha256: the snapshot must hold 8 words, a length and length % 64 bytes, got ${words.length}, ${length} and ${rest.length}`,
      );
    }
    const hash = new Sha256();
    hash.#words.set(words);
    hash.#block.set(rest);
    hash.#filled = rest.length;
    hash.#length = length;
    return hash;
  }

  /** Mixes the 64 bytes at an offset into the words (FIPS 180-4, 6.2.2). */
  #compress(bytes: Uint8Array, at: number): void {
    const w = this.#schedule;
    for (let t = 0; t < 16; t++) {
      const i = at + 4 * t;
      w[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
    }
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const small0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const small1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[t] = small0 + w[t - 7]! + small1 + w[t - 16]!;
    }
    const words = this.#words;
    let a = words[0]! | 0, b = words[1]! | 0, c = words[2]! | 0, d = words[3]! | 0;
    let e = words[4]! | 0, f = words[5]! | 0, g = words[6]! | 0, h = words[7]! | 0;
    for (let t = 0; t < 64; t++) {
      const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice = (e & f) ^ (~e & g);
      const first = (h + big1 + choice + ROUND[t]! + w[t]!) | 0;
      const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      h = g, g = f, f = e, e = (d + first) | 0;
      d = c, c = b, b = a, a = (first + big0 + majority) | 0;
    }
    words[0] = words[0]! + a;
    words[1] = words[1]! + b;
    words[2] = words[2]! + c;
    words[3] = words[3]! + d;
    words[4] = words[4]! + e;
    words[5] = words[5]! + f;
    words[6] = words[6]! + g;
    words[7] = words[7]! + h;
  }
}

function rotate(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}
